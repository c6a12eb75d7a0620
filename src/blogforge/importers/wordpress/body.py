"""The body of a WordPress entry -> HTML without anything of WordPress's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.importers.found import Note
from blogforge.importers.wordpress import plugins
from blogforge.importers.wordpress.blocks import has_blocks, without_comments
from blogforge.importers.wordpress.paragraphs import paragraphs
from blogforge.importers.wordpress.plugins import Shortcodes
from blogforge.importers.wordpress.shape import Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogforge.importers.wordpress.library import Library


def html_of(
    body: str,
    post: str,
    library: Library,
    reusable: Mapping[str, str],
    footnotes: Mapping[str, str],
) -> tuple[str, tuple[Note, ...]]:
    """The HTML of `body`, and what became of what has no other home, by its lines.

    `post`: its number. `footnotes`: HTML by id, as the block editor keeps them beside the body.
    """
    notes: list[Note] = []
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    blocks = has_blocks(body)
    codes = Shortcodes(library, post)
    text = codes.html(without_comments(body, reusable, notes) if blocks else body)
    if not blocks:
        text = paragraphs(text)
    text += plugins.footnotes(codes.footnotes)
    shape = Shape(text, library, footnotes)
    html = shape.html()
    links = (_embedded(address, body) for address in shape.links)
    return html, (*notes, *codes.notes, *links)


def _embedded(address: str, body: str) -> Note:
    found = body.find(address)
    line = body.count("\n", 0, found) + 1 if found >= 0 else 0
    return Note(what=f"what {address} embedded is a link now", line=line)
