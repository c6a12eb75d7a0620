"""The weighted words of an article, by which related ones are found."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLE, DEK, BODY, ASIDE = 3.0, 2.0, 1.0, 0.25

# Scripts written without spaces between words: Thai to Burmese, Khmer, kana, Han.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff"
)

# Letters and digits of any script, and the marks that belong to them, which `\w` leaves out.
_WORD = re.compile(
    r"[\w\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06ed\u0900-\u0963\u0970-\u0dff\u0e00-\u109f\u1780-\u17d3\u200c\u200d]+"
)
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")


def count(text: str) -> dict[str, int]:
    """The words of a text and how often each is there: NFKC, lower case, of two letters and more.

    An apostrophe parts words, so that "Mali's" is "mali" and "l’État" is "état". Text in a script
    without spaces becomes its pairs of characters. Bare numbers are left out. Neither stop words
    nor stems: those are for whoever knows the language.
    """
    found = _WORD.findall(unicodedata.normalize("NFKC", text).lower().replace("_", " "))
    if not text.isascii() and _UNSPACED_RUN.search(text):
        found = [part for word in found for part in _split(word)]
    counts = Counter(found)
    return {word: n for word, n in counts.items() if len(word) > 1 and not word.isdigit()}


def terms(weighted: Iterable[tuple[float, str]]) -> dict[str, float]:
    """Word -> its count in all texts, each text weighted, in the order of the text."""
    total: dict[str, float] = {}
    for weight, text in weighted:
        for word, times in count(text).items():
            total[word] = total.get(word, 0.0) + weight * times
    return total


def _split(word: str) -> list[str]:
    parts = []
    end = 0
    for run in _UNSPACED_RUN.finditer(word):
        parts.append(word[end : run.start()])
        signs = run[0]
        parts += [signs[i : i + 2] for i in range(len(signs) - 1)]
        end = run.end()
    return [*parts, word[end:]]
