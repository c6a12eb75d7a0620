"""Posts as vectors of their strongest words, and for each word the posts where it is strongest.

Weight: sublinear term frequency times inverse document frequency, each vector brought to length one
(Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988; Manning,
Raghavan and Schütze, "Introduction to Information Retrieval", 6.4).
The document frequency counts in powers of two only: found posts are no worse for it (see
docs/design.md), and an edit leaves the weights of nearly all words alone. All weights are
multiples of 2**-12 rounded down, so that no sum of products of two vectors' weights exceeds one:
float32 adds them up without rounding, and a cosine is the same in whatever order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from blogforge.site.bags import languages_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blogforge.site.bags import Bags, Ids, Keys, Places

    Flags = NDArray[np.bool_]
    Weights = NDArray[np.float32]
    Scores = NDArray[np.float64]
    Levels = NDArray[np.int64]

WIDTH = 80  # words kept of a post, the strongest
QUERY = 32  # of these, the ones by which neighbours are looked up
POSTINGS = 128  # posts remembered for a word, those where it is strongest
COMMON_SHARE = 0.4  # a word in a larger share of the posts tells none from another …
COMMON_COUNT = 10  # … unless the posts are so few that the share means nothing
MENTION = 4  # what a byte of `Terms.counts` says of a word that is in the body once
GRAIN = 4096  # weights are multiples of its inverse
_CELLS = 1 << 22  # of a table of words, where it is not of one row alone
_BLOCK = 512  # rows whose words are put in order at a time
_WEIGHT_BITS, _CELL_BITS = 13, 27  # of a posting while it is sorted; its word has the others


@dataclass
class Vectors:
    """A row of `ids` and `weights` is a post, its strongest word first (then by number).

    What is left of a row is padded with the number `words` and the weight 0.
    """

    words: int
    ids: Ids
    weights: Weights

    def words_of(self, rows: Places | Flags, most: int = WIDTH) -> Flags:
        """Which words are among the `most` strongest of some rows; the padding has a flag, too."""
        flags = np.zeros(self.words + 1, np.bool_)
        flags[self.ids[rows, :most]] = True
        return flags

    def of(self, row: int) -> dict[int, float]:
        """The weights of a post by word, the strongest first."""
        weights = self.weights[row].tolist()
        pairs = zip(self.ids[row].tolist(), weights, strict=True)
        return {word: weight for word, weight in pairs if weight}

    @cached_property
    def table(self) -> Weights:
        """A row of places for all words, several times; 0 between uses."""
        width = self.words + 1
        return np.zeros((max(_CELLS // width, 1), width), np.float32)


@dataclass(frozen=True, slots=True)
class Postings:
    """The posts of word `w` are `posts[starts[w]:starts[w + 1]]`, with the word's weight there.

    `cells` are the places of these in the vectors, counted row by row.
    """

    starts: Places
    cells: Places
    posts: Places
    weights: Weights


def rarity(bags: Bags, languages: Keys, listed: int) -> Levels:
    """For each word how rare it is among the listed posts of its language: twice the powers of two.

    `languages` is that of each row; the first `listed` rows count. 0: too common to tell.
    """
    held = bags.held(listed)
    spoken, posts = np.unique(languages[:listed], return_counts=True)
    known = np.concatenate([posts, np.zeros(1, posts.dtype)])  # a language of no listed post: none
    numbers = np.searchsorted(spoken, languages_of(bags.keys))
    numbers[~np.isin(languages_of(bags.keys), spoken)] = len(spoken)
    total = known[numbers]
    levels: Levels = 2 * np.maximum(_magnitude(total) - _magnitude(held), 0) + 1
    levels[held > np.maximum(COMMON_SHARE * total, COMMON_COUNT)] = 0
    return levels


def _magnitude(numbers: Places) -> Places:
    """How many binary digits whole numbers have."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.intp)


def vectors(bags: Bags, levels: Levels, rows: Places) -> Vectors:
    """The vectors of some rows."""
    words = len(bags.keys)
    ids = np.full((len(rows), WIDTH), words, np.int32)
    weights = np.zeros((len(rows), WIDTH), np.float32)
    for first in range(0, len(rows), _BLOCK):
        some = slice(first, first + _BLOCK)
        ids[some], weights[some] = _strongest(bags, levels, rows[some])
    return Vectors(words, ids, weights)


def _strongest(bags: Bags, levels: Levels, rows: Places) -> tuple[Ids, Weights]:
    """The strongest words of some rows; the order is by weight, the greatest first, then number."""
    at, sizes = bags.places(rows), bags.sizes[rows]
    ids = bags.ids.take(at)
    strengths = _DAMPED.take(bags.counts.take(at)) * levels.take(ids)
    some = np.flatnonzero(strengths)
    row = np.repeat(np.arange(len(rows)), sizes)[some]
    packed = np.sort((row << 50) | ((_STRONGEST - strengths[some]) << 32) | ids[some])
    sizes = np.bincount(row, minlength=len(rows))
    columns = np.arange(WIDTH)
    chosen = (
        packed.take((np.cumsum(sizes) - sizes)[:, None] + columns, mode="clip")
        if len(packed)
        else np.zeros((len(rows), WIDTH), np.int64)
    )
    there = columns < sizes[:, None]
    found = np.where(there, chosen & 0xFFFFFFFF, len(bags.keys)).astype(np.int32)
    raw = np.where(there, _STRONGEST - ((chosen >> 32) & _STRONGEST), 0)
    lengths = np.sqrt(np.square(raw).sum(axis=1, keepdims=True).astype(np.float64))
    weights = np.floor(raw * GRAIN / np.maximum(lengths, 1)) / GRAIN
    return found, weights.astype(np.float32)


_STRONGEST = (1 << 18) - 1


def _damping() -> Levels:
    """1 + ln f from one mention on, below it f itself, in 256ths, for each byte of a count."""
    mentions = np.arange(256) / MENTION
    damped = np.where(mentions < 1, mentions, 1 + np.log(np.maximum(mentions, 1)))
    return np.round(damped * 256, 6).astype(np.int64)


_DAMPED = _damping()


def postings(found: Vectors, listed: int, asked: Flags) -> Postings:
    """For each word asked for the posts where it is strongest (then the first) of those listed.

    `asked` has a flag for each word and the padding; the first `listed` rows count. The lists of
    all other words are empty.
    """
    ids, weights = found.ids[:listed].ravel(), found.weights[:listed].ravel()
    cells = np.flatnonzero(asked.take(ids))
    cells = cells[weights[cells] > 0]
    packed = ids[cells].astype(np.uint64)
    packed <<= _WEIGHT_BITS
    packed |= (GRAIN - weights[cells] * GRAIN).astype(np.uint64)
    packed <<= _CELL_BITS
    packed |= cells.astype(np.uint64)
    packed.sort()
    words = (packed >> (_WEIGHT_BITS + _CELL_BITS)).astype(np.intp)
    sizes = np.bincount(words, minlength=found.words + 1)
    first = np.ones(len(words), np.bool_)  # of its word, up to as many as are remembered
    first[POSTINGS:] = words[POSTINGS:] != words[:-POSTINGS]
    cells = (packed[first] & ((1 << _CELL_BITS) - 1)).astype(np.intp)
    starts = np.concatenate([np.zeros(1, np.intp), np.cumsum(np.minimum(sizes, POSTINGS))])
    return Postings(starts, cells, cells // found.ids.shape[1], weights[cells])


class Bunch(NamedTuple):
    """Vectors of some rows at hand, in whatever shape these came."""

    rows: Places
    ids: Ids
    weights: Weights


def bunch(found: Vectors, rows: Places) -> Bunch:
    """The vectors of `rows`; -1 among them is nobody, and like no one."""
    weights = found.weights.take(rows, axis=0, mode="wrap")
    weights[rows < 0] = 0.0
    return Bunch(rows, found.ids.take(rows, axis=0, mode="wrap"), weights)


def cosines(found: Vectors, subjects: Places, others: Bunch) -> Weights:
    """How alike each of `subjects` and each of its row in `others` are, from 0 to 1."""
    step, width = found.table.shape
    table = found.table.ravel()
    mine = bunch(found, subjects)
    alike = np.empty(others.rows.shape, np.float32)
    offsets = np.arange(min(step, len(subjects)))[:, None] * width
    for first in range(0, len(subjects), step):
        some = slice(first, first + step)
        shift = offsets[: len(mine.ids[some])]
        cells = mine.ids[some] + shift
        table[cells] = mine.weights[some]
        theirs = table.take(others.ids[some] + shift[:, :, None])
        np.einsum("rpw,rpw->rp", theirs, others.weights[some], out=alike[some])
        table[cells] = 0.0
    return alike
