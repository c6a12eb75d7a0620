"""Where pages stand in the tree: each in a place of its own, none outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge import urls
from blogforge.errors import ContentError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from blogforge.model import Page

# The list of what blogforge wrote (output.publish's), and a repository's own folder.
_RESERVED = frozenset({".blogforge", ".git"})
_NOWHERE = frozenset({"", ".", ".."})


def refuse_misplaced(pages: Sequence[Page]) -> None:
    """Raise ContentError for pages that leave the tree, and for those that get in each other's way.

    That is two pages of one path, or a page at the path of another's folder; paths that differ
    only in case or Unicode form count as one.
    """
    problems = [*_outside(pages), *_collisions(pages)]
    if problems:
        raise ContentError(problems)


def _outside(pages: Iterable[Page]) -> Iterator[Problem]:
    for page in pages:
        if reason := _misplaced(page):
            message = f"{page.origin} makes {page.path!r}, which {reason}"
            yield Problem(message, _location(page), "give it another address")


def _misplaced(page: Page) -> str:
    """Why there can be no file at the page's path, or ""."""
    path = page.path
    segments = path.split("/")
    if not _NOWHERE.isdisjoint(segments) or "\\" in path or "\0" in path:
        return "is no place in the tree"
    if urls.collision_key(segments[0]) in _RESERVED:
        return f"is no place for pages: '{segments[0]}' is not the site's"
    if not (path.isascii() and page.url.isascii()):
        try:
            f"{path} {page.url}".encode()
        except UnicodeEncodeError:
            return "has half of a surrogate pair, which is no character"
    return ""


def _collisions(pages: Iterable[Page]) -> Iterator[Problem]:
    by_key: dict[str, Page] = {}
    for page in pages:
        other = by_key.setdefault(urls.collision_key(page.path), page)
        if other is not page:
            yield _problem(other, page, _shared(other, page))
    if by_key.keys().isdisjoint(_folders(by_key)):
        return
    for key, page in by_key.items():
        for end in (index for index, char in enumerate(key) if char == "/"):
            if file := by_key.get(key[:end]):
                where = f"make the file {file.path} and, in a folder of that name, {page.path}"
                yield _problem(file, page, where)


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder that one of `paths` is in."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _shared(one: Page, other: Page) -> str:
    if one.path == other.path:
        return f"both make the file {other.path}"
    return f"make {one.path} and {other.path}, which some file systems cannot tell apart"


def _problem(one: Page, other: Page, what: str) -> Problem:
    location = _location(other) or _location(one)
    hint = "give one of them another slug, alias or name"
    return Problem(f"{one.origin} and {other.origin} {what}", location, hint)


def _location(page: Page) -> Location | None:
    """The source that a page comes from, where its origin is one."""
    return Location(page.origin) if page.origin.endswith((".md", ".markdown")) else None
