"""Pictures in bodies: what browsers may choose from, how large they are, when they are fetched.

A body is kept without all that, and gets it as its page is made: so that a picture is an input of
exactly the pages that show it, and no article is made anew for one.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from blogforge.images import Picture, Shared

    Find = Callable[[str], Picture | None]

# An image as selectolax writes it, or what may hold the text of one and shows none of ours.
_IMAGE = re.compile(
    r"<!--.*?-->"
    r"|<(picture|script|style|template|textarea|title|xmp|iframe|noembed|noframes|noscript)\b"
    r".*?</\1>"
    r'|<img((?:\s[^\s=>"]+(?:="[^"]*")?)*)\s*/?>',
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r'([^\s=>"]+)(?:="([^"]*)")?')
_FIRST = {"decoding": "async"}
_LATER = {"loading": "lazy", "decoding": "async"}


def has_images(html: str) -> bool:
    """Whether a body may show images; nothing else of pictures is an input of its page if not."""
    return "<img" in html


def dressed(html: str, find: Find, sizes: str, *, eager: bool) -> str:
    """A body whose images have their renditions; `find` gives the picture at a `src`, if any.

    `sizes`: how wide they are shown, as in HTML. All are fetched when they come near, but with
    `eager` the first. What its author says of an image holds: a width, a `srcset`, a `<picture>`.
    """
    first = eager

    def image(found: re.Match[str]) -> str:
        nonlocal first
        if found[2] is None:
            return found[0]
        attributes = _attributes(found[2])
        attributes = {**(_FIRST if first else _LATER), **attributes}
        first = False
        picture = find(unescape(attributes.get("src", "")))
        if picture is None:
            return _tag("img", attributes)
        wide = attributes.get("width", "")
        return _picture(picture, attributes, f"{wide}px" if wide.isdecimal() else sizes)

    return _IMAGE.sub(image, html)


def sized(html: str, find: Callable[[str], Shared | None]) -> str:
    """A body whose images are of a size that feeds may carry, and say so."""

    def image(found: re.Match[str]) -> str:
        if found[2] is None:
            return found[0]
        attributes = _attributes(found[2])
        shared = find(unescape(attributes.get("src", "")))
        if shared is None:
            return found[0]
        return _tag("img", _shown(attributes, shared.src, shared.width, shared.height))

    return _IMAGE.sub(image, html)


def _picture(picture: Picture, attributes: dict[str, str], sizes: str) -> str:
    if "srcset" in attributes:
        return _tag("img", attributes)
    shown = _shown(attributes, picture.src, picture.width, picture.height)
    if picture.color:
        shown["data-color"] = picture.color
    image = _tag("img", shown)
    if not picture.sources:
        return image
    sources = "".join(
        _tag("source", {"type": s.type, "srcset": str(escape(s.srcset)), "sizes": escape(sizes)})
        for s in picture.sources
    )
    return f"<picture>{sources}{image}</picture>"


def _shown(attributes: dict[str, str], src: str, width: int, height: int) -> dict[str, str]:
    """The attributes of an image with its address and, unless its author gave one, its size."""
    shown = {**attributes, "src": str(escape(src))}
    if not attributes.keys() & {"width", "height"}:
        shown |= {"width": str(width), "height": str(height)}
    return shown


def _attributes(written: str) -> dict[str, str]:
    """Attributes with their values as they are written, escaped."""
    return dict(_ATTRIBUTE.findall(written))


def _tag(name: str, attributes: dict[str, str]) -> str:
    written = "".join([f' {key}="{value}"' for key, value in attributes.items()])
    return f"<{name}{written}>"
