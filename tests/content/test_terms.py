from __future__ import annotations

import pytest

from blogforge.content.terms import count, terms


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
    assert count(text) == words


def test_weights_add_up() -> None:
    assert terms([(3.0, "Mali"), (1.0, "Mali mali Libya"), (0.25, "Libya")]) == {
        "mali": 5.0,
        "libya": 1.25,
    }
