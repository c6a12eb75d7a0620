"""Pictures of which those who cannot see them hear nothing: WCAG 2.2, success criterion 1.1.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

# `![](…)`, `![][…]`, and an element that does not even say that there is nothing to say.
_SILENT = re.compile(r"(?<!\\)!\[\s*\][(\[]|<img\b(?![^<>]*\balt\s*=)[^<>]*>", re.IGNORECASE)
_MESSAGE = "the picture has no description for those who cannot see it"
_ADORNS = 'where it only adorns, <img src="…" alt=""> says so'
_SAY = "say what it shows to somebody who cannot see it"
_FILE_NAME = re.compile(r"[\w.()%/-]+\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|heic)", re.IGNORECASE)
_NOTHING = re.compile(
    r"(?:an? )?(?:image|picture|photo|photograph|graphic|figure|chart|screen ?shot|img|dsc[nf]?|pxl"
    r"|untitled|alt text|alt|bild|foto|photographie|imagen|placeholder)[ _-]*[\d._-]*",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(r"[\W_]+")


def missing(sheet: Sheet) -> Iterator[Problem]:
    """A picture of a body, a post or a page without a description."""
    image = sheet.document.image
    if image and not image.alt.strip():
        yield sheet.of("image", _MESSAGE, "write image: {src: …, alt: what it shows}")
    for found in _SILENT.finditer(sheet.prose):
        in_html = found[0].startswith("<")
        hint = 'write alt="what it shows"' if in_html else "write ![what it shows](…)"
        yield sheet.at(found.start(), _MESSAGE, f"{hint}; {_ADORNS}")


def poor(sheet: Sheet) -> Iterator[Problem]:
    """A description that is a file's name, says only that there is a picture, or is its caption."""
    image = sheet.document.image
    if image and (why := _why_poor(image.alt, image.caption)):
        yield sheet.of("image", why, _SAY)
    for node in sheet.tree.css("img[alt]"):
        alt = " ".join((node.attributes.get("alt") or "").split())
        if why := _why_poor(alt, _caption(node)):
            found = (sheet.prose.find(sign + alt) for sign in ("![", 'alt="', "alt='"))
            yield sheet.at(next((at for at in found if at >= 0), -1), why, _SAY)


def _why_poor(alt: str, caption: str) -> str:
    if _FILE_NAME.fullmatch(alt):
        return f"the picture's description is a file's name: {alt}"
    if _NOTHING.fullmatch(alt):
        return f"the picture's description says nothing: {alt}"
    if alt and _plain(alt) == _plain(caption):
        return "the picture's description is its caption, which is read out twice"
    return ""


def _caption(image: LexborNode) -> str:
    """The caption of the figure that an image is in, without its credit."""
    around = image.parent
    while around is not None and around.tag != "figure":
        around = around.parent
    line = around.css_first("figcaption") if around is not None else None
    if line is None:
        return ""
    credit = line.css_first(".credit")
    text = line.text()
    return text.removesuffix(credit.text()) if credit is not None else text


def _plain(text: str) -> str:
    return _NO_WORDS.sub(" ", text).strip().casefold()
