from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogforge.content.pairs import JOINT, stop_words
from blogforge.content.terms import ASIDE, BODY, DEK, TITLE, terms

if TYPE_CHECKING:
    from collections.abc import Sequence


def pairs(*weighted: tuple[int, str], lang: str = "en") -> dict[str, float]:
    found = terms(weighted, lang)
    counts = zip(found.words.split(), found.counts, strict=True)
    return {word: count / BODY for word, count in counts if JOINT in word}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("grain prices rose; grain prices fell", {"grain_price": 1.0}),
        ("grain prices rose; prices of grain fell", {}),
        ("elections council, election councils", {}),  # said again in other forms
        ("In the north; in the north", {}),  # the dictionary of stop words has three of them
        ("They met Moussa Traore in Bamako.", {"moussa_traor": 0.5}),
        ("They met Moussa Ould Traore there.", {"moussa_ould": 0.5, "ould_traor": 0.5}),
        ("Markets Rise, and other markets rise", {"market_rise": 1.0}),
        ("Markets Rise, and other markets fall", {}),  # a sentence may begin so
        ("They meet at Bamako Markets; other markets fall", {}),
        ("北京 市场 北京 市场", {"北京_市场": 1.0}),
        ("北京市 上海市 北京市 上海市", {}),  # several words each, so far as anybody knows
        ("", {}),
    ],
)
def test_pairs_of_a_body(text: str, found: dict[str, float]) -> None:
    assert pairs((BODY, text)) == found


def test_in_title_and_dek_once_is_enough() -> None:
    assert pairs((TITLE, "grain prices")) == {"grain_price": 1.5}
    assert pairs((DEK, "grain prices"), (BODY, "grain prices")) == {"grain_price": 1.5}


def test_asides_have_none() -> None:
    assert not pairs((ASIDE, "Moussa Traore, Moussa Traore, grain prices, grain prices"))


def test_stop_words_are_those_of_the_language() -> None:
    assert "dans" in stop_words("fr")
    assert not pairs((TITLE, "dans Bamako"), lang="fr-ML")
    assert pairs((TITLE, "dans Bamako"), lang="tlh") == {"dans_bamako": 1.5}


@given(st.lists(st.sampled_from(["grain", "Grain", "price", "the", "Bamako", "Traore"])))
def test_no_pair_without_its_words(words: Sequence[str]) -> None:
    found = terms([(BODY, " ".join(words))], "en").words.split()
    for pair in (word for word in found if JOINT in word):
        assert set(pair.split(JOINT)) <= set(found)
        assert "the" not in pair.split(JOINT)
