"""Which element may stand in which: a tree is brought to HTML's content models, no text is lost.

Source: HTML Standard, section 4, the content model of each element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.content.dom import names
from blogforge.epub.arranging import arrange

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
        arrange(element)


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
