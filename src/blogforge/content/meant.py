"""The file's name that an author may have meant."""

from __future__ import annotations

from bisect import bisect
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from blogforge.content.find import is_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ALL = 1000  # names of which each is compared
_NEAR = 20  # of more, those that stand before and behind the missing one in either order


def meant(missing: str, names: Mapping[str, object]) -> str:
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


class _Known(NamedTuple):
    """Names in the order of their letters, and the same, each read backwards."""

    sorted: list[str]
    backwards: list[str]


class _Same:
    """A mapping that is equal to nothing but itself."""

    def __init__(self, names: Mapping[str, object]) -> None:
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
