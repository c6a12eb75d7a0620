"""How much of their text documents have in common.

Source: Broder, "On the resemblance and containment of documents" (1997): the share of sequences of
words that two texts have in common, and sketches by which those are found that share many.
"""

from __future__ import annotations

import re
from zlib import crc32

_WORD = re.compile(r"\w+")
_LENGTH = 5  # words in a sequence
_SIZE = 64  # numbers in a sketch
_FEWEST = 40  # words of a text that may be the same as another's by more than chance


def sequences(text: str) -> frozenset[int]:
    """The numbers of all sequences of five words of a text; none of a short one."""
    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST:
        return frozenset()
    shifted = (words[start:] for start in range(_LENGTH))
    runs = zip(*shifted, strict=False)  # each ends where the last one does
    return frozenset(crc32(" ".join(run).encode()) for run in runs)


def sketch(text: str) -> tuple[int, ...]:
    """The smallest numbers of a text's sequences: two texts share as many as they are alike."""
    return tuple(sorted(sequences(text))[:_SIZE])


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of all sequences of two texts that both have, from 0 to 1."""
    return len(one & other) / (len(one | other) or 1)


def overlap(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """An estimate of the resemblance of two texts by their sketches."""
    size = min(_SIZE, max(len(one), len(other)))
    smallest = set(sorted({*one, *other})[:size])
    return len(smallest.intersection(one, other)) / (size or 1)
