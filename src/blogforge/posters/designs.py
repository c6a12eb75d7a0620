"""How posters are laid out: a design for each look of the site."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from blogforge.posters.breaking import Setting, fitted
from blogforge.posters.canvas import Canvas
from blogforge.posters.faces import GARAMOND, GROTESQUE, SANS, SERIF, faces
from blogforge.posters.inks import inks_of
from blogforge.posters.lettering import line
from blogforge.posters.poster import HEIGHT, WIDTH, Poster

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blogforge.posters.faces import Faces

_MARGIN = 72
_WIDTH = WIDTH - 2 * _MARGIN
_SIZES = (132, 120, 108, 100, 92, 84, 76, 68, 62, 56, 50)
_NOTE_SIZE = 30
_LEADING = 1.06  # ems from line to line, at least


class Type(NamedTuple):
    """What a poster is set in: its headline, who publishes, and the small print."""

    headline: Faces
    brand: Faces
    small: Faces


class Design(NamedTuple):
    """A layout, and the kinds of fonts for it."""

    layout: Callable[[Poster, Type], Canvas]
    headline: str
    small: str


def draw(poster: Poster, own: tuple[tuple[Path, str], ...] = ()) -> bytes:
    """A poster as a PNG; `own`: the files of its typefaces, each with its digest.

    Raises UnknownFontError for one that is none.
    """
    design = DESIGNS[poster.look]
    large = faces(design.headline, own)
    type_ = Type(large.fit_for(poster.title), large, faces(design.small, own))
    return design.layout(poster, type_).png()


def letters_of(look: str, own: Sequence[tuple[Path, str]] = ()) -> Faces:
    """The fonts that headlines of a `look` have. Raises UnknownFontError."""
    return faces(DESIGNS[look].headline, tuple(own))


def _classic(poster: Poster, type_: Type) -> Canvas:
    """A newspaper's: the name above a double rule, the headline in black below."""
    paper, ink, accent, muted = inks_of(poster)
    canvas = Canvas(paper, rtl=poster.rtl)
    canvas.text(poster.brand, (_MARGIN, 96), 40, type_.brand, ink)
    canvas.bar((_MARGIN, 124, _WIDTH, 5), ink)
    canvas.bar((_MARGIN, 133, _WIDTH, 1), ink)
    canvas.text(poster.kicker, (_MARGIN, 196), 32, type_.small, accent)
    top = 214 if poster.kicker else 170
    found, leading = _headline(poster, type_.headline, (_WIDTH, 516 - top))
    for index, text in enumerate(found.lines):
        y = top + round((0.9 + index) * leading * found.size)
        canvas.text(text, (_MARGIN, y), found.size, type_.headline, ink)
    _note(canvas, poster, type_.small, muted)
    return canvas


def _modern(poster: Poster, type_: Type) -> Canvas:
    """A field of the site's colour, and the headline large upon its foot."""
    ground, ink, _, soft = inks_of(poster)
    canvas = Canvas(ground, rtl=poster.rtl)
    canvas.bar((_MARGIN, 64, 88, 12), ink)
    canvas.text(poster.brand, (_MARGIN, 126), 38, type_.brand, ink)
    found, leading = _headline(poster, type_.headline, (_WIDTH, 300))
    foot = 512 if poster.note else 560
    top = foot - round(len(found.lines) * leading * found.size)
    for index, text in enumerate(found.lines):
        y = top + round((0.84 + index) * leading * found.size)
        canvas.text(text, (_MARGIN, y), found.size, type_.headline, ink)
    canvas.text(poster.kicker, (_MARGIN, top - 20), 32, type_.small, soft)
    _note(canvas, poster, type_.small, soft)
    return canvas


def _paper(poster: Poster, type_: Type) -> Canvas:
    """The title page of a book: all of it centred in a frame."""
    paper, ink, accent, muted = inks_of(poster)
    canvas = Canvas(paper, rtl=poster.rtl)
    for inset, thick in ((30, 3), (39, 1)):
        for y in (inset, HEIGHT - inset - thick):
            canvas.bar((inset, y, WIDTH - 2 * inset, thick), accent)
        for x in (inset, WIDTH - inset - thick):
            canvas.bar((x, inset, thick, HEIGHT - 2 * inset), accent)
    middle = WIDTH // 2
    canvas.text(poster.kicker, (middle, 118), 32, type_.headline, accent, anchor=0.5)
    found, leading = _headline(poster, type_.headline, (_WIDTH - 2 * 40, 300))
    top = 142 + (300 - round(len(found.lines) * leading * found.size)) // 2
    for index, text in enumerate(found.lines):
        y = top + round((0.84 + index) * leading * found.size)
        canvas.text(text, (middle, y), found.size, type_.headline, ink, anchor=0.5)
    canvas.bar((middle - 44, 476, 88, 3), accent)
    note = _cut(poster.note, type_.small, _WIDTH - 80, rtl=poster.rtl)
    canvas.text(note, (middle, 522), _NOTE_SIZE, type_.small, muted, anchor=0.5)
    canvas.text(poster.brand, (middle, 568), 30, type_.brand, ink, anchor=0.5)
    return canvas


DESIGNS = {
    "classic": Design(_classic, SERIF, SANS),
    "modern": Design(_modern, GROTESQUE, SANS),
    "paper": Design(_paper, GARAMOND, GARAMOND),
}


def _headline(poster: Poster, type_: Faces, box: tuple[int, int]) -> tuple[Setting, float]:
    """The title as large as the box allows, and the height of its lines in ems."""
    used = [face for char in poster.title if (face := type_.of(char))]
    leading = max([_LEADING, *(face.leading for face in used)])

    def width(text: str) -> float:
        return line(text, type_, rtl=poster.rtl).width

    return fitted(poster.title, width, box, leading, _SIZES), leading


def _note(canvas: Canvas, poster: Poster, type_: Faces, color: str) -> None:
    text = _cut(poster.note, type_, _WIDTH, rtl=poster.rtl)
    canvas.text(text, (_MARGIN, 570), _NOTE_SIZE, type_, color)


def _cut(text: str, type_: Faces, width: int, *, rtl: bool) -> str:
    """A note on one line, cut behind a word where it is too long."""

    def measure(part: str) -> float:
        return line(part, type_, rtl=rtl).width

    lines = fitted(text, measure, (width, 2 * _NOTE_SIZE - 1), 1.0, (_NOTE_SIZE,)).lines
    return lines[0] if lines else ""
