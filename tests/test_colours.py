"""Colours that can be read, whatever a brand's is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogforge.colours import AA, contrast, is_hex, readable

PAPERS = (["#fdfcfa", "#f4f1ea"], ["#161719", "#212326"])
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000", "#ffffff", 21), ("#777777", "#fff", 4.48), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast_is_wcag_s(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.005)


def test_what_is_no_colour() -> None:
    assert [
        text for text in ("#abc", "#A1b2C3", "red", "#12", "#12345", "abc") if is_hex(text)
    ] == [
        "#abc",
        "#A1b2C3",
    ]


@given(colours)
def test_any_brand_s_colour_can_be_read_by_day_and_by_night(colour: str) -> None:
    for papers in PAPERS:
        made = readable(colour, papers)
        assert is_hex(made)
        assert min(contrast(made, paper) for paper in papers) >= AA
        if min(contrast(colour, paper) for paper in papers) >= AA:
            assert made == colour


@given(colours)
def test_a_colour_is_moved_no_further_than_it_must_be(colour: str) -> None:
    for papers in PAPERS:
        made = readable(colour, papers)
        if made != colour:
            assert min(contrast(made, paper) for paper in papers) < AA + 0.15


def test_the_hue_stays() -> None:
    """Reds stay red, whichever way they are moved."""
    for papers in PAPERS:
        made = readable("#d0021b", papers)
        red, green, blue = (int(made[place : place + 2], 16) for place in (1, 3, 5))
        assert red > 1.5 * max(green, blue)
