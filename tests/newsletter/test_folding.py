"""Lines of plain text in any script."""

from hypothesis import given
from hypothesis import strategies as st

from blogforge.newsletter.folding import fold

ENGLISH = "The fall of one Saharan regime has armed a revolt against another state."
CHINESE = "据路透社报道，利比亚的武器流入马里，“图阿雷格”战士在三月占领了北部的三座城市。"


def test_english_breaks_at_blanks() -> None:
    lines = fold(ENGLISH, 30).split("\n")
    assert " ".join(lines) == ENGLISH
    assert max(map(len, lines)) <= 30


def test_chinese_breaks_between_characters_but_not_before_a_comma() -> None:
    lines = fold(CHINESE, 14).split("\n")
    assert "".join(lines) == CHINESE
    assert len(lines) > 5
    assert max(map(len, lines)) <= 7  # two columns each
    assert not any(line.startswith(("，", "。", "”")) or line.endswith("“") for line in lines)


def test_addresses_and_words_that_no_blank_parts_stay_whole() -> None:
    url = "https://desk.example/2012/03/21/a-long-slug-of-many-words-and-more/"
    assert fold(f"See {url} now", 20).split("\n") == ["See", url, "now"]
    assert fold("à 10\u00a0000\u202f% de", 9) == "à\n10\u00a0000\u202f%\nde"


def test_marks_take_no_room() -> None:
    assert fold("e\u0301" * 5 + " " + "e\u0301" * 4, 10) == "e\u0301" * 5 + " " + "e\u0301" * 4


@given(st.text(alphabet="ab 。，“”中 \u0301", max_size=60), st.integers(2, 20))
def test_no_character_is_lost(text: str, width: int) -> None:
    folded = fold(text, width)
    assert folded.replace("\n", "").replace(" ", "") == text.replace(" ", "")
