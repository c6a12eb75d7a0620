"""What titles have in common."""

import pytest

from blogforge.content.phrases import common_phrase


@pytest.mark.parametrize(
    ("told", "titles", "phrase"),
    [
        ("debt", ["The danger of technical debt", "Technical debt: a cure"], "Technical debt"),
        ("libya mali", ["Libya's guns in Mali", "From Libya to Mali", "Libya votes"], "Libya"),
        ("dam", ["The dam, part 1: water", "The dam, part 2: salt"], "The dam"),
        ("dam", ["The dam part 1: water", "The dam part 2: salt"], "The dam"),
        ("director", ["Electing Project Directors", "The Project Director"], "Project Director"),
        ("tier", ["Down to Tier 2 again", "It fell to Tier 2"], "Tier 2"),
        ("analyt usa", ["On analytics.usa.gov", "analytics.usa.gov grows"], "analytics.usa.gov"),
        ("rust", ["Rust", "Go", "Zig"], ""),
        ("rust", ["Rust", "Rust", "Go", "Zig"], "Rust"),
        ("rust", ["Rust", "Rust", "Go", "Zig", "C"], ""),
        ("", ["The same words", "The same words"], ""),
        ("rust", [], ""),
    ],
)
def test_it_is_what_tells_and_what_always_stands_beside_it(
    told: str, titles: list[str], phrase: str
) -> None:
    assert common_phrase(titles, "en", dict.fromkeys(told.split(), 0.1)) == phrase


def test_the_most_telling_words_count() -> None:
    titles = ["Mali votes again", "Mali votes, says Bamako", "Bamako, a town"]
    assert common_phrase(titles, "en", {"mali": 0.3, "bamako": 0.2, "vote": 0.1}) == "Mali votes"
    assert common_phrase(titles, "en", {"mali": 0.1, "bamako": 0.2}) == "Bamako"


def test_the_order_of_titles_makes_no_difference() -> None:
    titles = ["Project director", "A Project Director", "The PROJECT DIRECTOR", "project directors"]
    found = {common_phrase(titles[n:] + titles[:n], "en", {"director": 1.0}) for n in range(4)}
    assert len(found) == 1
