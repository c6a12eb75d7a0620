"""Plain text in lines of a width, whatever its script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, east_asian_width

_BLANKS = re.compile(r"[ \t\n\r\f]+")  # not those that join words
_OPENS = ("Ps", "Pi", "Pd")  # categories of Unicode: what follows stays with it
_CLOSES = ("Pe", "Pf", "Po", "Pd", "Mn", "Me", "Mc", "Cf", "Lm")  # it stays with what is before it


def fold(text: str, width: int = 72, indent: str = "") -> str:
    """`text` in lines of at most `width` columns, each behind `indent`; a long word stays whole.

    Lines break at blanks, and in Chinese and Japanese between characters, though no line begins
    with a full stop or ends with what opens a bracket; an ideograph is as wide as two letters.
    Source: Unicode's UAX 14, rules LB13 and LB14, and UAX 11.
    """
    words = _BLANKS.sub(" ", text).strip()
    return "\n".join(indent + line for line in _lines(words, width - _columns(indent)))


def _lines(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _pieces(text):
        if line and used + _columns(piece.rstrip(" ")) > width:
            yield line.rstrip(" ")
            line, used = "", 0
        line += piece
        used += _columns(piece)
    yield line.rstrip(" ")


def _pieces(text: str) -> Iterator[str]:
    """What stays together, each with the blank behind it."""
    begin = 0
    for place in range(1, len(text)):
        if text[place - 1] == " " or _parts(text[place - 1], text[place]):
            yield text[begin:place]
            begin = place
    yield text[begin:]


def _parts(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no blank parts."""
    if after == " " or not (_is_wide(before) or _is_wide(after)):
        return False
    return category(before) not in _OPENS and category(after) not in _CLOSES


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in "WF"


def _columns(text: str) -> int:
    return sum(2 if _is_wide(char) else category(char) not in {"Mn", "Me", "Cf"} for char in text)
