"""Agglomeration, on vectors of a few words."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.site.clusters import agglomerate, ties
from blogforge.site.similarity import GRAIN, Vectors

WORDS = 6
WEIGHTS = st.lists(st.integers(0, GRAIN), min_size=WORDS, max_size=WORDS)


def vectors(*weights: list[int]) -> Vectors:
    """Vectors of all words, whose weights are given in grains."""
    ids = np.tile(np.arange(WORDS, dtype=np.int32), (len(weights), 1))
    return Vectors(WORDS, ids, np.array(weights, np.float32).reshape(-1, WORDS) / np.float32(GRAIN))


def cosine(found: Vectors, one: int, other: int) -> float:
    theirs = found.of(other)
    return sum(weight * theirs.get(word, 0.0) for word, weight in found.of(one).items())


def of(*words: int) -> list[int]:
    """The weights, each as heavy, of a vector of these words."""
    return [int(GRAIN / len(words) ** 0.5) if word in words else 0 for word in range(WORDS)]


def test_a_chain_breaks_where_its_ends_have_nothing_in_common() -> None:
    found = vectors(of(0, 1), of(1, 2), of(2, 3), of(3, 4))  # neighbours have a cosine of a half
    pairs = [(0, 1), (1, 2), (2, 3)]
    clusters = agglomerate(found, pairs, [], floor=0.4, most=9)
    assert sorted(cluster.rows for cluster in clusters) == [[0, 1], [2, 3]]


def test_the_mean_of_all_pairs_counts() -> None:
    found = vectors(of(0, 1), of(1, 2), of(2, 3))
    for floor, sizes in ((0.24, [3]), (0.26, [1, 2])):
        clusters = agglomerate(found, [(0, 1), (1, 2)], [], floor=floor, most=9)
        assert sorted(len(cluster.rows) for cluster in clusters) == sizes


def test_no_more_new_rows_come_together_than_may() -> None:
    found = vectors(*[of(0)] * 6)
    clusters = agglomerate(found, list(combinations(range(6), 2)), [[0, 1, 2]], floor=0.5, most=2)
    assert sorted((len(c.told), len(c.new)) for c in clusters) == [(0, 1), (3, 2)]


def test_what_was_told_together_stays_whole_and_apart() -> None:
    found = vectors(of(0), of(5), of(0), of(0))
    (first, second) = agglomerate(found, [(0, 2), (2, 3)], [[0, 1], [2]], floor=0.1, most=9)
    assert (set(first.rows), set(first.told)) == ({0, 1}, {0, 1})
    assert (set(second.rows), set(second.told)) == ({2, 3}, {2})


@settings(max_examples=100, deadline=None)
@given(st.lists(WEIGHTS, min_size=2, max_size=7), st.integers(0, 6))
def test_shares_add_up_to_the_mean_cosine_of_pairs_that_are_new(
    weights: list[list[int]], told: int
) -> None:
    found = vectors(*weights)
    rows = range(len(weights))
    before = list(rows)[: min(told, len(weights) - 1)]
    pairs = list(combinations(rows, 2))
    (whole,) = agglomerate(found, pairs, [before] if before else [], 0.0, 9)
    new = [cosine(found, *pair) for pair in pairs if not set(pair) <= set(before)]
    shares = ties(found, whole)
    assert sum(shares.values()) == pytest.approx(sum(new) / len(new))
    assert min(shares.values(), default=1.0) > 0
