"""An item's body as it is written: Markdown, its links by file, and what is to be told of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blogforge.importers.found import SCHEME, Note
from blogforge.importers.linking import relative
from blogforge.importers.markdown_links import rewritten
from blogforge.importers.names import joined, path_of
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.importers.found import Item, Person
    from blogforge.importers.linking import Addresses, Target

_OF_COMMENTS = re.compile(r"#(more-\d+|comment-\d+|comments|respond)?$")
_ADDRESSES = ("http://", "https://", "/")
_FILE = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|svg|pdf|docx?|xlsx?|pptx?|odt|csv|zip|mp3|m4a|ogg|wav|mp4|webm|mov)$",
    re.I,
)


class Body(Value, frozen=True, kw_only=True):
    """A body in Markdown; notes and dead links by its lines."""

    text: str
    notes: tuple[Note, ...] = ()
    dead: tuple[Note, ...] = ()


def markdown(item: Item) -> Body:
    """The body of `item` as Markdown, its links as they were."""
    if item.form == "markdown":
        return Body(text=item.body, notes=item.notes)
    from blogforge.importers.convert import to_markdown

    converted = to_markdown(item.body)
    # What a reader notes of an item's HTML has no line in the Markdown.
    notes = (*(Note(what=note.what) for note in item.notes), *converted.notes)
    return Body(text=converted.markdown, notes=notes)


def files_shown(body: Body, item: Item, addresses: Addresses) -> Iterable[str]:
    """The addresses of files of the old site that `body` shows or links to, known or not."""
    found: list[str] = []

    def note(destination: str, image: bool, line: int) -> None:
        del line
        whole = joined(item.old, destination) if item.old else destination
        path = path_of(whole)
        if (
            (image or _FILE.search(path))
            and addresses.place(whole)
            and not addresses.find(destination, item)
        ):
            found.append(whole)

    rewritten(body.text, note)
    return found


def pictures_shown(
    items: Iterable[Item], people: Iterable[Person], addresses: Addresses
) -> Iterator[str]:
    """The addresses of pictures of the old site above items, and of people, that are not known.

    One that is named by a path of the source, and is not there, is told where it is named.
    """
    covers = [(item.old, item.image.src) for item in items if item.image]
    for beside, src in (*covers, *(("", person.image) for person in people)):
        whole = joined(beside or addresses.url, src)
        old = src.startswith(_ADDRESSES) and addresses.place(whole) is not None
        if old and addresses.lookup(whole) is None and addresses.lookup(src) is None:
            yield whole


class Linker:
    """Writes the destinations of one item's body anew; gathers those that lead nowhere."""

    def __init__(self, item: Item, here: str, addresses: Addresses) -> None:
        self.item = item
        self.here = here
        self.addresses = addresses
        self.dead: list[Note] = []

    def body(self, body: Body) -> Body:
        """`body` with its links by file."""
        text = rewritten(body.text, self.rewrite)
        return Body(text=text, notes=body.notes, dead=tuple(self.dead))

    def rewrite(self, destination: str, image: bool, line: int) -> str | None:
        """What to write for a destination; None to leave it as it is."""
        destination = destination.strip()
        target = self.addresses.find(destination, self.item)
        if target is not None:
            return self._to(target, destination)
        if destination.startswith(SCHEME):
            name = unquote(destination.removeprefix(SCHEME))
            self._tell(name, line)
            return name
        rooted = destination.startswith("/") and not destination.startswith("//")
        if not rooted and not self.addresses.is_old(destination):
            return None
        if not (image or _FILE.search(path_of(destination))):
            self._tell(destination, line)
        return joined(self.addresses.url, destination) if rooted and self.addresses.url else None

    def _to(self, target: Target, destination: str) -> str:
        _, mark, fragment = destination.partition("#")
        fragment = "" if _OF_COMMENTS.fullmatch(mark + fragment) else mark + fragment
        if target.key == self.item.key and fragment:
            return fragment
        return (target.url or relative(target.path, self.here)) + fragment

    def _tell(self, destination: str, line: int) -> None:
        self.dead.append(Note(what=destination, line=line))
