"""Tables that do not say what is in their columns: WCAG 2.2, success criterion 1.3.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

_FOR_LAYOUT = {"presentation", "none"}


def headless(sheet: Sheet) -> Iterator[Problem]:
    """A table of several rows in which no cell is a header."""
    if "<table" not in sheet.article.html:
        return
    for table in sheet.tree.css("table"):
        if table.attributes.get("role") in _FOR_LAYOUT or len(table.css("tr")) < 2:
            continue
        if not any(node.text().strip() for node in table.css("th")):
            message = "no cell of the table is a header"
            hint = 'say in its first row what the columns have; in HTML with <th scope="col">'
            yield sheet.at(_offset(sheet, table), message, hint)


def _offset(sheet: Sheet, table: LexborNode) -> int:
    """Where a table begins: at its own tag if that was written, else at its first word."""
    words = sheet.offset_of(table.text(separator=" "))
    tag = sheet.source.body.rfind("<table", 0, max(words, 0))
    is_open = tag >= 0 and "</table" not in sheet.source.body[tag:words]
    return tag if is_open else words
