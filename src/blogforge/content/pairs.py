"""Two words that stand together and mean more than each of them: names, and what is said again."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import compress, count, pairwise
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from blogforge.languages import primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

JOINT = "_"  # between the words of a pair
_AGAIN = 8  # a pair of this weight is one: two mentions in the body, or one in title or dek
_SHARE = 2  # a pair weighs one part in so many of a word, which counts anyhow (docs/related.md)


class Text(NamedTuple):
    """A text: what a word of it weighs, its words in their order, as written and in small letters.

    `counts` has how often each of the latter stands there.
    """

    weight: int
    words: Sequence[str]
    low: Sequence[str]
    counts: Mapping[str, int]


def pairs(texts: Sequence[Text], lang: str, stems: Mapping[str, str]) -> dict[str, int]:
    """The pairs of neighbouring words in some texts, by their stems, with their weights.

    Such words are a pair as are said again, or are a name: both begin with a capital letter, and
    neither stands elsewhere in small letters, as the first word of a sentence would. No pair has a
    stop word. `stems` has the stem of each word in small letters, or several where the script has
    no spaces.
    """
    named = _names(texts)
    telling = {word for text in texts for word, times in text.counts.items() if times > 1}
    telling.update(*(text.low for text in texts if text.weight >= _AGAIN), *named)
    telling -= stop_words(primary(lang))
    said: dict[tuple[str, str], int] = defaultdict(int)
    for text in texts:
        for pair in [(a, b) for a, b in pairwise(text.low) if a in telling and b in telling]:
            said[pair] += text.weight
    found: dict[str, int] = {}
    for pair, weight in said.items():
        if weight < _AGAIN and pair not in named:
            continue
        a, b = stems[pair[0]], stems[pair[1]]
        if a and b and " " not in a and " " not in b:
            key = f"{a}{JOINT}{b}"
            found[key] = found.get(key, 0) + weight
    return {key: max(weight // _SHARE, 1) for key, weight in found.items()}


def _names(texts: Iterable[Text]) -> set[tuple[str, str]]:
    """The pairs that are names, in small letters."""
    written: set[str] = set()
    capital: list[tuple[str, str]] = []
    for text in texts:
        places = compress(count(), map(ne, text.words, text.low))
        capital += [(text.low[a], text.low[b]) for a, b in pairwise(places) if b == a + 1]
        written.update(text.words)
    return {(a, b) for a, b in capital if a not in written and b not in written}


@lru_cache(maxsize=32)
def stop_words(language: str) -> frozenset[str]:
    """The words of a language (ISO 639) that carry no meaning alone; none where it has no list."""
    from stop_words import (  # type: ignore[import-untyped]  # it ships no annotations
        LANGUAGE_MAPPING,
        get_stop_words,
    )

    if language not in LANGUAGE_MAPPING:
        return frozenset()
    return frozenset(get_stop_words(language))
