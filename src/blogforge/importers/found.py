"""What a format's reader finds in a source: frozen values, in the words of the site they become.

A reader changes nothing and writes nothing. Bodies keep the links of the old site: `linking`
makes them links by file. Where a reader knows which item a link means (Hugo's `ref`, Jekyll's
`post_url`, Pelican's `{filename}`), it writes `link_to(name)` as the destination, and that item
has `name` among its `references`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from msgspec import field

from blogforge.errors import BlogforgeError, Problem
from blogforge.images import Image
from blogforge.value import Value

Status = Literal["published", "draft", "unlisted", "withdrawn"]
SCHEME = "blogforge-item:"


def link_to(name: str) -> str:
    """A link's destination that means the item or file with `name` among its references."""
    return SCHEME + quote(name, safe="/")


class Origin(Value, frozen=True, kw_only=True):
    """Where something stands: a file of the source, its line (from 1; 0: unknown).

    `item` names an entry of an export as people know it: its title, or its id.
    """

    path: str
    line: int = 0
    item: str = ""

    def __str__(self) -> str:
        """`path:line (item)`, as far as it is known."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place} ({self.item})" if self.item else place


class Note(Value, frozen=True, kw_only=True):
    """What became plain text, stays HTML or has no home: `line` is that of the body (0: all)."""

    what: str
    line: int = 0


class Person(Value, frozen=True, kw_only=True):
    """Somebody who writes, under the id that items name. E-mail addresses are never kept."""

    id: str
    name: str = ""
    bio: str = ""
    handle: str = ""
    image: str = ""
    links: tuple[tuple[str, str], ...] = ()


class Taxon(Value, frozen=True, kw_only=True):
    """A section, tag or story that the source says more of than its name.

    `addresses`: of its page on the old site, which the new one's replaces.
    """

    kind: Literal["section", "tag", "story"]
    name: str
    dek: str = ""
    addresses: tuple[str, ...] = ()


class File(Value, frozen=True, kw_only=True):
    """A picture or another file.

    `name`: its path, as it may stand below posts/media/ or beside its item. `addresses`: those by
    which bodies name it: of the old site, or paths of the source. `content`: where its bytes are,
    or they themselves; None where they are only at its first address.
    """

    name: str
    addresses: tuple[str, ...] = ()
    content: Path | bytes | None = None


class Item(Value, frozen=True, kw_only=True):
    """A post or page.

    `key` names it in its source for ever: a second import knows it by that. `old` is its address
    on the old site, whole or from the root, "" where that is not known. `date` and the other
    dates are written as front matter has them, with an offset where it is known. `authors` are
    ids of people, or names. `translation_of` is the key of another item. `files` lie beside it;
    `references` are the names by which others may link to it beside `old`, `aliases`, `slug` and
    its origin's path. `line` is the one of the origin's file on which the body begins. `image.src`
    is an address or a file's name, as in a body.
    """

    key: str
    origin: Origin
    kind: Literal["post", "page"] = "post"
    old: str = ""
    title: str
    dek: str = ""
    kicker: str = ""
    date: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    story: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    language: str = ""
    status: Status = "published"
    embargo: str = ""
    expires: str = ""
    image: Image | None = None
    canonical: str = ""
    translation_of: str = ""
    id: str = ""
    body: str = ""
    line: int = 0
    form: Literal["html", "markdown"] = "markdown"
    files: tuple[File, ...] = ()
    references: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    sources: tuple[str | dict[str, str], ...] = ()
    key_points: tuple[str, ...] = ()
    pin: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


class LeftOut(Value, frozen=True, kw_only=True):
    """What is not imported, and why: `what` is a word such as "revision", `count` how many."""

    origin: Origin
    what: str
    reason: str
    count: int = 1


def unread(path: str, error: BlogforgeError) -> LeftOut:
    """What `error` says of a page, as the reason for which it is not imported."""
    problem = error.problems[0]
    line = problem.location.line if problem.location else None
    origin = Origin(path=path, line=line or 0)
    return LeftOut(origin=origin, what="page", reason=problem.message)


class Found(Value, frozen=True, kw_only=True):
    """Everything that a source holds.

    `counted`: the entries of the source as the reader counted them before it looked into any:
    items and what was left out add up to it. `settings`: title, url, dek, language, timezone and
    the like for a new blogforge.yaml. `problems`: faults of the source that kept nothing out.
    """

    counted: int
    items: tuple[Item, ...] = ()
    people: tuple[Person, ...] = ()
    taxa: tuple[Taxon, ...] = ()
    files: tuple[File, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Instructions(Value, frozen=True, kw_only=True):
    """What the command line says to a reader.

    `url`: of the old site, where the source does not say it. `date`, `section`, `author`,
    `language`, `timezone`: for what names none. `site`: the folder that it goes into.
    """

    url: str = ""
    date: str = ""
    section: str = ""
    author: str = ""
    language: str = ""
    timezone: str = ""
    site: Path | None = None
