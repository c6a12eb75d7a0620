from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from blogforge.content.terms import packed
from blogforge.site import similarity
from blogforge.site.bags import gather, language_key
from blogforge.site.similarity import Vectors, bunch, cosines, postings, rarity, vectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blogforge.site.bags import Bags
    from blogforge.site.similarity import Postings

RAIN = {"rain": 4.0, "grain": 1.0, "market": 1.0}
POSTS = [RAIN, {"rain": 1.0, "grain": 2.0}, {"oil": 1.0, "market": 1.0}, {"votes": 1.0}]
ENGLISH = language_key("en")


class Index:
    """Posts with the mentions of each word, of which the first `listed` may be found."""

    def __init__(self, posts: Sequence[Mapping[str, float]], listed: int) -> None:
        counts = ({word: int(4 * times) for word, times in post.items()} for post in posts)
        self.languages = np.full(len(posts), ENGLISH, np.uint64)
        self.bags: Bags = gather([packed(count) for count in counts], self.languages)
        self.levels = rarity(self.bags, self.languages, listed)
        self.found: Vectors = vectors(self.bags, self.levels, np.arange(len(posts)))
        self.lists: Postings = postings(self.found, listed, np.ones(self.found.words + 1, np.bool_))

    def number(self, word: str) -> int:
        key = (ENGLISH << 32) | int.from_bytes(packed({word: 4}).keys, "little")
        return int(np.searchsorted(self.bags.keys, np.uint64(key)))

    def vector(self, post: int, *words: str) -> dict[str, float]:
        ids, weights = self.found.ids[post].tolist(), self.found.weights[post].tolist()
        have = dict(zip(ids, weights, strict=True))
        return {word: have[self.number(word)] for word in words if self.number(word) in have}

    def posts_of(self, word: str) -> list[int]:
        starts = self.lists.starts[self.number(word) :]
        posts: list[int] = self.lists.posts[starts[0] : starts[1]].tolist()
        return posts

    def alike(self, post: int, *others: int) -> list[float]:
        them = bunch(self.found, np.array([others]))
        found: list[float] = cosines(self.found, np.array([post]), them)[0].tolist()
        return found


def test_weights_are_log_counts_times_rarity_at_length_one() -> None:
    shared = 2 * (3 - 2) + 1  # of four posts, 0b100, two have the word, 0b10
    expected = {"rain": (1 + math.log(4)) * shared, "grain": shared, "market": shared}
    length = math.hypot(*expected.values())
    found = Index(POSTS, 4).vector(0, *RAIN)
    assert found == pytest.approx({w: v / length for w, v in expected.items()}, abs=2e-3)
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_rarity_is_coarse() -> None:
    posts = [{"a": 1.0} if n < 5 else {"b": 1.0} for n in range(32)]
    for index in (Index(posts, 32), Index([*posts[:5], {"a": 1.0}, *posts[6:]], 32)):
        assert index.levels[index.number("a")] == 2 * (6 - 3) + 1


def test_a_word_of_most_posts_weighs_nothing() -> None:
    index = Index([{"the": 1.0, f"w{n}": 1.0} for n in range(20)], 20)
    assert index.vector(0, "the", "w0").keys() == {"w0"}
    assert index.levels[index.number("the")] == 0
    few = Index([{"the": 1.0, f"w{n}": 1.0} for n in range(9)], 9)
    assert few.vector(0, "the", "w0").keys() == {"the", "w0"}


def test_less_than_one_mention_weighs_less_than_one() -> None:
    quoted = Index([{"a": 0.25, "b": 1.0}, {}, {}], 3).vector(0, "a", "b")
    assert quoted["a"] / quoted["b"] == pytest.approx(0.25, abs=1e-3)


def test_a_cosine_is_the_same_both_ways_and_nobody_is_like_no_one() -> None:
    index = Index(POSTS, 4)
    same, near, far, none, nobody = index.alike(0, 0, 1, 2, 3, -1)
    assert same == pytest.approx(1, abs=5e-3)
    assert 1 > near > far > none == nobody == 0
    assert index.alike(1, 0) == [near]
    assert index.alike(-1, 0, 1) == [0, 0]


def test_no_cosine_is_above_one() -> None:
    index = Index([{f"w{n}": float(n % 7 + 1) for n in range(size)} for size in range(1, 90)], 89)
    weights = (index.found.weights * similarity.GRAIN).astype(np.int64)
    assert np.square(weights).sum(axis=1).max() <= similarity.GRAIN**2


def test_posts_that_are_not_listed_count_for_nothing() -> None:
    alone, crowded = Index(POSTS, 4), Index([*POSTS, RAIN, RAIN], 4)
    assert alone.vector(0, *RAIN) == crowded.vector(0, *RAIN)
    assert crowded.posts_of("rain") == [0, 1]


def test_lists_are_bounded_to_the_strongest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "POSTINGS", 2)
    posts = [{"rain": 1.0, f"w{n}": float(n)} for n in (9, 1, 5, 1)] + [{"x": 1.0}] * 4
    index = Index(posts, 8)
    assert index.posts_of("rain") == [1, 3]
    rain = np.flatnonzero(index.found.ids == index.number("rain"))
    rows = np.intersect1d(rain, index.lists.cells) // index.found.ids.shape[1]
    assert rows.tolist() == [1, 3]


def test_only_lists_that_are_asked_for_are_made() -> None:
    index = Index(POSTS, 4)
    asked = np.zeros(index.found.words + 1, np.bool_)
    asked[index.number("rain")] = True
    lists = postings(index.found, 4, asked)
    assert np.diff(lists.starts).nonzero()[0].tolist() == [index.number("rain")]
    assert lists.posts.tolist() == index.posts_of("rain")


def test_vectors_are_bounded_to_the_strongest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "WIDTH", 2)
    assert Index([{"a": 1.0, "b": 2.0, "c": 3.0}, {}], 2).vector(0, *"abc").keys() == {"b", "c"}


def test_blocks_of_posts_are_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Index(POSTS * 3, 12)
    monkeypatch.setattr(similarity, "_BLOCK", 5)
    monkeypatch.setattr(similarity, "_CELLS", 5)
    blocks = Index(POSTS * 3, 12)
    assert np.array_equal(whole.found.ids, blocks.found.ids)
    assert np.array_equal(whole.found.weights, blocks.found.weights)
    assert whole.alike(0, 1, 2) == blocks.alike(0, 1, 2)


def test_nothing_to_compare() -> None:
    assert Index([{}, {}], 2).alike(0, 1) == [0]
    assert Index([{"a": 1.0}], 0).posts_of("a") == []
    assert len(Index([], 0).found.ids) == 0
