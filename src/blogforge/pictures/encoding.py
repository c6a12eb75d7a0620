"""A picture in another width and format: the same bytes on every machine with the same Pillow."""

from __future__ import annotations

import io
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogforge.digest import digest_bytes, digest_value
from blogforge.pictures.looks import opened

if TYPE_CHECKING:
    from PIL.Image import Image

_SHARPER = 2  # times the width that is wanted, of what is decoded
# One thread: the crew's workers share the machine, and the bytes depend on the number.
_OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"speed": 7, "max_threads": 1},
    "jpeg": {"progressive": True, "optimize": True},
    "png": {"optimize": True},
    "webp": {"method": 4},
}
_IN_COLOURS = frozenset({"P", "PA", "RGB", "RGBA", "RGBX"})
_WITH_ALPHA = frozenset({"avif", "png", "webp"})


def encoded(data: bytes, size: tuple[int, int], form: str, quality: int) -> bytes:
    """The picture `data` upright, of `size` pixels, without metadata but its colour profile.

    `form`: avif, jpeg, png or webp; `quality`, of 100, means nothing to png. Raises
    UnreadableError.
    """
    from PIL import Image, ImageOps

    with opened(data) as image:
        profile = image.info.get("icc_profile")
        if image.format in {"JPEG", "MPO"}:
            longer = max(size) * _SHARPER
            image.draft(None, (longer, longer))
        upright = ImageOps.exif_transpose(image)
        pixels = _in_colours(upright, alpha=form in _WITH_ALPHA)
        if upright.mode not in _IN_COLOURS:
            profile = None  # it is of grays or of inks
        small = pixels.resize(size, Image.Resampling.LANCZOS)
        written = io.BytesIO()
        options = _OPTIONS[form] | ({} if form == "png" else {"quality": quality})
        small.save(written, form.upper(), icc_profile=profile, **options)
    return written.getvalue()


def _in_colours(image: Image, *, alpha: bool) -> Image:
    """`image` in red, green and blue, and with what shines through where there is `alpha`."""
    from PIL import Image as Images

    if image.mode.startswith("I;16"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    if alpha:
        return layered
    paper = Images.new("RGBA", layered.size, "white")
    return Images.alpha_composite(paper, layered).convert("RGB")


@cache
def recipe() -> str:
    """The digest of all that makes the bytes of renditions beside picture, size and quality."""
    return digest_value((version("pillow"), digest_bytes(Path(__file__).read_bytes())))
