"""HTML that several pages have in common, made once a build."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from blogforge.images import Image
from blogforge.model import Author, Byline, Card, Correction, Group, Link, Reference

# Known by what they are, and by their type: Markup("a") equals "a", and True equals 1.
_BY_VALUE = frozenset({Markup, int, bool, type(None)})
# The site holds one of each while the build runs; to compare them would cost more than it saves.
_BY_IDENTITY = frozenset({Author, Byline, Card, Correction, Group, Image, Link, Reference})
_BUDGET = 16 * 2**20
_OVERHEAD = 600  # of an entry, beside its HTML


class Fragment(NamedTuple):
    """A piece of HTML, what was read to make it, and the values that its key knows by identity."""

    html: str
    reads: dict[str, None]
    held: object


class Fragments:
    """Fragments by key, of about 16 MiB at most: when they are more, all are forgotten."""

    def __init__(self) -> None:
        self._found: dict[object, Fragment] = {}
        self._size = 0

    def __reduce__(self) -> tuple[type[Fragments], tuple[()]]:
        """Fragments sent to a worker arrive as none: their keys are of this process."""
        return Fragments, ()

    def get(self, key: object) -> Fragment | None:
        """The fragment of that key, if it is remembered."""
        return self._found.get(key)

    def keep(self, key: object, fragment: Fragment) -> None:
        """Remember a fragment. What it holds lives with it, so that nothing else takes its id."""
        self._size += len(fragment.html) + _OVERHEAD
        if self._size > _BUDGET:
            self._found.clear()
            self._size = len(fragment.html) + _OVERHEAD
        self._found[key] = fragment


def key_of(args: tuple[object, ...], kwargs: dict[str, object]) -> tuple[object, ...] | None:
    """What tells the arguments of one call from those of another; None where nothing can.

    Good as long as the arguments live.
    """
    parts: list[object] = []
    for value in (*args, *kwargs.values()) if kwargs else args:
        kind = type(value)
        if kind is str:
            parts.append(value)
        elif kind in _BY_IDENTITY:
            parts.append(id(value))
        elif kind in _BY_VALUE:
            parts.append((kind, value))
        else:
            return None
    return tuple(parts), tuple(kwargs)
