import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.posters.faces import GARAMOND, GROTESQUE, SANS, SERIF, faces
from blogforge.posters.lettering import Line, drawn, line

KINDS = (SERIF, SANS, GROTESQUE, GARAMOND)
ALEF, SEEN, LAM = "\u0627", "\u0633", "\u0644"


def numbers(found: Line) -> list[int]:
    return [glyph.number for glyph in found.glyphs]


@pytest.mark.parametrize("kind", KINDS)
def test_the_languages_of_the_interface_but_chinese_have_letters(kind: str) -> None:
    letters = "Zoë piñata façade Größe – “fi” L’œuvre Łódź ђ Ω Київ أسئلة عن السد שלום ١٢٣ 10 %"
    assert faces(kind).missing(letters) == ""
    assert faces(kind).missing("中文 a") == "中文"
    assert faces(kind).shown("Up ✨\u200bdown") == "Up down"


def test_letters_are_kerned() -> None:
    def width(text: str) -> float:
        return line(text, faces(SERIF), rtl=False).width

    assert width("AV") < width("A") + width("V")
    assert 0.4 < width("n") < 0.8


def test_arabic_letters_are_joined() -> None:
    alone = numbers(line(SEEN, faces(SERIF), rtl=True))
    joined = numbers(line(LAM + SEEN + LAM, faces(SERIF), rtl=True))
    assert set(alone).isdisjoint(joined)
    assert len(numbers(line(LAM + ALEF, faces(SERIF), rtl=True))) <= 2


def test_persian_letters_that_a_joiner_parts_are_not_joined() -> None:
    parted, joined = (numbers(line(text, faces(SERIF), rtl=True)) for text in ("می\u200cخ", "میخ"))
    assert len(set(parted) - set(joined)) >= 2


def test_what_is_written_from_the_right_stands_so_and_numbers_within_do_not() -> None:
    found = line("שלום (13) ab", faces(SANS), rtl=True)
    parts = {part: numbers(line(part, faces(SANS), rtl=False)) for part in ("ab", "(13)")}
    shown = numbers(found)
    assert shown[:2] == parts["ab"]
    assert shown[3:7] == parts["(13)"]
    assert shown[8:] == numbers(line("שלום", faces(SANS), rtl=True))


def test_a_word_is_of_one_font() -> None:
    found = line("«Север»", faces(GROTESQUE), rtl=False)  # which has the signs, and no Cyrillic
    assert len({id(glyph.face.font) for glyph in found.glyphs}) == 1


@settings(max_examples=60)
@given(st.text(max_size=30), st.booleans())
def test_no_letter_is_ever_a_box(text: str, rtl: bool) -> None:
    found = line(faces(SERIF).shown(text), faces(SERIF), rtl=rtl)
    assert 0 not in numbers(found)


def test_a_line_is_drawn_where_it_says() -> None:
    mask, left, top = drawn(line("HH", faces(SANS), rtl=False), 100)
    box = mask.getbbox()
    assert box is not None
    assert 0 <= box[0] + left < 15  # from the left of the line
    assert 60 <= -(box[1] + top) <= 72  # capitals stand on the line, two thirds of an em high
    assert abs(box[3] + top) <= 1
