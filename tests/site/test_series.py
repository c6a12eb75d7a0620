"""Titles that come again."""

import pytest

from blogforge.site.series import serial


def of(titles: list[str], lang: str = "en") -> list[bool]:
    return serial([(title, lang) for title in titles])


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("en", ["Announcing Rust 1.30", "Announcing Rust 1.31.1", "announcing Rust 1.32"]),
        ("en", ["The week to 3 March 2012", "The week to 10 March 2012", "The week to 7 Apr 2012"]),
        ("fr", ["La semaine du 3 mars", "La semaine du 7 avril", "La semaine du 5 mai"]),
        ("en", ["Grain prices in the Sahel: up", "Grain prices in the Sahel: down"] * 2),
        ("en", ["Corrections", "Corrections", "Corrections"]),
        ("en", ["2012-03-01", "2012-03-02", "2012-03-03"]),
        ("zh", ["第3期", "第4期", "第5期"]),
    ],
)
def test_issues_of_a_series_are_told_by_their_titles(lang: str, titles: list[str]) -> None:
    assert of(titles, lang) == [True] * len(titles)


@pytest.mark.parametrize(
    "titles",
    [
        ["The war in Mali", "The war in Libya", "The war in Chad"],
        ["A river and its arithmetic", "Half a mile from Lampedusa", "A rig as a flag"],
        ["The dam, part 1", "The dam, part 2", "The dam, part 3", "The dam, part 4"],
        ["Issue 1", "Issue 2"],
    ],
)
def test_headlines_and_numbered_parts_are_no_series(titles: list[str]) -> None:
    assert of(titles) == [False] * len(titles)


def test_parts_without_end_are_a_series() -> None:
    assert of([f"The dam, part {number}" for number in range(1, 14)]) == [True] * 13


def test_parts_count_in_the_order_of_time() -> None:
    assert of(["Part 2", "Part 1", "Part 3"]) == [True] * 3


def test_posts_beside_a_series_are_not_of_it() -> None:
    titles = ["Letters, 3 March", "The fall of Gao", "Letters, 10 March", "Letters, 17 March"]
    assert of(titles) == [True, False, True, True]
