"""MathML as a book may carry it: presentation, each element with as many parts as it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blogforge.content.dom import names, walk
from blogforge.pages.wire import plain

if TYPE_CHECKING:
    from lxml.etree import _Element
    from selectolax.lexbor import LexborNode

MATHML = "http://www.w3.org/1998/Math/MathML"
_LEAVES = names("mi mn mo mtext ms")
_ROWS = names("math mrow mstyle merror mpadded mphantom msqrt mtable mtr mtd")
# Source: MathML 3, section 3.1.3.2, "Table of argument requirements".
_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3}
_PARTS |= {"munder": 2, "mover": 2, "munderover": 3}
_KNOWN = _LEAVES | _ROWS | _PARTS.keys() | {"mspace"}
_NAMES: Any = {None: MATHML}  # lxml's types know no default namespace
_INSIDE = {"mtr": {"mtable"}, "mtd": {"mtr"}}
_ONLY = {"mtable": {"mtr"}, "mtr": {"mtd"}}


def formula(node: LexborNode) -> _Element | None:
    """The `math` at `node`, without attributes; None where it is not what MathML asks for."""
    stack: list[_Element] = []
    for entering, tag, inner in walk(node):
        if tag == "semantics":
            continue  # its first part is the formula, and annotations go
        if tag[0] == "-":
            if not _took(stack, plain(inner.text_content or "") if tag == "-text" else ""):
                return None
        elif entering:
            if tag not in _KNOWN or (stack and _local(stack[-1]) in _LEAVES):
                return None
            stack.append(_begun(stack, tag, inner))
        else:
            done = stack.pop()
            if not stack or not _sound(done):
                return done if _sound(done) and _local(done) == "math" else None
    return None


def _took(stack: list[_Element], text: str) -> bool:
    """Whether a text may stand where it does; it is then put there."""
    if stack and _local(stack[-1]) in _LEAVES:
        stack[-1].text = (stack[-1].text or "") + text
        return True
    return not text.strip()


def _begun(stack: list[_Element], tag: str, node: LexborNode) -> _Element:
    from lxml import etree

    name = f"{{{MATHML}}}{tag}"
    if stack:
        return etree.SubElement(stack[-1], name)
    made = etree.Element(name, nsmap=_NAMES)
    if node.attributes.get("display") == "block":
        made.set("display", "block")
    return made


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _sound(element: _Element) -> bool:
    name, inner = _local(element), {_local(child) for child in element}
    parent = element.getparent()
    if name in _INSIDE and (parent is None or _local(parent) not in _INSIDE[name]):
        return False
    if name in _ONLY and not inner <= _ONLY[name]:
        return False
    if "math" in inner:
        return False
    return len(element) == _PARTS.get(name, len(element))
