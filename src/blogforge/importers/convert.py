"""HTML -> Markdown that either engine of blogforge renders with the same words and structure."""

from __future__ import annotations

from blogforge.importers.found import Note
from blogforge.value import Value


class Converted(Value, frozen=True, kw_only=True):
    """A body as Markdown; `notes` say what stayed HTML or became plain text, by line of it."""

    markdown: str
    notes: tuple[Note, ...] = ()


def to_markdown(html: str) -> Converted:
    """`html`, a body of any origin, as Markdown."""
    from markdownify import markdownify

    return Converted(markdown=str(markdownify(html, heading_style="atx")))
