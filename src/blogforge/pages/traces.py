"""Whether a page is up to date, and if not, why.

A page is as a clean build would make it when the plan says the same of it and every input that it
read is the same. Source of the terms: Mokhov, Mitchell, Peyton Jones, "Build Systems à la Carte"
(2018), section 4.2.2, verifying traces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_FEW = 10  # while fewer pages are made than one in so many, inputs keep their numbers
GONE = "gone"  # the digest of a name behind which nothing stands


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

    `digest_of` gives an input's digest today, and raises LookupError or AttributeError where
    nothing stands behind its name.
    """

    def __init__(self, traces: Traces, digest_of: Callable[[str], str]) -> None:
        self._traces = traces
        self._changed = {
            number
            for number, (name, digest) in enumerate(traces.inputs)
            if today(name, digest_of) != digest
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


def today(name: str, digest_of: Callable[[str], str]) -> str:
    """The digest of the input `name`; GONE where nothing stands behind it."""
    try:
        return digest_of(name)
    except (LookupError, AttributeError):
        return GONE


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
    digest_of: Callable[[str], str],
) -> Traces:
    """The traces after a build; the reads of pages that were `kept` are numbers in `before`."""
    if len(made) * _FEW > len(kept):
        kept, before = _compact(kept, before)
    numbers = {name: number for number, (name, _) in enumerate(before)}
    pages = dict(kept)
    for page in made:
        reads = tuple(numbers.setdefault(name, len(numbers)) for name in page.reads)
        pages[page.path] = Trace(page.page, page.bytes, reads)
    return Traces([(name, today(name, digest_of)) for name in numbers], pages)


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
