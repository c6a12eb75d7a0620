from hypothesis import given
from hypothesis import strategies as st

from blogforge.posters.breaking import fitted

BOX, LEADING, SIZES = (1000, 335), 1.1, (100, 80, 60, 50)
WORDS = st.lists(st.text("abcdefghij–-", min_size=1, max_size=12), min_size=1, max_size=12)


def measure(text: str) -> float:
    """Letters of one width, half an em."""
    return 0.5 * len(text)


def test_a_headline_is_as_large_as_its_box_allows() -> None:
    assert fitted("Salt, still", measure, BOX, LEADING, SIZES).size == 100
    longer = fitted("Who pays for a pipeline that nobody asked for", measure, BOX, LEADING, SIZES)
    assert longer.size == 100
    assert fitted("word " * 24, measure, BOX, LEADING, SIZES).size < 100


def test_lines_are_of_about_one_length() -> None:
    found = fitted("one two three four five six", measure, BOX, LEADING, SIZES)
    assert found.lines == ("one two three", "four five six")


@given(WORDS)
def test_lines_hold_the_words_in_their_order_and_no_line_is_too_long(words: list[str]) -> None:
    text = " ".join(words)
    found = fitted(text, measure, BOX, LEADING, SIZES)
    assert "".join(found.lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line) * found.size <= BOX[0] for line in found.lines)
    assert len(found.lines) * LEADING * found.size <= BOX[1]


def test_what_is_too_long_is_cut_behind_a_word() -> None:
    words = [f"word{number}" for number in range(200)]
    found = fitted(" ".join(words), measure, BOX, LEADING, SIZES)
    shown = " ".join(found.lines)
    assert found.size == 50
    assert len(found.lines) == 6
    assert shown.endswith("…")
    assert shown.removesuffix("…").split() == words[: len(shown.split())]


def test_a_word_that_no_line_holds_is_cut_within() -> None:
    found = fitted("supercali" * 9, measure, BOX, LEADING, SIZES)
    assert "".join(found.lines) == "supercali" * 9
    assert all(measure(line) * found.size <= BOX[0] for line in found.lines)


def test_chinese_breaks_anywhere_but_before_what_closes() -> None:
    text = "水" * 19 + "。「" + "山" * 20 + "」"
    found = fitted(text, lambda part: float(len(part)), BOX, LEADING, SIZES)
    assert len(found.lines) > 1
    assert "".join(found.lines) == text
    assert not any(line[0] in "。」" or line[-1] == "「" for line in found.lines)
    assert max(map(len, found.lines)) - min(map(len, found.lines)) <= 3
