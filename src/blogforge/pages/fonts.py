"""Font files as stylesheets tell browsers of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from blogforge.errors import ContentError, Location
from blogforge.urls import encode

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_FORMATS = {".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}
# The names of styles, and the weights that they stand for, longer names first. Source:
# https://learn.microsoft.com/en-us/typography/opentype/spec/os2#usweightclass.
_WEIGHTS = {
    "extralight": 200,
    "ultralight": 200,
    "extrabold": 800,
    "ultrabold": 800,
    "semibold": 600,
    "demibold": 600,
    "medium": 500,
    "light": 300,
    "black": 900,
    "heavy": 900,
    "thin": 100,
    "bold": 700,
}


class Face(NamedTuple):
    """A font file: its family, in quotes as CSS has it, and the rule that brings it."""

    family: str
    css: str


def face_of(name: str, data: bytes) -> Face:
    """The font in the file `name`, below static/, that holds `data`.

    Family, weight and slope are what the font says of itself. It is shown if it is there in time,
    or else from the next page on: text never moves because its font has come. Raises ContentError.
    """
    font = _opened(name, data)
    family, style = (" ".join((part or "").split()) for part in font.getname())
    quoted = '"' + family.replace("\\", "").replace('"', "") + '"'
    slope = "italic" if {"italic", "oblique"} & set(style.lower().split()) else "normal"
    css = (
        f"@font-face {{ font-family: {quoted}; font-style: {slope}; font-weight: {_weight(font)}; "
        f'font-display: optional; src: url("{encode(name)}") format("{_format(name)}"); }}\n'
    )
    return Face(quoted, css)


def _opened(name: str, data: bytes) -> FreeTypeFont:
    from PIL import ImageFont

    try:
        return ImageFont.truetype(BytesIO(data))
    except OSError as error:
        place = Location(f"static/{name}")
        raise ContentError.of("this font cannot be read", place, "export it anew") from error


def _format(name: str) -> str:
    return _FORMATS[PurePosixPath(name.lower()).suffix]


def _weight(font: FreeTypeFont) -> str:
    """The weight, or weights, of a font as CSS has them."""
    try:
        axes = font.get_variation_axes()
    except OSError:  # of one style only
        axes = []
    for axis in axes:
        if axis["name"] == b"Weight":
            return f"{axis['minimum']} {axis['maximum']}"
    style = (font.getname()[1] or "").lower().replace(" ", "").replace("-", "")
    return str(next((weight for word, weight in _WEIGHTS.items() if word in style), 400))
