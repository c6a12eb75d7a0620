"""What the shortcodes of page builders show besides the text that they hold."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from blogforge.importers import pieces
from blogforge.importers.names import path_of
from blogforge.importers.wordpress.library import is_picture

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESSES = ("src", "image", "image_url", "url", "video_url", "link_url", "button_url", "link")
_TITLES = ("title", "heading", "button_text", "author", "label")
_BUTTON = 80  # characters that one may have
_ADDRESS = re.compile(r"(?:https?:/)?/[^\s<>\"]+")


def shown(attributes: Mapping[str, str], inner: str) -> str:
    """The picture, player, link or heading of a shortcode before its text, as HTML; or "".

    `attributes`: of the shortcode. `inner`: the HTML of what it holds, which is in the result.
    """
    alone = inner.strip()
    held = alone if _ADDRESS.fullmatch(alone) else ""
    named = (attributes.get(name, "") for name in _ADDRESSES)
    address = next((each for each in (held, *named) if _ADDRESS.fullmatch(each)), "")
    title = next((attributes[name] for name in _TITLES if attributes.get(name)), "")
    rest = "" if held else inner
    if address and is_picture(path_of(address)):
        alt = attributes.get("alt", "") or attributes.get("title_text", "") or title
        return pieces.figure(pieces.image(address, alt)) + rest
    if player := pieces.player(address) if address else "":
        return pieces.figure(player) + rest
    if address and (title or held):
        return pieces.paragraph(pieces.link(address, escape(title))) + rest
    if address and 0 < len(rest) < _BUTTON and "<" not in rest:
        return pieces.paragraph(pieces.link(address, rest))
    return f"<p><strong>{escape(title)}</strong></p>{rest}" if title else ""
