"""What is in lists, tables and figures: brought into the order that HTML asks for.

Source: HTML Standard, section 4, the content model of each element.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from blogforge.content.dom import names

if TYPE_CHECKING:
    from lxml.etree import _Element

_HOLDS_ONLY = {"ul": "li", "ol": "li"}
_TABLE = {"caption": 0, "colgroup": 1, "thead": 2, "tbody": 3, "tfoot": 4}
_EMPTY = names("br hr img wbr col")


def arrange(element: _Element) -> None:
    """Bring what is right in `element` into the order that it asks for."""
    tag = str(element.tag)
    if tag in _EMPTY:
        _pour_out(element)
    elif tag in _HOLDS_ONLY:
        _wrap(element, {_HOLDS_ONLY[tag]}, _HOLDS_ONLY[tag])
    elif tag == "dl":
        _pair(element)
    elif tag == "figure":
        _one_caption(element)
    elif tag == "table":
        _arrange_table(element)
    elif tag == "tr":
        _wrap(element, {"td", "th"}, "td")
    elif tag in {"thead", "tbody", "tfoot"}:
        _wrap(element, {"tr"}, "tr")


def _pour_out(element: _Element) -> None:
    """Put what is in an element that holds nothing behind it."""
    parent = element.getparent()
    if parent is None or not (len(element) or element.text):
        return
    at = parent.index(element)
    tail, element.tail = element.tail, None
    last: _Element = element
    text, element.text = element.text, None
    element.tail = text
    for offset, child in enumerate(list(element), 1):
        parent.insert(at + offset, child)
        last = child
    last.tail = (last.tail or "") + (tail or "")


def _wrap(element: _Element, allowed: set[str], wrapper: str) -> None:
    """Put what is not `allowed` right in `element` into new elements of the name `wrapper`."""
    from lxml import etree

    if (element.text or "").strip():
        holder = etree.Element(wrapper)
        holder.text, element.text = element.text, None
        element.insert(0, holder)
    for child in list(element):
        if child.tag not in allowed:
            holder = etree.Element(wrapper)
            element.replace(child, holder)
            holder.append(child)
        elif (child.tail or "").strip():
            holder = etree.Element(wrapper)
            holder.text, child.tail = child.tail, None
            child.addnext(holder)


def _pair(element: _Element) -> None:
    """Terms, then what they mean: neither without the other."""
    from lxml import etree

    for inner in list(element.iterchildren("div")):
        _unwrap(inner)
    _wrap(element, {"dt", "dd"}, "dd")
    groups = [(tag, list(run)) for tag, run in groupby(element, key=lambda child: child.tag)]
    if groups and groups[0][0] == "dd":
        element.insert(0, etree.Element("dt"))
    if groups and groups[-1][0] == "dt":
        etree.SubElement(element, "dd")
    if not groups:
        element.tag = "div"


def _unwrap(element: _Element) -> None:
    parent = element.getparent()
    assert parent is not None, "it was found in another"
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    text = (element.text or "") + (element.tail or "")
    if text.strip():
        before = parent[at - 1] if at else None
        if before is not None:
            before.tail = (before.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
    element.tail = None
    parent.remove(element)


def _one_caption(figure: _Element) -> None:
    """One caption, before or behind all else."""
    captions = list(figure.iterchildren("figcaption"))
    for spare in captions[1:]:
        spare.tag = "div"
    if captions and captions[0] is not figure[0]:
        caption = captions[0]
        if caption.getnext() is not None or (caption.tail or "").strip():
            tail, caption.tail = caption.tail, None
            before = caption.getprevious()
            assert before is not None, "else it were the first"
            before.tail = (before.tail or "") + (tail or "")
            figure.append(caption)
    elif captions and (figure.text or "").strip():
        figure.append(captions[0])


def _arrange_table(table: _Element) -> None:
    """A caption, columns, one head, bodies, one foot, in this order."""
    from lxml import etree

    _wrap(table, {*_TABLE, "tr"}, "tbody")
    for row in list(table.iterchildren("tr")):
        body = etree.Element("tbody")
        table.replace(row, body)
        body.append(row)
    for name in ("thead", "tfoot"):
        for spare in list(table.iterchildren(name))[1:]:
            spare.tag = "tbody"
    captions = list(table.iterchildren("caption"))
    for spare in captions[1:]:
        spare.tag = "span"
        captions[0].append(spare)
    for child in table:
        child.tail = None
    table[:] = sorted(table, key=lambda child: _TABLE[str(child.tag)])
    if not len(table):
        table.tag = "div"
