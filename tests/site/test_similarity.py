from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from blogforge.content.terms import packed
from blogforge.site import similarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blogforge.site.similarity import Index

RAIN = {"rain": 4.0, "grain": 1.0, "market": 1.0}
POSTS = [RAIN, {"rain": 1.0, "grain": 2.0}, {"oil": 1.0, "market": 1.0}, {"votes": 1.0}]


def build(posts: Iterable[Mapping[str, float]], candidates: int) -> Index:
    """The index of posts, each word with its mentions."""
    counts = ({word: int(4 * times) for word, times in post.items()} for post in posts)
    return similarity.build([packed(count) for count in counts], candidates)


def vector(index: Index, post: int) -> dict[str, float]:
    pairs = zip(index.terms[post].tolist(), index.weights[post].tolist(), strict=True)
    return {index.words[word]: weight for word, weight in pairs if weight}


def test_weights_are_log_counts_times_rarity_at_length_one() -> None:
    shared = math.log(5 / 3)  # four posts, two with the word
    expected = {"rain": (1 + math.log(4)) * shared, "grain": shared, "market": shared}
    length = math.hypot(*expected.values())
    found = vector(build(POSTS, 4), 0)
    assert found == pytest.approx({w: v / length for w, v in expected.items()}, abs=1e-6)


def test_less_than_one_mention_weighs_less_than_one() -> None:
    quoted = vector(build([{"a": 0.25, "b": 1.0}, {}, {}], 3), 0)
    assert quoted["a"] / quoted["b"] == pytest.approx(0.25, abs=1e-5)


def test_cosines_and_their_shares() -> None:
    index = build(POSTS, 4)
    found = index.cosines(0, np.array([0, 1, 2, 3]))
    assert found[0] == pytest.approx(1, abs=1e-5)
    assert found[3] == 0
    assert sum(index.shares(0, 1).values()) == found[1]
    assert index.shares(0, 1).keys() == {"rain", "grain"}
    assert index.cosines(1, np.array([0]))[0] == found[1]


def test_near_finds_candidates_that_share_a_word() -> None:
    index = build(POSTS, 3)
    hits, about = index.near(0, ())
    assert hits.tolist() == [1, 2]
    assert about.tolist() == index.cosines(0, hits).tolist()
    assert index.near(0, [2])[0].tolist() == [1]
    assert index.near(3, ())[0].tolist() == []


def test_posts_beyond_the_candidates_count_for_nothing() -> None:
    alone, crowded = build(POSTS, 4), build([*POSTS, RAIN, RAIN], 4)
    assert vector(alone, 0) == vector(crowded, 0)
    assert crowded.near(4, ())[0].tolist() == [0, 1, 2]
    assert crowded.near(0, ())[0].tolist() == [1, 2]


def test_lists_are_bounded_to_the_strongest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "POSTINGS", 2)
    monkeypatch.setattr(similarity, "WIDTH", 2)
    posts = [{"rain": 1.0, f"w{n}": float(n)} for n in (9, 1, 5, 1)] + [{"x": 1.0}] * 4
    index = build(posts, 8)
    assert index.near(0, ())[0].tolist() == [1, 3]
    assert list(vector(build([{"c": 1.0, "b": 1.0, "a": 1.0}, {}], 2), 0)) == ["a", "b"]


def test_nothing_to_compare() -> None:
    assert build([{}, {}], 2).near(0, ())[0].tolist() == []
    assert build([{"a": 1.0}], 0).near(0, ())[0].tolist() == []
