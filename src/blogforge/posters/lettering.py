"""Text -> glyphs in their places, and those as pixels."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

from blogforge.posters.faces import JOINERS, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from blogforge.posters.faces import Face, Faces

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_MARKS = frozenset(map(chr, range(0x0590, 0x0900)))
_WORD = re.compile(" +|[^ ]+")
# The algorithm drops joiners, which Persian spells with; marks stay where they are.
_STAND_INS = {ord(joiner): mark for joiner, mark in zip(JOINERS, "\u034f\u180b", strict=True)}
_STOOD_FOR = {ord(mark): chr(joiner) for joiner, mark in _STAND_INS.items()}


class Glyph(NamedTuple):
    """A glyph of a font, by its number, at its place, in ems from where its line begins."""

    face: Face
    number: int
    x: float
    y: float


class Line(NamedTuple):
    """A line of text, set: `width` is in ems."""

    glyphs: tuple[Glyph, ...]
    width: float


def line(text: str, faces: Faces, *, rtl: bool) -> Line:
    """`text` set from left to right as readers see it, kerned and joined.

    `rtl`: it is of a language that is written from the right, whatever else is in it.
    """
    import uharfbuzz

    glyphs: list[Glyph] = []
    x = 0.0
    for face, run, backwards in _runs(_visual(plain(text), rtl=rtl), faces):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run[::-1] if backwards else run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if backwards else "ltr"
        uharfbuzz.shape(face.font, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append(
                Glyph(
                    face,
                    info.codepoint,
                    x + place.x_offset / face.upem,
                    place.y_offset / face.upem,
                )
            )
            x += place.x_advance / face.upem
    return Line(tuple(glyphs), x)


def _visual(text: str, *, rtl: bool) -> str:
    """The characters of a line from left to right. Source: Unicode Standard Annex 9."""
    if not rtl and not any(map(_is_rtl, text)):
        return text
    from bidi.algorithm import get_display

    shown: str = get_display(text.translate(_STAND_INS), base_dir="R" if rtl else "L")
    return shown.translate(_STOOD_FOR)


def _is_rtl(char: str) -> bool:
    """Whether a letter, or a mark on one, is of Hebrew, Arabic or their kin."""
    direction = unicodedata.bidirectional(char)
    return direction in _RIGHT_TO_LEFT or (direction == "NSM" and char in _MARKS)


def _runs(text: str, faces: Faces) -> Iterator[tuple[Face, str, bool]]:
    """Pieces of one font and direction, blanks apart; a word is of one font if any has all of it.

    A character that no font has is left out.
    """
    for word in _WORD.findall(text):
        whole = faces.whole(word)
        kinds: list[tuple[str, Face, bool]] = []
        for char in word:
            marked = bool(kinds) and (char in JOINERS or bool(unicodedata.combining(char)))
            before = kinds[-1] if marked else None
            face = whole or (before[1] if before else faces.of(char))
            if face is not None and char in face.covers:
                backwards = _is_rtl(char) or (before is not None and before[2])
                kinds.append((char, face, backwards))
        for (face, backwards), run in groupby(kinds, key=lambda kind: (kind[1], kind[2])):
            yield face, "".join(char for char, _, _ in run), backwards


def drawn(line: Line, size: float) -> tuple[Image, int, int]:
    """A line as a mask, its letters white, `size` pixels an em.

    With it come where the mask's left upper corner is, from the beginning of the baseline.
    """
    import uharfbuzz
    from PIL import Image as Images

    left, bottom, right, top = _box(line, size)
    raster: Any = uharfbuzz.RasterDraw()
    raster.extents = uharfbuzz.RasterExtents(left, bottom, right - left, top - bottom, 0)
    for glyph in line.glyphs:
        scale = size / glyph.face.upem
        raster.transform = (scale, 0, 0, scale, glyph.x * size, glyph.y * size)
        raster.draw_glyph(glyph.face.font, glyph.number)
    made = raster.render()
    across = made.extents.stride  # rows from the bottom up
    box = (right - left, top - bottom)
    return Images.frombytes("L", box, made.buffer, "raw", "L", across, -1), left, -top


def _box(line: Line, size: float) -> tuple[int, int, int, int]:
    """The pixels that a line may touch, from where it begins: left, bottom, right, top."""
    lefts, bottoms, rights, tops = [0.0], [0.0], [0.0], [0.0]
    for glyph in line.glyphs:
        found, upem = glyph.face.font.get_glyph_extents(glyph.number), glyph.face.upem
        lefts.append(x := glyph.x + found.x_bearing / upem)
        rights.append(x + found.width / upem)
        tops.append(y := glyph.y + found.y_bearing / upem)
        bottoms.append(y + found.height / upem)
    left, bottom = (floor(min(all_) * size) - 1 for all_ in (lefts, bottoms))
    right, top = (ceil(max(all_) * size) + 1 for all_ in (rights, tops))
    return left, bottom, right, top
