"""Pictures for tests, made as they are needed."""

import io
from typing import Any

from PIL import Image

Color = tuple[int, int, int]
SEA: Color = (40, 90, 120)


def picture(
    width: int = 1000, height: int = 600, form: str = "JPEG", color: Color = SEA, **options: Any
) -> bytes:
    """A picture that is `color` on the whole, and brighter to the right and below."""
    shades = Image.linear_gradient("L").resize((width, height))
    turned = Image.linear_gradient("L").rotate(90).resize((width, height))
    bands = [
        Image.blend(shades if index else turned, Image.new("L", (width, height), value), 0.8)
        for index, value in enumerate(color)
    ]
    return saved(Image.merge("RGB", bands), form, **options)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    """`image` as a file."""
    written = io.BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    """A picture's pixels and what its file tells of them."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def placed(orientation: int = 1, artist: str = "") -> Image.Exif:
    """What a camera tells of a picture: where it was taken, above all."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    if artist:
        exif[0x013B] = artist
    exif[0x0110] = "Secret Phone"
    exif.get_ifd(0x8825).update({1: "N", 2: (12.0, 39.0, 0.0), 3: "W", 4: (8.0, 0.0, 0.0)})
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0Bamako"
    return exif
