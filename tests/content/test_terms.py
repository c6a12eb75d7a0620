from __future__ import annotations

import zlib
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogforge.content import terms as terms_module
from blogforge.content.pairs import JOINT
from blogforge.content.terms import ASIDE, BODY, TITLE, packed, terms

if TYPE_CHECKING:
    from blogforge.model import Terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mali and Mali's army", {"mali": 2, "and": 1, "army": 1}),
        ("l’État, l'état", {"état": 2}),
        ("In 2012, 3,000 G8 F-16s", {"in": 1, "g8": 1, "16s": 1}),
        ("snake_case", {"snake": 1, "case": 1}),
        ("ＭＡＬＩ ﬁn", {"mali": 1, "fin": 1}),
        ("ليبيا ومالي", {"ليبيا": 1, "ومالي": 1}),
        ("हिन्दी में", {"हिन्दी": 1, "में": 1}),
        ("Россия", {"россия": 1}),
        ("北京市 in 京", {"北京": 1, "京市": 1, "in": 1}),
        ("iPhone手机", {"iphone": 1, "手机": 1}),
        ("e\u0301tat", {"état": 1}),
        ("", {}),
    ],
)
def test_words(text: str, words: dict[str, int]) -> None:
    assert Counter(terms_module.words(text)) == words
    assert mentions(terms([(BODY, text)], "xx")) == words


def mentions(found: Terms) -> dict[str, float]:
    counts = zip(found.words.split(), found.counts, strict=True)
    return {word: count / BODY for word, count in counts if JOINT not in word}


def test_weights_add_up() -> None:
    weighted = [(TITLE, "Mali"), (BODY, "Mali mali Libya"), (ASIDE, "Libya")]
    assert mentions(terms(weighted, "en")) == {"mali": 5.0, "libya": 1.25}


def test_stems_count_together() -> None:
    assert mentions(terms([(BODY, "Elections! The election…")], "en")) == {"elect": 2, "the": 1}
    assert mentions(terms([(BODY, "elections, election")], "en-GB")) == {"elect": 2}


@pytest.mark.parametrize("language", ["no", "nb", "nn"])
def test_norwegian_in_both_forms(language: str) -> None:
    assert terms([(BODY, "valget")], language).words == "valg"


def test_a_word_has_its_key_and_its_count() -> None:
    found = packed({"mali": 5, "état": 1000})
    assert found.words == "mali état"
    assert found.keys == b"".join(
        zlib.crc32(word.encode()).to_bytes(4, "little") for word in ("mali", "état")
    )
    assert found.counts == bytes([5, 255])


def test_of_two_words_with_one_key_the_first_stays() -> None:
    assert zlib.crc32(b"plumless") == zlib.crc32(b"buckeroo")
    found = packed({"plumless": 4, "mali": 1, "buckeroo": 9})
    assert (found.words, found.counts) == ("plumless mali", bytes([4, 1]))


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms_module, "_REMEMBERED", 3)
    text = "one two three four five six seven one"
    assert len(mentions(terms([(BODY, text)], "yy"))) == 7


@given(st.text(st.sampled_from("aZéİ’—\u00a0\u0301_-. 7手机"), max_size=30))
def test_the_short_way_finds_the_same_words(text: str) -> None:
    plain = text.replace("\u0301", "")
    assert mentions(terms([(BODY, plain)], "xx")) == Counter(terms_module.words(plain))
