"""Whether a page is up to date, and if not, why.

A page is as a clean build would make it when the plan says the same of it and every input that it
read is the same. Source of the terms: Mokhov, Mitchell, Peyton Jones, "Build Systems à la Carte"
(2018), section 4.2.2, verifying traces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_FEW = 10  # while fewer pages are made than one in so many, inputs keep their numbers


class Trace(Struct, frozen=True, array_like=True):
    """A page as it was last made. `reads` are numbers of inputs in `Traces.inputs`."""

    page: str
    bytes: str
    reads: tuple[int, ...]


class Traces(Struct, frozen=True):
    """Every page of a tree by path, and the digest that each input had when they were made.

    One digest an input is enough: a build leaves no page that read another one.
    """

    inputs: list[tuple[str, str]] = []
    pages: dict[str, Trace] = {}


class Verdicts:
    """What the traces of an earlier build say of today's pages.

    `digests` are those of `traces.inputs` today, in their order.
    """

    def __init__(self, traces: Traces, digests: Sequence[str]) -> None:
        self._traces = traces
        then = (digest for _, digest in traces.inputs)
        self._changed = {
            number
            for number, (before, now) in enumerate(zip(then, digests, strict=True))
            if before != now
        }

    def why(self, path: str, digest: str) -> str:
        """Why the page at `path`, of which the plan's digest is `digest`, is to be made; or ""."""
        trace = self._traces.pages.get(path)
        if trace is None:
            return "new"
        if trace.page != digest:
            return "what the plan says of it changed"
        if self._changed.isdisjoint(trace.reads):
            return ""
        first = next(number for number in trace.reads if number in self._changed)
        return f"{self._traces.inputs[first][0]} changed"


class Made(NamedTuple):
    """A page that was made: its path, what the plan says of it, its bytes, and what it read."""

    path: str
    page: str
    bytes: str
    reads: tuple[str, ...]


def traced(
    kept: Mapping[str, Trace],
    before: Sequence[tuple[str, str]],
    made: Sequence[Made],
    digests: Callable[[Iterable[str]], list[str]],
    dear: Callable[[str], bool] = lambda _name: False,
) -> Traces:
    """The traces after a build; the reads of pages that were `kept` are numbers in `before`.

    `digests` gives those of inputs by name; those of `dear` ones cost so much that they are
    forgotten as soon as no page reads them.
    """
    if len(made) * _FEW > len(kept) or _unread(kept, before, made, dear):
        kept, before = _compact(kept, before)
    numbers = {name: number for number, (name, _) in enumerate(before)}
    pages = dict(kept)
    for page in made:
        reads = tuple(numbers.setdefault(name, len(numbers)) for name in page.reads)
        pages[page.path] = Trace(page.page, page.bytes, reads)
    return Traces([*zip(numbers, digests(numbers), strict=True)], pages)


def _unread(
    kept: Mapping[str, Trace],
    before: Sequence[tuple[str, str]],
    made: Sequence[Made],
    dear: Callable[[str], bool],
) -> bool:
    """Whether there is a dear input that no page reads any more."""
    numbers = {name: number for number, (name, _) in enumerate(before) if dear(name)}
    for page in made:
        for name in numbers.keys() & set(page.reads) if numbers else ():
            del numbers[name]
    unread = set(numbers.values())
    for trace in kept.values() if unread else ():
        unread.difference_update(trace.reads)
    return bool(unread)


def _compact(
    kept: Mapping[str, Trace], before: Sequence[tuple[str, str]]
) -> tuple[dict[str, Trace], list[tuple[str, str]]]:
    """Without the inputs that no page reads any more."""
    used = sorted(set[int]().union(*(trace.reads for trace in kept.values())))
    number = {old: new for new, old in enumerate(used)}
    pages = {
        path: Trace(trace.page, trace.bytes, tuple(map(number.__getitem__, trace.reads)))
        for path, trace in kept.items()
    }
    return pages, [before[old] for old in used]
