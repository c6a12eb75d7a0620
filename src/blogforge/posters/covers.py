"""Covers of books: what a poster says, upright, in the colours and letters of the site's look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from blogforge.posters.breaking import Setting, fitted
from blogforge.posters.canvas import Canvas
from blogforge.posters.designs import letters_of
from blogforge.posters.inks import Inks, inks_of
from blogforge.posters.lettering import line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blogforge.posters.faces import Faces
    from blogforge.posters.poster import Poster

# Two to three, as books are; shops ask for 1,000 pixels at least.
WIDTH, HEIGHT = 1200, 1800
_MARGIN = 120
_WITHIN = WIDTH - 2 * _MARGIN
_TITLE = (184, 168, 152, 138, 124, 112, 100, 88, 76, 64)  # sizes that are tried
_SMALL = 46
_TOP, _HIGH = 470, 760  # the box of the title
_FOOT = 1640  # the baseline of the last name
_MOST_NAMES = 5
_FRAMED = frozenset({"paper"})  # looks whose covers have a frame, and all of it centred


def cover(poster: Poster, names: Sequence[str], own: Sequence[tuple[Path, str]] = ()) -> bytes:
    """The cover that says what `poster` does, with the `names` of the authors, as a PNG.

    `own`: the files of its typefaces, each with its digest. Raises UnknownFontError.
    """
    ink, framed = inks_of(poster), poster.look in _FRAMED
    faces = letters_of(poster.look, own)
    canvas = Canvas(ink.paper, rtl=poster.rtl, size=(WIDTH, HEIGHT))
    place, anchor = (WIDTH // 2, 0.5) if framed else (_MARGIN, 0.0)
    say = partial(canvas.text, anchor=anchor)
    _frame(canvas, ink, framed=framed)
    say(_one(poster.brand, faces, 60, poster), (place, 230), 60, faces, ink.title)
    say(_one(poster.kicker, faces, _SMALL, poster), (place, 400), _SMALL, faces, ink.accent)
    set_in = faces.fit_for(poster.title)
    title, leading = _set(poster, set_in)
    for index, text in enumerate(title.lines if not faces.missing(poster.title) else ()):
        y = _TOP + round((0.84 + index) * leading * title.size)
        say(text, (place, y), title.size, set_in, ink.title)
    shown = [_one(name, faces, _SMALL, poster) for name in names[:_MOST_NAMES]]
    for index, name in enumerate(reversed(shown)):
        say(name, (place, _FOOT - round(index * 1.35 * _SMALL)), _SMALL, faces, ink.muted)
    return canvas.png()


def _frame(canvas: Canvas, ink: Inks, *, framed: bool) -> None:
    """Two lines around the page, or two below the name of who publishes."""
    if not framed:
        canvas.bar((_MARGIN, 280, _WITHIN, 9), ink.title)
        canvas.bar((_MARGIN, 297, _WITHIN, 2), ink.title)
        return
    for inset, thick in ((50, 5), (66, 2)):
        for y in (inset, HEIGHT - inset - thick):
            canvas.bar((inset, y, WIDTH - 2 * inset, thick), ink.accent)
        for x in (inset, WIDTH - inset - thick):
            canvas.bar((x, inset, thick, HEIGHT - 2 * inset), ink.accent)


def _set(poster: Poster, faces: Faces) -> tuple[Setting, float]:
    """The title as large as its box allows, and the height of its lines in ems."""
    used = [face for char in poster.title if (face := faces.of(char))]
    leading = max([1.1, *(face.leading for face in used)])
    measure = partial(_width, faces=faces, rtl=poster.rtl)
    return fitted(poster.title, measure, (_WITHIN, _HIGH), leading, _TITLE), leading


def _one(text: str, faces: Faces, size: int, poster: Poster) -> str:
    """A text on one line, cut behind a word where it is too long; "" where letters are missing."""
    if not text or faces.missing(text):
        return ""
    measure = partial(_width, faces=faces, rtl=poster.rtl)
    lines = fitted(faces.shown(text), measure, (_WITHIN, 2 * size - 1), 1.0, (size,)).lines
    return lines[0] if lines else ""


def _width(text: str, *, faces: Faces, rtl: bool) -> float:
    return line(text, faces, rtl=rtl).width
