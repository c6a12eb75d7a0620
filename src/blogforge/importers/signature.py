"""What a reader gets of HTML: its words, its structure, its links and images, in order.

Two pieces of HTML with one signature differ in nothing that a reader would see.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from blogforge.content.dom import guarded, names, parse, walk

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SAME = {"b": "strong", "i": "em", "strike": "del", "s": "del"}
_INLINE = names("em strong code del ins sub sup kbd mark abbr q u small cite samp var time")
_BLOCKS = names(
    "h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table tr td th dl dt dd hr figure figcaption"
    " details summary iframe video audio object embed form script style svg math caption"
)
_BOUNDARIES = _BLOCKS | names(
    "p div section article aside header footer main nav center thead tbody tfoot address fieldset"
)
_UNSEEN = re.compile("[\u00ad\u200b\ufeff\u2060]")
_BREAK = " ¶ "
_BREAKS = re.compile(r"¶(?:\s*¶)+")


class Signature(NamedTuple):
    """The words with a sign where a block or line ends, and the elements around them."""

    words: tuple[str, ...]
    elements: tuple[str, ...]


def signature(html: str) -> Signature:
    """The signature of an HTML fragment."""
    text: list[str] = []
    elements: list[str] = []
    for entering, tag, node in walk(parse(guarded(html))):
        if tag == "-text":
            text.append(_text(node))
        elif tag[0] != "-":
            if tag in _BOUNDARIES or tag == "br":
                text.append(_BREAK)
            name = _SAME.get(tag, tag)
            if shown := _shown(name, node) if entering else _closed(name):
                elements.append(shown)
    words = _BREAKS.sub("¶", _plain("".join(text)))
    return Signature(tuple(words.strip(" ¶").split()), tuple(elements))


def _text(node: LexborNode) -> str:
    text = node.text_content or ""
    holder = node.parent
    while holder is not None and holder.tag not in _BOUNDARIES:
        holder = holder.parent
    if holder is not None and holder.tag == "pre":  # where lines and spaces count
        return "\n".join(line.rstrip() for line in text.split("\n")).replace("\n", _BREAK)
    return text


def _plain(text: str) -> str:
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def _closed(name: str) -> str:
    return f"/{name}" if name in _BLOCKS else ""


def _shown(name: str, node: LexborNode) -> str:
    """How the element is named; "" where it is not."""
    if name == "a":
        return _link(node)
    if name == "img":
        said = " | ".join(_plain(node.attributes.get(key) or "") for key in ("alt", "title"))
        return f"img {_address(node.attributes.get('src') or '')} {said}"
    if name == "ol":
        return f"ol {node.attributes.get('start') or '1'}"
    if name == "code" and node.parent is not None and node.parent.tag == "pre":
        return ""
    if name in _INLINE:
        inside = _plain(node.text())
        return f"{name} {inside}" if inside else ""
    return name if name in _BLOCKS else ""


def _link(node: LexborNode) -> str:
    href = _address(node.attributes.get("href") or "")
    inside = _plain(node.text())
    bare = href.removeprefix("mailto:").removeprefix("http://").removeprefix("https://")
    if not href or bare == _address(inside).removeprefix("http://").removeprefix("https://"):
        return ""  # some engines make a link of an address in any case
    return f"a {href} {inside}"


def _address(address: str) -> str:
    """An address as all engines write it alike."""
    return quote(unquote(address.strip()), safe="/:?#[]@!$&'()*+,;=-._~%")
