from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.content.typography import typeset, typeset_run
from blogforge.languages import NARROW


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ('"a"', "“a”"),
        ('"a," he said', "“a,” he said"),
        ('("a")', "(“a”)"),
        ("'a'", "‘a’"),
        ("don't", "don’t"),
        ("the '90s and the 1990's", "the ’90s and the 1990’s"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("'Twas the dogs' home", "’Twas the dogs’ home"),
        ("'tis 'em", "’tis ’em"),
        ("\"'a' b\"", "“‘a’ b”"),
        ("\"a 'b'\"", "“a ‘b’”"),
        ("6'2\" and 5'", "6'2\" and 5'"),
        ('"He is 6\'2" tall"', "“He is 6'2\" tall”"),
        ('a 12" record', 'a 12" record'),
        ('"in 2012"', "“in 2012”"),
        ("a--b---c", "a–b—c"),
        ("----", "----"),
        ("a... b....", "a… b...."),
        ('--"a"', "–“a”"),
        ('a--"b"', "a–“b”"),
        ('"a--" b', "“a–” b"),
        ("a ' b", "a ' b"),
        ("http://a.b/c--d'e", "http://a.b/c--d'e"),
        ("x@y--z.org", "x@y--z.org"),
        ("Q&A", "Q&A"),
        ("“a”", "“a”"),
        ("", ""),
        ('"', "”"),
    ],
)
def test_english(plain: str, set_: str) -> None:
    assert typeset(plain, "en") == set_


@pytest.mark.parametrize(
    ("lang", "set_"),
    [
        ("en-GB", "“a ‘b’ c’s”"),
        ("de", "„a ‚b‘ c’s“"),
        ("de-CH", "«a ‹b› c’s»"),
        ("es", "«a “b” c’s»"),
        ("it", "«a “b” c’s»"),
        ("pt-BR", "“a ‘b’ c’s”"),
        ("nl", "“a ‘b’ c’s”"),
        ("sv", "”a ’b’ c’s”"),
        ("pl", "„a «b» c’s”"),
        ("ru", "«a „b“ c’s»"),
        ("ar", "”a ’b‘ c’s“"),
        ("fr", f"«{NARROW}a “b” c’s{NARROW}»"),
        ("xx", "\"a 'b' c's\""),
        ("zh-Hans", "“a ‘b’ c’s”"),
        ("zh-TW", "「a 『b』 c’s」"),
    ],
)
def test_quotes_by_language(lang: str, set_: str) -> None:
    assert typeset("\"a 'b' c's\"", lang) == set_


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ('他说"你好"。', "他说“你好”。"),
        ("\"你好\"，她答'好'--真的...", "“你好”，她答‘好’——真的……"),
        ('用"markdown"写作，don\'t', "用“markdown”写作，don’t"),
    ],
)
def test_chinese_has_no_spaces_to_go_by(plain: str, set_: str) -> None:
    assert typeset(plain, "zh") == set_


def test_an_unknown_language_has_dashes_all_the_same() -> None:
    assert typeset('"a" -- b...', "xx") == '"a" – b…'


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Quoi ?", "Quoi_?"),
        ("Quoi?", "Quoi_?"),
        ("Quoi ?!", "Quoi_?!"),
        ("a : b ; c !", "a_: b_; c_!"),
        ("à 12:30", "à 12:30"),
        ("http://a.b/?c=d!", "http://a.b/?c=d!"),
        ("« a »", "«_a_»"),
        ("«a»", "«_a_»"),
        ('"a ?" b', "«_a_?_» b"),
        ('"a "b" c"', "«_a “b” c_»"),
        ("l'État", "l’État"),
        ("(a !)", "(a_!)"),
    ],
)
def test_french_spaces(plain: str, set_: str) -> None:
    assert typeset(plain, "fr") == set_.replace("_", NARROW)


def test_canadian_french_sets_off_the_colon_only() -> None:
    assert typeset("a : b? c! «d»", "fr-CA") == f"a{NARROW}: b? c! «{NARROW}d{NARROW}»"


def test_pieces_are_set_in_the_light_of_their_neighbours() -> None:
    assert typeset_run(['"', "a", '"'], [False] * 3, "en") == ["“", "a", "”"]
    assert typeset_run(['"', '"--"', "'s\""], [False, True, False], "en") == ["“", '"--"', "’s”"]


def test_an_edit_never_crosses_a_piece() -> None:
    assert typeset_run(["a.", ".."], [False, False], "en") == ["a.", ".."]


TEXT = st.text("ab1 '\"-.«»!?:;/@\n", max_size=40)


@settings(max_examples=200, deadline=None)
@given(text=TEXT, lang=st.sampled_from(["en", "fr", "de", "es", "ar", "xx"]))
def test_words_and_lines_stay(text: str, lang: str) -> None:
    done = typeset(text, lang)
    assert [c for c in done if c in "ab1@/\n"] == [c for c in text if c in "ab1@/\n"]


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(TEXT, max_size=5), lang=st.sampled_from(["en", "fr", "ru"]))
def test_no_piece_is_lost(pieces: list[str], lang: str) -> None:
    frozen = [index % 2 == 1 for index in range(len(pieces))]
    done = typeset_run(pieces, frozen, lang)
    assert len(done) == len(pieces)
    assert done[1::2] == pieces[1::2]


def test_a_long_title_of_at_signs_is_set_at_once() -> None:
    title = "'" + "a@" * 4000
    started = process_time()
    typeset(title, "en")
    assert process_time() - started < 5


def test_a_word_with_an_address_is_left_alone() -> None:
    assert typeset('"a@b.org" (www.a--b.org) a@b. --', "en") == '"a@b.org" (www.a--b.org) a@b. –'


@pytest.mark.parametrize(
    ("unit", "lang", "set_"),
    [
        (" ", "fr", " "),
        ("\u00ab ", "fr", "\u00ab\u202f"),
        ("www.x.y 'b' ", "en", "www.x.y \u2018b\u2019 "),
        ("6'2\" ", "en", "6'2\" "),
    ],
)
def test_a_long_text_is_set_in_one_pass(unit: str, lang: str, set_: str) -> None:
    assert typeset(unit * 50_000, lang) == set_ * 50_000


def test_feet_and_inches_are_told_from_quotes() -> None:
    assert typeset('"6\'2" or 5\'10"12\'3", he said', "en") == (
        "\u201c6'2\" or 5'10\"12'3\", he said"
    )
    assert typeset("a6'2\" 5'6'7\"", "en") == 'a6\u20192" 5\'6\u20197"'
