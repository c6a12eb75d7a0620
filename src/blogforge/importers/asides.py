"""Pull quotes and fact boxes, as blogforge itself publishes them -> quotations with a mark.

Readers of other systems' formats write that HTML for what those systems have of the kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import Tag

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_MARKS = {"pull-quote": "[!QUOTE] ", "fact-box": "[!FACTS] "}


def marked(root: Tag | BeautifulSoup) -> None:
    """Make block quotes of the asides below `root` that are pull quotes or fact boxes."""
    for aside in root.find_all("aside"):
        classes = aside.get_attribute_list("class")
        mark = next((_MARKS[f"{name}"] for name in classes if f"{name}" in _MARKS), "")
        if not mark or not aside.get_text().strip():
            continue
        aside.name, aside.attrs = "blockquote", {}
        first = next((node for node in aside.children if isinstance(node, Tag)), None)
        if first is None or first.name != "p":
            first = Tag(name="p")
            aside.insert(0, first)
        first.attrs = {}
        first.insert(0, mark)
