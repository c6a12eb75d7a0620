"""SVG as a book may carry it: what is drawn, and nothing that acts or is fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from blogforge.content.dom import names, walk
from blogforge.epub.elements import append_text
from blogforge.pages.wire import plain

if TYPE_CHECKING:
    from lxml.etree import _Element
    from selectolax.lexbor import LexborNode

SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = names(
    "svg g defs symbol title desc path rect circle ellipse line polyline polygon text tspan"
    " linearGradient radialGradient stop clipPath mask marker pattern use"
)
_ATTRIBUTES = names(
    "viewBox width height x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy d points pathLength transform"
    " preserveAspectRatio class opacity color fill fill-opacity fill-rule stroke stroke-opacity"
    " stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray"
    " stroke-dashoffset font-family font-size font-style font-weight text-anchor letter-spacing"
    " dominant-baseline alignment-baseline rotate textLength lengthAdjust offset stop-color"
    " stop-opacity gradientUnits gradientTransform spreadMethod patternUnits patternTransform"
    " clip-path clip-rule mask maskUnits marker-start marker-mid marker-end markerWidth"
    " markerHeight markerUnits refX refY orient paint-order visibility display"
)
_NAMES: Any = {None: SVG}  # lxml's types know no default namespace
_OWN = re.compile(r"#([A-Za-z_][\w.-]*)", re.ASCII)
_OWN_URL = re.compile(rf"url\(\s*{_OWN.pattern}\s*\)(\s+none)?", re.ASCII)


def drawing(node: LexborNode) -> _Element | None:
    """The `svg` at `node` without what acts or leads elsewhere; None where nothing is drawn."""
    from lxml import etree

    root: _Element | None = None
    stack: list[_Element] = []
    skipped = 0
    for entering, tag, inner in walk(node):
        if tag[0] == "-":
            if tag == "-text" and stack and not skipped:
                append_text(stack[-1], plain(inner.text_content or ""))
        elif skipped:
            skipped += 1 if entering else -1
        elif entering and tag not in _ELEMENTS:
            skipped = 1
        elif entering:
            name = f"{{{SVG}}}{tag}"
            made = etree.SubElement(stack[-1], name) if stack else etree.Element(name, nsmap=_NAMES)
            _describe(made, inner.attributes)
            stack.append(made)
            root = made if root is None else root
        else:
            stack.pop()
        if not stack and not entering:
            break  # what follows is not of this drawing
    if root is None or not len(root):
        return None
    _close(root)
    return root


def _close(root: _Element) -> None:
    """Take out ids that are given twice, and uses of what is not drawn here."""
    ids: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if name in ids:
            del element.attrib["id"]
        elif name is not None:
            ids.add(name)
    for element in list(root.iter(f"{{{SVG}}}use")):
        parent = element.getparent()
        if (element.get("href") or "")[1:] not in ids and parent is not None:
            parent.remove(element)


def _describe(element: _Element, written: dict[str, str | None]) -> None:
    for key, value in written.items():
        text = plain(value or "")
        own = "url(" not in text.lower() or _OWN_URL.fullmatch(text.strip())
        if (key in _ATTRIBUTES and own) or (key == "id" and _OWN.fullmatch(f"#{text}")):
            element.set(key, text)
        elif key in {"href", "xlink:href"} and _OWN.fullmatch(text):
            element.set("href", text)
