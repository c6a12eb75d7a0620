"""The publication's own marks as templates see them: logo, icon, and the fonts it needs first."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from blogforge.brand import static_name
from blogforge.errors import ContentError, Location
from blogforge.model import Value
from blogforge.pictures.drawings import is_size
from blogforge.urls import decode

if TYPE_CHECKING:
    from blogforge.brand import ThemeConfig
    from blogforge.pages.assets import Assets

ICON = "favicon.svg"
_STYLE = "style.css"
_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
_FAMILY = re.compile(r"font-family:\s*([^;]+);")
_OWN = re.compile(r"--own-(text|headings|interface):\s*([^;]+);")
_FILE = re.compile(r'url\("(?![/a-z]+:)([^"]+\.woff2)"\)')
_NUMBER = re.compile(r"\s*([0-9.]+)(?:px)?\s*")
_TYPES = {".svg": "image/svg+xml", ".ico": "image/vnd.microsoft.icon", ".jpg": "image/jpeg"}


class Logo(Value, frozen=True, kw_only=True):
    """`brand().logo`: URLs by day and by night ("" where there is but one), and its own size."""

    src: str  #: by day
    dark: str  #: by night; may be empty
    width: int  #: in pixels
    height: int  #: in pixels


class Icon(Value, frozen=True, kw_only=True):
    """`brand().icon`: its URL and media type."""

    src: str  #: its URL
    type: str  #: the MIME type


class Brand(Value, frozen=True, kw_only=True):
    """`brand()` in a template: marks, and the URLs of fonts.

    `fonts` are those that the first screen needs, `all_fonts` every one that a page may need.
    """

    logo: Logo | None  #: in the place of the title
    icon: Icon  #: that browsers show in tabs
    fonts: tuple[str, ...]  #: URLs of those to preload
    all_fonts: tuple[str, ...]  #: URLs of every one


def brand_of(theme: ThemeConfig, assets: Assets) -> Brand:
    """The marks of a site. Raises ContentError for a logo that does not say how large it is."""
    icon = static_name(theme.icon) or ICON
    suffix = PurePosixPath(icon.lower()).suffix
    first, fonts = _fonts(assets)
    return Brand(
        logo=_logo(theme, assets),
        icon=Icon(src=assets.url(icon), type=_TYPES.get(suffix, f"image/{suffix[1:]}")),
        fonts=tuple(map(assets.url, first)),
        all_fonts=tuple(map(assets.url, fonts)),
    )


def _logo(theme: ThemeConfig, assets: Assets) -> Logo | None:
    if theme.logo is None:
        return None
    name = static_name(theme.logo.src)
    width, height = _size(name, assets.content(name))
    dark = static_name(theme.logo.dark)
    night = assets.url(dark) if dark else ""
    return Logo(src=assets.url(name), dark=night, width=width, height=height)


def _size(name: str, data: bytes) -> tuple[int, int]:
    """The width and height of an image in CSS pixels, at least 1."""
    drawn = name.lower().endswith(".svg")
    try:
        width, height = _drawing_size(data) if drawn else _picture_size(data)
    except (OSError, ElementTree.ParseError, ValueError) as error:
        hint = "give its <svg> a viewBox" if drawn else "export it anew"
        place = Location(f"static/{name}")
        raise ContentError.of("this logo does not say how large it is", place, hint) from error
    return max(1, round(width)), max(1, round(height))


def _drawing_size(data: bytes) -> tuple[float, float]:
    """The size of an SVG. Raises ParseError, or ValueError where it has none."""
    _, root = next(ElementTree.iterparse(BytesIO(data), events=("start",)))
    sides = [_NUMBER.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if all(sides):
        width, height = (float(side[1]) for side in sides if side)
    else:
        _, _, width, height = map(float, root.get("viewBox", "").replace(",", " ").split())
    if not (is_size(width) and is_size(height)):
        raise ValueError(f"{width} by {height}")
    return width, height


def _picture_size(data: bytes) -> tuple[float, float]:
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            return picture.size
    except Image.DecompressionBombError as error:  # more than memory has
        raise ValueError(str(error)) from error


def _fonts(assets: Assets) -> tuple[list[str], list[str]]:
    """The fonts of the stylesheet by name below static/: the first of each family, and all.

    Families that no part of a page is set in any more do not count.
    """
    if _STYLE not in assets.files:
        return [], []
    css = assets.content(_STYLE).decode(errors="replace")
    used = " ".join(dict(_OWN.findall(css)).values())  # the last of each role
    found: dict[str, list[str]] = {}
    for face in _FACE.findall(css):
        family, file = _FAMILY.search(face), _FILE.search(face)
        if family and file and family[1] in used and decode(file[1]) in assets.files:
            found.setdefault(family[1], []).append(decode(file[1]))
    return [files[0] for files in found.values()], [
        file for files in found.values() for file in files
    ]
