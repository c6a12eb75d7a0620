"""Drawings, which are SVG: how large they ask to be shown, so that a page keeps the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# CSS 2.1, section 10.3.2: a replaced element that tells nothing of itself.
_UNTOLD = (300, 150)
_FILLING = 1200  # pixels: a drawing that tells only its shape takes all the room that there is
_LEAST, _MOST = 1e-9, 1e9  # units: what is smaller or larger than any drawing is no size
_CHUNK = 1 << 12  # bytes; most files need one to come to their root element
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)(px|pt|pc|mm|cm|in|)\s*")
# CSS Values 4, section 6.2.
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


def is_drawing(path: str) -> bool:
    """Whether the file at `path` is a drawing, by the end of its name."""
    return path.lower().endswith(".svg")


def size(data: bytes) -> tuple[int, int] | None:
    """Width and height of the drawing `data`, in pixels; None where it is none."""
    root = _root(data)
    if root is None:
        return None
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    shape = _shape(root.get("viewBox", ""))
    if shape and not (width and height):
        ratio = shape[0] / shape[1]
        width = width or (height * ratio if height else _FILLING)
        height = height or width / ratio
    return round(width or _UNTOLD[0]) or 1, round(height or _UNTOLD[1]) or 1


def _root(data: bytes) -> Mapping[str, str] | None:
    """The attributes of the root element; None where `data` does not begin as a drawing."""
    from xml.parsers.expat import ExpatError, ParserCreate

    found: list[tuple[str, dict[str, str]]] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: found.append((tag, attributes))
    try:
        for start in range(0, len(data), _CHUNK):
            parser.Parse(data[start : start + _CHUNK])
            if found:
                break
    except ExpatError:
        pass  # what stands behind the root element is the browsers' business
    tag, attributes = found[0] if found else ("", {})
    return attributes if tag.rpartition(":")[2] == "svg" else None


def _length(written: str) -> float:
    """A length in pixels; 0 where it is none, or one of its surroundings."""
    found = _LENGTH.fullmatch(written)
    length = float(found[1]) * _PIXELS[found[2]] if found else 0
    return length if is_size(length) else 0


def _shape(view_box: str) -> tuple[float, float] | None:
    """Width and height of a `viewBox`."""
    try:
        _, _, width, height = map(float, view_box.replace(",", " ").split())
    except ValueError:
        return None
    return (width, height) if is_size(width) and is_size(height) else None


def is_size(number: float) -> bool:
    """Whether a drawing can be so wide or high; files may say infinity, or no number at all."""
    return _LEAST <= number <= _MOST
