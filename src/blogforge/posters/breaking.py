"""Text -> lines that fit, of about the same length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Measure = Callable[[str], float]

# Chinese, Japanese and Korean break between any two letters, but not before what closes nor after
# what opens: JIS X 4051, 4.3. All others break at blanks and behind hyphens, dashes and strokes.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_OPENING, _CLOSING = (
    "「『（《〈【〔“‘([",
    "」』）》〉】〕”’)]、。，．：；！？・…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%!?,.:;",
)
_PIECE = re.compile(
    f"[{re.escape(_OPENING)}]*[{_CJK}][{re.escape(_CLOSING)}]*"
    rf"|[^{_CJK}\-–—/]*[\-–—/]+|[^{_CJK}\-–—/]+"
)
_WORD = re.compile(r"[^ \t\n]+")  # a no-break space is part of one
_LONGEST = 400  # characters; nobody reads more on a poster
_STEPS = 12  # halvings of the width, until lines are of one length to the pixel


class Piece(NamedTuple):
    """What no line breaks, its width in ems, and that of the blank before it."""

    text: str
    width: float
    gap: float


class Setting(NamedTuple):
    """Lines, and the size at which they fit, in pixels an em."""

    lines: tuple[str, ...]
    size: int


def fitted(
    text: str, measure: Measure, box: tuple[int, int], leading: float, sizes: Sequence[int]
) -> Setting:
    """`text` as large as the `box`, its width and height in pixels, allows.

    `measure` gives the width of a text in ems, `leading` is the height of a line in ems, `sizes`
    are tried in their order. What is too long even for the last is cut behind a word, and a word
    that is longer than a line within itself.
    """
    width, height = box
    found = pieces(text[:_LONGEST], measure)
    for size in sizes:
        lines = _greedy(found, width / size)
        if len(lines) * leading * size <= height and _widest(lines) <= width / size:
            return Setting(_texts(_balanced(found, width / size)), size)
    size = sizes[-1]
    most = max(1, int(height / (leading * size)))
    found = [part for piece in found for part in _cut(piece, width / size, measure)]
    if len(_greedy(found, width / size)) > most or len(text) > _LONGEST:
        found = _shortened(found, width / size, most, measure("…"))
    return Setting(_texts(_balanced(found, width / size)), size)


def pieces(text: str, measure: Measure) -> list[Piece]:
    """What lines are made of."""
    blank = measure(" ")
    return [
        Piece(part[0], measure(part[0]), 0.0 if part.start() else blank)
        for word in _WORD.findall(text)
        for part in _PIECE.finditer(word)
    ]


def _greedy(found: Iterable[Piece], width: float) -> list[list[Piece]]:
    """Lines that hold as much as they can."""
    lines: list[list[Piece]] = []
    used = 0.0
    for piece in found:
        if lines and used + piece.gap + piece.width <= width:
            lines[-1].append(piece)
            used += piece.gap + piece.width
        else:
            lines.append([piece])
            used = piece.width
    return lines


def _balanced(found: Sequence[Piece], width: float) -> list[list[Piece]]:
    """As many lines as need be, and none longer than need be."""
    best = _greedy(found, width)
    count, low, high = len(best), 0.0, width
    for _ in range(_STEPS):
        middle = (low + high) / 2
        lines = _greedy(found, middle)
        if len(lines) > count or _widest(lines) > middle:
            low = middle
        else:
            best, high = lines, middle
    return best


def _widest(lines: Iterable[Sequence[Piece]]) -> float:
    return max((sum(p.width + p.gap for p in line) - line[0].gap for line in lines), default=0.0)


def _cut(piece: Piece, width: float, measure: Measure) -> list[Piece]:
    """A piece as it is, or its letters where no line can hold it."""
    if piece.width <= width:
        return [piece]
    return [Piece(c, measure(c), 0.0 if i else piece.gap) for i, c in enumerate(piece.text)]


def _shortened(found: list[Piece], width: float, most: int, ellipsis: float) -> list[Piece]:
    """As many pieces as `most` lines hold, with an ellipsis behind the last."""
    kept = list(found)
    while kept:
        last = kept[-1]
        text = last.text.rstrip(" -–—/,.:;、。，：；") + "…"
        ended = [*kept[:-1], Piece(text, last.width + ellipsis, last.gap)]
        if len(_greedy(ended, width)) <= most:
            return ended
        kept.pop()
    return [Piece("…", ellipsis, 0.0)]


def _texts(lines: Iterable[Sequence[Piece]]) -> tuple[str, ...]:
    return tuple("".join(" " * bool(p.gap) + p.text for p in line).strip(" ") for line in lines)
