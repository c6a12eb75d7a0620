"""HTML of any kind -> the elements and attributes that a book may have, as an XML tree.

What has no place in a book goes (scripts, forms, styles), its text stays. Source: EPUB 3.3,
section 6.1, which asks for the XML syntax of HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.content.dom import guarded, names, parse, walk
from blogforge.epub import drawings, formulas
from blogforge.epub.elements import append_text
from blogforge.faults import language_fault
from blogforge.pages.wire import plain

if TYPE_CHECKING:
    from lxml.etree import _Element
    from selectolax.lexbor import LexborNode

OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

KEPT = names(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark nav ol p pre q rp rt ruby"
    " s samp section small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr"
)
_RENAMED = {"strike": "s", "tt": "code", "acronym": "abbr", "summary": "p"} | dict.fromkeys(
    names(
        "article footer main address hgroup center details dialog form fieldset legend search"
        " dir menu marquee blink video audio picture optgroup"
    ),
    "div",
)
_DROPPED = names(
    "script style template link meta base title head param source track area noembed noframes"
    " noscript input button select textarea datalist iframe embed frame frameset rb rtc"
)
# The structural semantics that a template may ask for, with the ARIA role of each.
# Sources: EPUB Structural Semantics Vocabulary 1.1; Digital Publishing WAI-ARIA Module 1.1.
_TYPES = {
    "noteref": "doc-noteref",
    "backlink": "doc-backlink",
    "footnotes": "doc-endnotes",
    "footnote": "",
    "titlepage": "",
    "cover": "",
    "bodymatter": "",
    "colophon": "doc-colophon",
    "toc": "doc-toc",
    "landmarks": "",
    "chapter": "doc-chapter",
    "part": "doc-part",
    "pullquote": "doc-pullquote",
}
_WHOLE = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_SIGNED = re.compile(r"-?\d{1,6}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
# Attributes with what they may say.
_VALUES = {
    "colspan": _WHOLE,
    "rowspan": _WHOLE,
    "span": _WHOLE,
    "width": _WHOLE,
    "height": _WHOLE,
    "start": _SIGNED,
    "scope": re.compile("row|col|rowgroup|colgroup"),
    "type": re.compile("[1aAiI]"),
    "dir": re.compile("ltr|rtl|auto"),
    "datetime": _MOMENT,
}
_ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "ol": ("start", "type"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "col": ("span",),
    "colgroup": ("span",),
    "time": ("datetime",),
}
_COMMON = ("id", "class", "title", "dir")


def tree_of(html: str) -> _Element:
    """A `body` with what `html` shows; ids and addresses are as they were."""
    from lxml import etree

    body = etree.Element("body", nsmap={"epub": OPS})
    stack, skipped = [body], 0
    for entering, tag, node in walk(parse(guarded(html))):
        if tag[0] == "-":
            if tag == "-text" and not skipped:
                append_text(stack[-1], plain(node.text_content or ""))
            continue
        foreign = tag in {"svg", "math"}
        if skipped:
            skipped += 1 if entering else -1
        elif entering and (foreign or tag in _DROPPED):
            skipped = 1
            if foreign:
                _append_foreign(stack[-1], tag, node)
        elif entering:
            stack.append(_element(stack[-1], tag, node))
        else:
            stack.pop()
    return body


def _element(parent: _Element, tag: str, node: LexborNode) -> _Element:
    from lxml.etree import SubElement

    name = tag if tag in KEPT else _RENAMED.get(tag, "span")
    element = SubElement(parent, name)
    for key, value in _attributes(name, node.attributes).items():
        element.set(key, value)
    if tag == "summary":
        element.set("class", "summary")
    elif tag in {"audio", "video"}:
        _link_to_film(element, node)
    return element


def _link_to_film(element: _Element, node: LexborNode) -> None:
    """Where there is something to hear or see, which few books can hold."""
    from lxml.etree import SubElement

    first = node.css_first("source[src]")
    src = node.attributes.get("src") or (first.attributes.get("src") if first else "") or ""
    if src:
        link = SubElement(element, "a")
        link.text = plain(src)
        link.set("href", plain(src))


def _attributes(name: str, written: dict[str, str | None]) -> dict[str, str]:
    found = {}
    for key in (*_COMMON, *_ATTRIBUTES.get(name, ())):
        value = plain(written.get(key) or "")
        pattern = _VALUES.get(key)
        if (value or (key == "alt" and key in written)) and (
            pattern is None or pattern.fullmatch(value)
        ):
            found[key] = value
    lang = written.get("lang") or ""
    if lang and not language_fault(lang):
        found |= {"lang": lang, _XML_LANG: lang}
    if (kind := written.get("epub:type") or "") in _TYPES:
        found[TYPE] = kind
        if (role := _TYPES[kind]) and name != "a":
            found["role"] = role
        if kind == "landmarks":  # which programs read, and nobody else
            found["hidden"] = "hidden"
        if label := plain(written.get("aria-label") or ""):
            found["aria-label"] = label
    return found


def _append_foreign(parent: _Element, tag: str, node: LexborNode) -> None:
    found = drawings.drawing(node) if tag == "svg" else formulas.formula(node)
    if found is not None:
        parent.append(found)
    else:
        append_text(parent, plain(" ".join(node.text().split())))
