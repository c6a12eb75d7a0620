"""What designs are made with: bars and lines of text, in a few colours."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

from blogforge.posters.lettering import drawn, line
from blogforge.posters.poster import HEIGHT, WIDTH

if TYPE_CHECKING:
    from PIL.Image import Image

    from blogforge.posters.faces import Faces

# Of a colour on its ground, so that the edges of letters are smooth; with three colours and the
# paper that makes sixteen, which are half a byte each.
_SHADES = 5
_BITS = 4
_FULL = 255
_RUN_LENGTHS = 3  # zlib's strategy for what is plain: a third of the time, and smaller


class Canvas:
    """A poster while it is drawn; `rtl`: all that is placed from the left is so from the right.

    `size`: width and height in pixels.
    """

    def __init__(self, paper: str, *, rtl: bool, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
        from PIL import Image as Images

        self._rtl = rtl
        self._paper = paper
        self._palette = [_rgb(paper)]
        self._ramps: dict[str, int] = {}
        self._pixels: Image = Images.new("P", size, 0)

    def bar(self, box: tuple[int, int, int, int], color: str) -> None:
        """A rectangle: its left, top, width and height."""
        left, top, width, height = box
        if self._rtl:
            left = self._pixels.width - left - width
        whole = self._ramp(color) + _SHADES - 1
        self._pixels.paste(whole, (left, top, left + width, top + height))

    def text(  # noqa: PLR0913  (a line of type has that many properties)
        self,
        text: str,
        at: tuple[int, int],
        size: int,
        faces: Faces,
        color: str,
        *,
        anchor: float = 0.0,
    ) -> None:
        """A line whose baseline is `at` a place; it begins there, or with `anchor` 1 it ends."""
        found = line(text, faces, rtl=self._rtl)
        if not found.glyphs:
            return
        mask, left, top = drawn(found, size)
        x, anchor = (self._pixels.width - at[0], 1 - anchor) if self._rtl else (at[0], anchor)
        corner = (round(x - anchor * found.width * size) + left, at[1] + top)
        shades = mask.tobytes().translate(_shades(self._ramp(color)))
        # Both see the same bytes: what is 0 stays paper.
        self._pixels.paste(_image("P", "P", mask, shades), corner, _image("1", "1;8", mask, shades))

    def png(self) -> bytes:
        """The poster as a file."""
        written = io.BytesIO()
        self._pixels.putpalette([band for color in self._palette for band in color])
        bits = _BITS if len(self._palette) <= 2**_BITS else 2 * _BITS
        self._pixels.save(written, "PNG", compress_type=_RUN_LENGTHS, bits=bits)
        return written.getvalue()

    def _ramp(self, color: str) -> int:
        """Where in the palette the shades of `color` on paper begin, the faintest first."""
        if color not in self._ramps:
            self._ramps[color] = len(self._palette)
            steps = range(1, _SHADES + 1)
            self._palette += [_rgb(mixed(self._paper, color, step / _SHADES)) for step in steps]
        return self._ramps[color]


@cache
def _shades(ramp: int) -> bytes:
    """The place in the palette by how much of a pixel is covered; 0 for what stays paper."""
    levels = (round(value * _SHADES / _FULL) for value in range(_FULL + 1))
    return bytes(ramp - 1 + level if level else 0 for level in levels)


def _image(mode: str, raw: str, like: Image, data: bytes) -> Image:
    from PIL import Image as Images

    return Images.frombytes(mode, like.size, data, "raw", raw)


def mixed(ground: str, color: str, share: float) -> str:
    """So much of `color` on `ground`, both as `#9f1d20`."""
    bands = zip(_rgb(ground), _rgb(color), strict=True)
    return "#" + "".join(f"{round(g + (c - g) * share):02x}" for g, c in bands)


def _rgb(color: str) -> tuple[int, ...]:
    digits = color[1:] if len(color) > 4 else "".join(digit * 2 for digit in color[1:])
    return tuple(bytes.fromhex(digits))
