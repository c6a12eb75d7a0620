"""The words of all posts as numbers: a bag of words a post, one after the other.

A word is known by its language and the CRC-32 of its stem, together its key, and is numbered in the
order of the keys, so that the numbers follow from the posts alone.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from blogforge.model import Terms

    Keys = NDArray[np.uint64]
    Ids = NDArray[np.int32]
    Places = NDArray[np.intp]

K = TypeVar("K", np.uint32, np.uint64, np.intp)

_PART = 1 << 21  # words looked at together: numpy makes their numbers twice as large meanwhile
_ROWS = 1 << 12  # likewise, of rows
_SCRIPT = np.uint64(32)  # bits of a key below its language
_CHECKSUM = 2**32 - 1  # these bits


@dataclass(frozen=True, slots=True)
class Bags:
    """Row `r` has the words `ids[starts[r]:starts[r + 1]]`, numbers of `keys`, and their counts.

    `frequencies`: in how many rows each word is.
    """

    keys: Keys
    starts: Places
    ids: Ids
    counts: NDArray[np.uint8]
    frequencies: Places

    @property
    def sizes(self) -> Places:
        """How many words each row has."""
        return np.diff(self.starts)

    def places(self, rows: Places) -> Places:
        """Where the words of some rows are, row after row."""
        begins = self.starts[rows]
        return runs(begins, self.starts[rows + 1] - begins)

    def stems(self, terms: Terms, words: Iterable[int]) -> dict[int, str]:
        """The stems of some of a post's words, by the numbers of these."""
        keys = np.frombuffer(terms.keys, "<u4").tolist()
        known = dict(zip(keys, terms.words.split(), strict=True))
        return {word: known[int(self.keys[word]) & _CHECKSUM] for word in words}

    def rows_with(self, flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which rows have a word that is flagged."""
        rows = np.zeros(len(self.starts) - 1, np.bool_)
        for first in range(0, len(self.ids) if flags.any() else 0, _PART):
            places = first + np.flatnonzero(flags.take(self.ids[first : first + _PART]))
            rows[np.searchsorted(self.starts, places, side="right") - 1] = True
        return rows

    def held(self, rows: int) -> Places:
        """In how many of the first `rows` each word is."""
        return self.frequencies - _frequencies(self.ids[self.starts[rows] :], len(self.keys))


def _frequencies(ids: Ids, words: int) -> Places:
    """How often each of so many words is among `ids`."""
    found = np.zeros(words, np.intp)
    for first in range(0, len(ids), _PART):
        found += np.bincount(ids[first : first + _PART], minlength=words)
    return found


NOTHING = Bags(
    np.zeros(0, np.uint64),
    np.zeros(1, np.intp),
    np.zeros(0, np.int32),
    np.zeros(0, np.uint8),
    np.zeros(0, np.intp),
)


def languages_of(keys: Keys) -> Keys:
    """The language that each key belongs to, as `language_key` says it."""
    return keys >> _SCRIPT


def language_key(code: str) -> int:
    """The number of a language."""
    return zlib.crc32(code.encode())


def gather(terms: Sequence[Terms], languages: Keys) -> Bags:
    """The bags of posts; `languages` has the `language_key` of each."""
    sizes = np.array([len(one.counts) for one in terms], np.intp)
    keys = np.frombuffer(b"".join([one.keys for one in terms]), "<u4")
    counts = np.frombuffer(b"".join([one.counts for one in terms]), np.uint8)
    ids = np.zeros(len(keys), np.int32)
    spoken = np.unique(languages)
    known: list[Keys] = []
    for language in spoken:
        mine: slice | NDArray[np.bool_] = slice(None)
        if len(spoken) > 1:
            mine = np.repeat(languages == language, sizes)
        words = unique(keys[mine])
        ids[mine] = _find(words, keys[mine], sum(map(len, known)))
        known.append((language << _SCRIPT) | words)
    starts = np.concatenate([np.zeros(1, np.intp), np.cumsum(sizes)])
    numbered = np.concatenate([NOTHING.keys, *known])
    return Bags(numbered, starts, ids, counts, _frequencies(ids, len(numbered)))


def merge(old: Bags, new: Bags, sources: Places) -> Bags:
    """Row `r` is row `sources[r]` of `old`, or, counted on from the last one of these, of `new`.

    Each row of `new` is a source once. Words that no row has are forgotten.
    """
    border = len(old.starts) - 1
    if not border:  # nothing to put together
        return new
    frequencies = old.frequencies + _more_often(old, sources[sources < border])
    keys = unique(np.concatenate([old.keys[frequencies > 0], new.keys]))
    numbers = [places_among(keys, bags.keys) for bags in (old, new)]
    merged = np.zeros(len(keys), np.intp)
    merged[numbers[0][frequencies > 0]] = frequencies[frequencies > 0]
    merged[numbers[1]] += new.frequencies
    sizes = np.concatenate([old.sizes, new.sizes])[sources]
    starts = np.concatenate([np.zeros(1, np.intp), np.cumsum(sizes)])
    ids, counts = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.uint8)
    at = 0
    for which, span in _spans(sources, border, old, new):
        bags = (old, new)[which]
        there = slice(at, at + span.stop - span.start)
        counts[there] = bags.counts[span]
        _renumber(bags.ids[span], numbers[which], ids[there])
        at = there.stop
    return Bags(keys, starts, ids, counts, merged)


def _more_often(bags: Bags, sources: Places) -> Places:
    """In how many rows more each word is when the rows are `sources`."""
    more = np.bincount(sources, minlength=len(bags.starts) - 1) - 1
    found = np.zeros(len(bags.keys))
    changed = np.flatnonzero(more)
    for first in range(0, len(changed), _ROWS):
        rows = changed[first : first + _ROWS]
        weights = np.repeat(more[rows], bags.sizes[rows])
        found += np.bincount(bags.ids[bags.places(rows)], weights, len(found))
    return found.astype(np.intp)


def places_among(keys: Keys, some: Keys) -> Ids:
    """Where each of `some` is among `keys`, or would be; both ascend."""
    return np.searchsorted(keys, some).astype(np.int32)


def _renumber(ids: Ids, numbers: Ids, out: Ids) -> None:
    """Put the number of each word where its number was."""
    for first in range(0, len(ids), _PART):
        some = slice(first, first + _PART)
        numbers.take(ids[some], out=out[some], mode="clip")


def _spans(sources: Places, border: int, old: Bags, new: Bags) -> list[tuple[int, slice]]:
    """The words of these rows as runs: from which bags, and from where to where."""
    if not len(sources):
        return []
    breaks = np.flatnonzero((np.diff(sources) != 1) | (sources[1:] == border)) + 1
    firsts = sources[np.concatenate([np.zeros(1, np.intp), breaks])].tolist()
    lasts = sources[np.concatenate([breaks - 1, np.array([len(sources) - 1])])].tolist()
    spans = []
    for first, last in zip(firsts, lasts, strict=True):
        which = int(first >= border)
        starts = (new if which else old).starts
        skipped = border if which else 0
        spans.append((which, slice(starts[first - skipped], starts[last + 1 - skipped])))
    return spans


def runs(begins: Places, sizes: Places) -> Places:
    """As many numbers as each of `sizes` says, counted on from its place in `begins`."""
    found = np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)
    found += np.arange(len(found))
    return found


def unique(keys: NDArray[K]) -> NDArray[K]:
    """The different ones, ascending; by sorting: `np.unique` takes ten times as long."""
    ordered = np.sort(keys)
    first = np.append(ordered[1:] != ordered[:-1], ordered[:1] == ordered[:1])
    found: NDArray[K] = ordered[first]
    return found


def _find(words: NDArray[np.uint32], keys: NDArray[np.uint32], number: int) -> Ids:
    """The number of each key: its place among `words`, which ascend and have them all.

    `number` is that of the first of the words.

    Checksums lie evenly between the least and the greatest, so their first bits say nearly where:
    ten times as fast as looking each up by halves.
    """
    bits = min(len(words).bit_length() + 1, 24)
    shift = np.uint32(32 - bits)
    sizes = np.bincount(words >> shift, minlength=1 << bits)
    begins = (np.cumsum(sizes) - sizes).astype(np.int32)
    found = np.empty(len(keys), np.int32)
    for first in range(0, len(keys), _PART):
        some = keys[first : first + _PART]
        places = begins.take(some >> shift)
        astray = np.flatnonzero(words.take(places, mode="clip") != some)
        while len(astray):
            places[astray] += 1
            astray = astray[words[places[astray]] != some[astray]]
        found[first : first + _PART] = places + number
    return found
