"""The file's name that an author may have meant."""

from __future__ import annotations

import re
from bisect import bisect
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from blogforge.content.find import is_markdown
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})?-?(.*)\.\w+", re.ASCII | re.DOTALL)
_ALL = 1000  # names of which each is compared
_NEAR = 20  # of more, those that stand before and behind the missing one in either order


def meant(missing: str, names: Mapping[str, list[str]]) -> str:
    """The Markdown file's name among `names` that resembles `missing` most, or "".

    A slip leaves the beginning or the end of a name as it is, so that the two are neighbours in
    the order of the letters from the left or from the right: a site of many names costs one
    sorting, and a missing name no more than few comparisons. The names must not change.
    """
    known = _known(_Same(names))
    near: Iterable[str] = known.sorted
    if len(known.sorted) > _ALL:
        backwards = (name[::-1] for name in _around(missing[::-1], known.backwards))
        near = {*_around(missing, known.sorted), *backwards}
    return next(iter(get_close_matches(missing, near, n=1)), "")


def surely_meant(missing: str, names: Mapping[str, list[str]]) -> str:
    """The path of the one Markdown file that `missing` can only mean, or "".

    It has the same name but for case, spaces and signs; `missing` may want the date in front. The
    names must not change.
    """
    date, slug = _date_and_slug(missing)
    found = _by_slug(_Same(names)).get(slug, ()) if slug else ()
    paths = [path for day, path in found if date in {"", day}]
    return paths[0] if len(paths) == 1 else ""


def _date_and_slug(name: str) -> tuple[str, str]:
    match = _NAME.fullmatch(name)
    return (match[1] or "", slugify(match[2])) if match else ("", "")


@lru_cache(maxsize=1)
def _by_slug(same: _Same) -> dict[str, list[tuple[str, str]]]:
    """The dates and paths of Markdown files, by what else their names say."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, paths in same.names.items():
        date, slug = _date_and_slug(name) if is_markdown(name) else ("", "")
        for path in paths if slug else ():
            found.setdefault(slug, []).append((date, path))
    return found


class _Known(NamedTuple):
    """Names in the order of their letters, and the same, each read backwards."""

    sorted: list[str]
    backwards: list[str]


class _Same:
    """A mapping that is equal to nothing but itself."""

    def __init__(self, names: Mapping[str, list[str]]) -> None:
        self.names = names

    def __hash__(self) -> int:
        return id(self.names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.names is other.names


@lru_cache(maxsize=1)
def _known(same: _Same) -> _Known:
    names = sorted(filter(is_markdown, same.names))
    return _Known(names, sorted(name[::-1] for name in names))


def _around(name: str, ordered: list[str]) -> list[str]:
    at = bisect(ordered, name)
    return ordered[max(0, at - _NEAR) : at + _NEAR]
