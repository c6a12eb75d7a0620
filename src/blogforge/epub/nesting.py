"""Which element may stand in which: a tree is brought to HTML's content models, no text is lost.

Source: HTML Standard, section 4, the content model of each element.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from blogforge.content.dom import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_BLOCKS = names(
    "aside blockquote div dl figure h1 h2 h3 h4 h5 h6 header hr nav ol p pre section table ul"
)
_TRANSPARENT = names("a ins del")
# What holds only words: all that is no block, and these.
_OF_WORDS = names("p h1 h2 h3 h4 h5 h6 pre dt th caption")
_OF_BLOCKS = _BLOCKS - _OF_WORDS | names("body li dd td figcaption")
_PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "figcaption": {"figure"},
    "caption": {"table"},
    "colgroup": {"table"},
    "col": {"colgroup"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
}
_MAY_HOLD_BLOCKS = _BLOCKS | _TRANSPARENT | _PARENTS.keys()
_NEVER_IN_ITSELF = names("a header dfn")
_NEEDS = {"bdo": "dir", "time": "datetime"}
_HOLDS_ONLY = {"ul": "li", "ol": "li"}
_TABLE = {"caption": 0, "colgroup": 1, "thead": 2, "tbody": 3, "tfoot": 4}
_EMPTY = names("br hr img wbr col")


def nest(body: _Element) -> None:
    """Change `body`, a tree of elements that `markup` knows, until each may stand where it does."""
    of_blocks = {body}
    for element in _downward(body):
        parent = element.getparent()
        if parent is None:
            continue
        flow = parent in of_blocks
        tag = _name_for(element, flow=flow)
        if tag != element.tag:
            _turn(element, tag)
        if tag in _OF_BLOCKS or (tag in _TRANSPARENT and flow):
            of_blocks.add(element)
        _arrange(element)


def _downward(body: _Element) -> Iterable[_Element]:
    """Every element of ours, each before those in it, as they are when it is their turn."""
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if not str(element.tag).startswith("{"):  # drawings and formulas are whole
            yield element
            waiting.extend(reversed(element))


def _name_for(element: _Element, *, flow: bool) -> str:
    """The name that may stand where `element` does, among blocks or (not `flow`) words."""
    tag, neutral = str(element.tag), "div" if flow else "span"
    parent = element.getparent()
    assert parent is not None, "the body is never renamed"
    if tag in _PARENTS and parent.tag not in _PARENTS[tag]:
        return neutral
    if tag in _BLOCKS and not flow:
        return "br" if tag == "hr" else "span"
    if tag in _NEVER_IN_ITSELF and next(element.iterancestors(tag), None) is not None:
        return neutral
    if tag in _NEEDS and not element.get(_NEEDS[tag]):
        return "span"
    if flow and tag not in _MAY_HOLD_BLOCKS and _has_block(element):
        return "div"
    if (tag == "ruby" and not _is_ruby(element)) or (tag in {"rt", "rp"} and parent.tag != "ruby"):
        return "span"
    return tag


def _turn(element: _Element, tag: str) -> None:
    """Another name for `element`; words that were apart stay apart."""
    if tag == "span" and element.tag in _BLOCKS | _PARENTS.keys():
        element.tail = f" {element.tail or ''}"
    if tag == "br":
        element.text = None
    element.tag = tag
    common = {"id", "class", "title", "dir", "lang", "role", "aria-label"}
    for key in [
        key for key in element.attrib if not str(key).startswith("{") and key not in common
    ]:
        del element.attrib[key]


def _has_block(element: _Element) -> bool:
    return next(element.iter(*_BLOCKS), None) is not None


def _is_ruby(element: _Element) -> bool:
    """Words, then what they are read as, any number of times."""
    kinds = [str(child.tag) for child in element if child.tag in {"rt", "rp"}]
    readings = [kind for kind in kinds if kind == "rt"]
    plain_kinds = kinds == readings or kinds == ["rp", "rt", "rp"] * len(readings)
    starts = bool((element.text or "").strip()) or (
        len(element) > 0 and element[0].tag not in {"rt", "rp"}
    )
    return bool(readings) and plain_kinds and starts and len(readings) == 1


# ---------------------------------------------------------------- what is in lists and tables


def _arrange(element: _Element) -> None:
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
    _wrap(table, {*_TABLE, "tr"}, "tbody")
    for row in list(table.iterchildren("tr")):
        from lxml import etree

        body = etree.Element("tbody")
        table.replace(row, body)
        body.append(row)
    for name in ("thead", "tfoot"):
        for spare in list(table.iterchildren(name))[1:]:
            spare.tag = "tbody"
    for spare in list(table.iterchildren("caption"))[1:]:
        table.remove(spare)
    for child in table:
        child.tail = None
    table[:] = sorted(table, key=lambda child: _TABLE[str(child.tag)])
    if not len(table):
        table.tag = "div"
