"""Tables that scroll in a box of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.content.dom import remove_attribute, wrapped

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STYLE = re.compile(r"\s*text-align:\s*(left|center|right)\s*;?\s*")
_SIDES = frozenset({"left", "center", "right"})


def make_cell(cell: LexborNode, attributes: dict[str, str | None]) -> None:
    """Alignment as a class, and a heading's scope: its column in `thead`, else its row."""
    style = _STYLE.fullmatch(attributes.get("style") or "")
    side = style[1] if style else (attributes.get("align") or "").lower()
    if side in _SIDES:
        remove_attribute(cell, "style" if style else "align")
        cell.attrs["class"] = " ".join(filter(None, [attributes.get("class"), side]))
    if cell.tag == "th" and "scope" not in attributes:
        row = cell.parent
        group = row.parent if row is not None else None
        in_head = group is not None and group.tag == "thead"
        cell.attrs["scope"] = "col" if in_head else "row"


def make_table(table: LexborNode) -> None:
    """`div.table` around an outermost table that has none yet."""
    holder = table.parent
    if holder is None or "table" not in holder.attrs.sget("class").split():
        holder = wrapped(table, "div", "table")
    holder.attrs["tabindex"] = "0"  # what scrolls must be reached by the keyboard
