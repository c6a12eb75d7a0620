"""In which language a text is written, by its commonest words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.content.pairs import stop_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAGS = (
    "en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro",
    "tr", "ru", "uk", "el", "ar", "fa", "he",
)  # fmt: skip
_FEWEST = 40  # words: fewer say too little
_SHARE = 0.2  # of words that are among a language's commonest
_AHEAD = 1.4  # of the next language


def language_of(words: Sequence[str]) -> str:
    """The language (BCP 47) of a text in folded words; "" where they do not say it plainly."""
    if len(words) < _FEWEST:
        return ""
    counts = ((sum(word in stop_words(tag) for word in words), tag) for tag in _TAGS)
    (most, tag), (second, _), *_ = sorted(counts, reverse=True)
    return tag if most >= _SHARE * len(words) and most >= _AHEAD * second else ""
