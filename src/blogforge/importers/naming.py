"""Where each item goes: its file, its address, and the old addresses that lead to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from blogforge.branches import home_of
from blogforge.importers.documents import one_line
from blogforge.urls import (
    collision_key,
    decode,
    encode,
    fill,
    place_of,
    slugify,
    unsafe_segment,
)
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blogforge.config import Config
    from blogforge.importers.found import Item

_LONGEST_NAME = 120  # characters; file systems allow 255 bytes for a name
# Places that pages of our own have; another one of that name would be in their way.
_OURS = re.compile(
    r"|(archive|author|section|tag|story|media|cards|pagefind|search)(/.*)?"
    r"|\d{4}(/\d\d)?|404(\.html)?|index(\.html)?|_headers|_redirects|.*\.(xml|json|opml|txt)",
    re.S,
)


def is_ours(place: str) -> bool:
    """Whether a place below the site's root, as `place_of` has it, is one of our own pages'."""
    return _OURS.fullmatch(place) is not None


class Place(Value, frozen=True, kw_only=True):
    """An item's file below the site's folder, its address and its slug, if it must be written."""

    path: str
    url: str
    slug: str = ""


class Places:
    """The places of a site as they are given away, each once.

    `taken`: files that are there already and may not be an item's. `known`: key -> path, as an
    earlier import has placed items, which stay there. `standing`: places that others have.
    """

    def __init__(
        self,
        config: Config,
        taken: Iterable[str],
        known: Mapping[str, str],
        standing: Iterable[str] = (),
    ) -> None:
        self.config = config
        self.known = known
        self.files = {collision_key(path) for path in (*taken, *known.values())}
        self.urls = {*(tag.lower() for tag in config.language_tags), *standing}

    def of(self, item: Item) -> Place:
        """The place of `item`, which nothing else has on any file system."""
        slug = _slug(item)
        # Where the permalink itself is among ours, no slug leads out.
        amid_ours = is_ours(place_of(self._url(item, "any-other"), self.config.base_path))
        number = 1
        while True:
            numbered = slug if number == 1 else f"{slug}-{number}"
            place = self._place(item, numbered)
            at = place_of(place.url, self.config.base_path)
            free = at not in self.urls and (amid_ours or not is_ours(at))
            known = self.known.get(item.key)
            if free and (known or not self._is_taken(place.path)):
                break
            number += 1
        if known:
            place = Place(path=known, url=place.url, slug=self._spelled(known, numbered))
        self.files.add(collision_key(place.path))
        self.urls.add(place_of(place.url, self.config.base_path))
        return place

    def _is_taken(self, path: str) -> bool:
        beside = path.removesuffix("/index.md")
        others = {f"{beside}.md", f"{beside}/index.md", beside}
        return any(collision_key(other) in self.files for other in others)

    def _place(self, item: Item, slug: str) -> Place:
        name = slugify(slug)[:_LONGEST_NAME].strip("-") or slugify(item.key) or item.kind
        folder = "pages" if item.kind == "page" else "posts"
        language = _folder_of(item.language, self.config)
        stem = name if item.kind == "page" else f"{item.date[:10]}-{name}"
        path = "/".join(filter(None, (folder, language, *self._parents(item), stem)))
        path += "/index.md" if item.files else ".md"
        return Place(path=path, url=self._url(item, slug), slug=self._spelled(path, slug))

    def _parents(self, item: Item) -> list[str]:
        """The folders of a page's old address, which its new one keeps."""
        old = path_of_alias(item.old, self.config) if item.kind == "page" else None
        home = home_of(item.language or self.config.language, self.config)
        below = (old or "").removeprefix("/" + home.removeprefix(self.config.base_path))
        *folders, _ = below.strip("/").split("/")
        kept = not is_ours("/".join([*folders, "x"])) or not folders
        return folders if kept and all(slugify(folder) == folder for folder in folders) else []

    def _spelled(self, path: str, slug: str) -> str:
        """The slug as front matter must say it, or "" where the file's name does."""
        stem = path.removesuffix("/index.md").removesuffix(".md").rpartition("/")[2]
        if path.startswith("posts/"):
            stem = stem[11:]
        return "" if slugify(stem) == slug else slug

    def _url(self, item: Item, slug: str) -> str:
        home = home_of(item.language or self.config.language, self.config)
        if item.kind == "page":
            return home + encode("/".join([*self._parents(item), slug, ""]))
        year, month, day = item.date[:10].split("-")
        fields = {
            "year": year,
            "month": month,
            "day": day,
            "slug": slug,
            "section": slugify(one_line(item.section).casefold()),
        }
        return home.rstrip("/") + encode(fill(self.config.permalink, fields))


def aliases(
    item: Item, place: Place, taken: set[str], config: Config
) -> tuple[list[str], list[str]]:
    """The old addresses that lead to `item` now, and those that no file can answer.

    `taken`: the places of the site that are somebody's, which grows by what is returned.
    """
    found: list[str] = []
    unanswered: list[str] = []
    for old in dict.fromkeys((item.old, *item.aliases)):
        path = path_of_alias(old, config)
        if path is None:
            if old and not _is_front(old):
                unanswered.append(old)
            continue
        at = place_of(path, "/")
        if at == place_of(place.url, config.base_path):
            continue
        if at in taken or is_ours(at):
            unanswered.append(old)
            continue
        taken.add(at)
        found.append(path)
    return found, unanswered


def _is_front(old: str) -> bool:
    """Whether an old address is that of the front page, which every site has."""
    return re.fullmatch(r"(https?://[^/?#]+)?/?(index\.html)?", old) is not None


def path_of_alias(old: str, config: Config) -> str | None:
    """An old address from the site's root, as characters; None where no file can answer it."""
    try:
        parts = urlsplit(old)
    except ValueError:
        return None
    path = decode(parts.path)
    if parts.query or not path.startswith("/") or not path.strip("/"):
        return None
    if path.startswith(config.base_path):
        path = "/" + path.removeprefix(config.base_path)
    elif config.base_path != "/":
        return None
    if path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    bad = any(unsafe_segment(segment) for segment in path.strip("/").split("/"))
    return None if bad or not path.strip("/") else path


def _slug(item: Item) -> str:
    """The slug that keeps the old address where it can, else one made of the title."""
    given = unquote(item.slug).strip().strip("/")
    if given and not unsafe_segment(given) and len(given.encode()) <= _LONGEST_NAME:
        return given
    return slugify(given)[:_LONGEST_NAME].strip("-") or _of_title(item)


def _of_title(item: Item) -> str:
    return slugify(item.title)[:80].strip("-") or slugify(item.key)[:80].strip("-") or item.kind


def _folder_of(language: str, config: Config) -> str:
    """The folder of a further language of the site."""
    tags = {tag.lower(): tag for tag in config.language_tags}
    return tags.get(language.lower(), "")
