"""Posts of one language as vectors of their strongest words, and which are near to which.

Weight: sublinear term frequency times smoothed inverse document frequency, each vector brought to
length one (Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988;
Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 6.4).
Counts and weights are whole multiples of 2**-20, so the products of weights are whole multiples of
2**-40, and float64 adds them up without rounding: a cosine is the same in whatever order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from blogforge.model import Terms

    Ids = NDArray[np.int32]
    Places = NDArray[np.intp]
    Weights = NDArray[np.float64]

WIDTH = 96  # words kept of a post, the strongest
QUERY = 40  # of these, the ones by which neighbours are looked up
POSTINGS = 256  # posts remembered for a word, those where it is strongest
COMMON_SHARE = 0.4  # a word in a larger share of the posts tells none from another …
COMMON_COUNT = 10  # … unless the posts are so few that the share means nothing
_GRAIN = 2.0**20


@dataclass(frozen=True, slots=True)
class Index:
    """Vectors of posts, and for each word the posts where it is strongest.

    A row of `terms` and `weights` is a post, its strongest word first, padded with the word id
    `len(words)` of weight 0. The posts of word `w` stand in `posts[starts[w]:ends[w]]`.
    """

    words: tuple[str, ...]
    terms: Ids
    weights: Weights
    starts: Places
    ends: Places
    posts: Places
    strengths: Weights
    scratch: Weights  # a place for each word, zero between calls
    sums: Weights  # a place for each post, zero between calls

    def cosines(self, post: int, others: Places) -> Weights:
        """How alike `post` and each of `others` are, from 0 to about 1."""
        words = self.terms[post]
        self.scratch[words] = self.weights[post]
        found: Weights = (self.scratch[self.terms[others]] * self.weights[others]).sum(axis=1)
        self.scratch[words] = 0.0
        return found

    def shares(self, post: int, other: int) -> dict[str, float]:
        """What each common word adds to the cosine of two posts."""
        theirs = dict(zip(self.terms[other].tolist(), self.weights[other].tolist(), strict=True))
        ours = zip(self.terms[post].tolist(), self.weights[post].tolist(), strict=True)
        return {
            self.words[word]: weight * theirs[word]
            for word, weight in ours
            if weight and theirs.get(word)
        }

    def near(self, post: int, barred: Sequence[int]) -> tuple[Places, Weights]:
        """The posts that share a strong word with `post`, ascending, and about how alike they are.

        Only the strongest words and their strongest posts are added up, so a cosine may be higher.
        `barred` posts are left out, and `post` itself.
        """
        words = self.terms[post, :QUERY]
        starts, ends = self.starts[words], self.ends[words]
        spans = list(map(slice, starts.tolist(), ends.tolist()))
        posts = np.concatenate([self.posts[span] for span in spans])
        strengths = np.concatenate([self.strengths[span] for span in spans])
        strengths *= np.repeat(self.weights[post, :QUERY], ends - starts)
        np.add.at(self.sums, posts, strengths)
        self.sums[[post, *barred]] = 0.0
        hits = np.flatnonzero(self.sums > 0)  # of booleans: ten times as fast
        found = self.sums[hits]
        self.sums[hits] = 0.0
        return hits, found


def build(counts: Sequence[Terms], candidates: int) -> Index:
    """The index of posts in one language, from their words' counts.

    The first `candidates` may be found as neighbours; only these say how common a word is.
    """
    words = tuple(sorted(set().union(*(count.words.split() for count in counts))))
    ids, frequencies, ends = _numbered(counts, {word: place for place, word in enumerate(words)})
    listed = ends[candidates - 1] if candidates else 0
    held = np.bincount(ids[:listed], minlength=len(words))
    weights = _damped(frequencies) * _rarity(held, candidates)[ids]
    terms, weights = _strongest(ids, np.round(weights, 9), ends, len(words))
    sizes, posts, strengths = _postings(terms[:candidates], weights[:candidates], len(words))
    last = np.cumsum(sizes)
    scratch, sums = np.zeros(len(words) + 1), np.zeros(len(counts))
    return Index(
        words, terms, weights, last - sizes, last, posts, strengths, scratch=scratch, sums=sums
    )


def _numbered(counts: Sequence[Terms], numbers: Mapping[str, int]) -> tuple[Ids, Weights, Places]:
    """The posts' words one post after the other, how often each stands there, where each ends."""
    sizes = [len(count.counts) for count in counts]
    flat = chain.from_iterable(count.words.split() for count in counts)
    ids = np.fromiter(map(numbers.__getitem__, flat), np.int32, sum(sizes))
    quarters = np.frombuffer(b"".join(count.counts for count in counts), np.uint8)
    order = np.lexsort((ids, np.repeat(np.arange(len(counts)), sizes)))
    return ids[order], quarters[order] / 4, np.cumsum(sizes, dtype=np.intp)


def _damped(frequencies: Weights) -> Weights:
    """1 + ln f from one mention on; below, where that would sink under zero, f itself."""
    return np.where(frequencies < 1, frequencies, 1 + np.log(np.maximum(frequencies, 1)))


def _rarity(held: Places, posts: int) -> Weights:
    """ln((1 + posts) / (1 + posts with the word)); 0 for a word that is too common to tell."""
    rarity: Weights = np.log((1 + posts) / (1 + held))
    rarity[held > max(COMMON_SHARE * posts, COMMON_COUNT)] = 0.0
    return rarity


def _strongest(ids: Ids, weights: Weights, ends: Places, words: int) -> tuple[Ids, Weights]:
    """A row of WIDTH a post: its strongest words (then by alphabet) and their weights."""
    rows = np.full((len(ends), WIDTH), words, dtype=np.int32)
    values = np.zeros((len(ends), WIDTH))
    first = 0
    for row, end in enumerate(ends.tolist()):
        order = first + np.argsort(-weights[first:end], kind="stable")[:WIDTH]
        rows[row, : len(order)] = ids[order]
        values[row, : len(order)] = weights[order]
        first = end
    rows[values == 0] = words
    lengths = np.sqrt(np.square(values).sum(axis=1, keepdims=True))
    return rows, _grained(values / np.maximum(lengths, 1e-9))


def _postings(terms: Ids, weights: Weights, words: int) -> tuple[Places, Places, Weights]:
    """For each word, how many posts: where it is strongest (then the first), at most POSTINGS.

    Then these posts, word after word, and how strong it is there.
    """
    rows, columns = np.nonzero(weights)
    word, weight = terms[rows, columns], weights[rows, columns]
    order = np.lexsort((-weight, word))  # stable: equal weights stay in the posts' order
    word = word[order]
    sizes = np.bincount(word, minlength=words + 1)
    place = np.arange(len(word)) - (np.cumsum(sizes) - sizes)[word]
    kept = order[place < POSTINGS]
    return np.minimum(sizes, POSTINGS), rows[kept], weight[kept]


def _grained(values: Weights) -> Weights:
    return np.round(values * _GRAIN) / _GRAIN
