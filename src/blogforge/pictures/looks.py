"""A look at an image: whether it can be shown, how large it is, and what colour on the whole."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from blogforge.model import Value
from blogforge.pictures.drawings import is_drawing, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
# Pillow's own limit: 256 MiB of 24-bit pixels. More is a mistake, or meant to exhaust the machine.
# Source: https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.open
MOST_PIXELS = 89_478_485
_FORMATS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"} | {
    "GIF": "gif"
}
_READERS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
DRAWING = "svg"
_ORIENTATION = 0x0112  # Exif 2.32, section 4.6.4
_TURNED = range(5, 9)  # orientations that exchange width and height


class UnreadableError(Exception):
    """Bytes that are no picture, or that cannot be shown; says why, as the end of a sentence."""


class Look(Value, frozen=True, kw_only=True):
    """What a picture is. `width` and `height`: upright, in pixels. `moving`: it has several frames.

    `opaque`: nothing shines through. `color`: its mean, `#8a7f70`.
    """

    format: str
    width: int
    height: int
    color: str
    opaque: bool = True
    moving: bool = False


def is_picture(path: str) -> bool:
    """Whether the file at `path` is a raster image, by the end of its name."""
    return path.lower().endswith(SUFFIXES)


def is_shown(path: str) -> bool:
    """Whether the file at `path` is a picture or a drawing, whose size pages tell."""
    return is_picture(path) or is_drawing(path)


def look(data: bytes) -> Look:
    """What the image `data` is; all of a picture is decoded. Raises UnreadableError."""
    if drawn := size(data):
        return Look(format=DRAWING, width=drawn[0], height=drawn[1], color="", opaque=False)
    with opened(data) as image:
        turned = image.getexif().get(_ORIENTATION) in _TURNED
        width, height = image.size[::-1] if turned else image.size
        form = _FORMATS[image.format or ""]
        moving = form != "jpeg" and getattr(image, "n_frames", 1) > 1
        image.draft("RGB", (16, 16))  # of a JPEG that is enough, and quicker
        opaque = not image.has_transparency_data
        mean = image.convert("RGBA").convert("RGB").resize((1, 1), resample=_BOX)
        color = "#{:02x}{:02x}{:02x}".format(*mean.tobytes())
    return Look(format=form, width=width, height=height, color=color, opaque=opaque, moving=moving)


_BOX = 4  # PIL.Image.Resampling.BOX: the mean


@contextmanager
def opened(data: bytes) -> Iterator[Image]:
    """The picture `data`, to be decoded within the block. Raises UnreadableError, also for that."""
    from PIL import Image as Images
    from PIL import UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is odd and can be shown
            with Images.open(io.BytesIO(data), formats=_READERS) as image:
                refuse_large(*image.size)
                yield image
    except UnidentifiedImageError as error:
        raise UnreadableError("it is no JPEG, PNG, WebP, AVIF, GIF or SVG") from error
    except Images.DecompressionBombError as error:
        raise UnreadableError(_TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, ArithmeticError) as error:
        raise UnreadableError(f"it is damaged ({error})") from error


_TOO_LARGE = f"it has more than {MOST_PIXELS:,} pixels"


def refuse_large(width: int, height: int) -> None:
    """Raise UnreadableError for a picture that would take too much memory."""
    if width * height > MOST_PIXELS:
        raise UnreadableError(f"{_TOO_LARGE}: {width} by {height}")
