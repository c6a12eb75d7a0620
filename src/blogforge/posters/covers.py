"""Covers of books: what a poster says, upright, in the colours and letters of the site's look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from blogforge.colours import contrast, readable
from blogforge.posters.breaking import Setting, fitted
from blogforge.posters.canvas import Canvas, mixed
from blogforge.posters.designs import letters_of
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


class _Ink(NamedTuple):
    """The colours of a cover; `framed`: it has a frame, and all of it is centred."""

    paper: str
    title: str
    accent: str
    muted: str
    framed: bool = False


def cover(poster: Poster, names: Sequence[str], own: Sequence[tuple[Path, str]] = ()) -> bytes:
    """The cover that says what `poster` does, with the `names` of the authors, as a PNG.

    `own`: the files of its typefaces, each with its digest. Raises UnknownFontError.
    """
    ink = _ink(poster)
    faces = letters_of(poster.look, own)
    canvas = Canvas(ink.paper, rtl=poster.rtl, size=(WIDTH, HEIGHT))
    place, anchor = (WIDTH // 2, 0.5) if ink.framed else (_MARGIN, 0.0)
    say = partial(canvas.text, anchor=anchor)
    _frame(canvas, ink)
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


def _ink(poster: Poster) -> _Ink:
    if poster.look == "modern":
        ground = poster.accent or "#1433d6"
        white = max("#ffffff", "#111318", key=lambda colour: contrast(colour, ground))
        soft = mixed(ground, white, 0.82)
        return _Ink(ground, white, soft, soft)
    if poster.look == "paper":
        accent = readable(poster.accent or "#7a2e1d", ["#f8f3e7"])
        return _Ink("#f8f3e7", "#2a2118", accent, "#665b49", framed=True)
    accent = readable(poster.accent or "#9f1d20", ["#fdfcfa"])
    return _Ink("#fdfcfa", "#1b1a18", accent, "#5d5952")


def _frame(canvas: Canvas, ink: _Ink) -> None:
    """Two lines around the page, or two below the name of who publishes."""
    if not ink.framed:
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
    return fitted(faces.shown(text), measure, (_WITHIN, 2 * size - 1), 1.0, (size,)).lines[0]


def _width(text: str, *, faces: Faces, rtl: bool) -> float:
    return line(text, faces, rtl=rtl).width
