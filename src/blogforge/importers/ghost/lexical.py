"""Lexical, what Ghost's editor writes since version 5 -> HTML.

Source: https://github.com/TryGhost/Koenig, packages/kg-lexical-html-renderer.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from blogforge.importers import pieces
from blogforge.importers.ghost.export import BodyError

if TYPE_CHECKING:
    from blogforge.importers.ghost.cards import Cards

Node = dict[str, Any]

# The bits of a text's format, in the order in which they are written around it.
_FORMATS = (
    *((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup")),
    (128, "mark"),
)
_DEEPEST = 100  # no author nests as many lists
_WRAPPERS = {
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    "aside": "blockquote",
    "table": "table",
    "tablerow": "tr",
    "tablecell": "td",
}
_HEADINGS = {"heading", "extended-heading"}
_TEXTS = {"text", "extended-text", "code-highlight", "tk", "hashtag", "emoji"}
_LINKS = {"link", "autolink", "at-link"}


def html_of(root: Node, cards: Cards) -> str:
    """The HTML of the tree below `root`; the cards tell what they give up. Raises BodyError."""
    return _children(root, cards, 0)


def _children(node: Node, cards: Cards, depth: int) -> str:
    if depth > _DEEPEST:
        raise BodyError("its lexical nests deeper than anybody writes")
    return "".join(_html(each, cards, depth + 1) for each in _nodes(node))


def _nodes(node: Node) -> list[Node]:
    children = node.get("children")
    found = children if isinstance(children, list) else []
    return [each for each in found if isinstance(each, dict)]


def _html(node: Node, cards: Cards, depth: int) -> str:
    kind = str(node.get("type") or "")
    if kind in _TEXTS:
        return _formatted(node)
    if kind in {"linebreak", "extended-linebreak"}:
        return "<br>"
    if kind == "tab":
        return " "
    if kind == "zwnj":
        return ""
    if kind == "list":
        return _list(node, cards, depth)
    if kind in _HEADINGS or kind in _WRAPPERS or kind in _LINKS or kind == "root":
        return _element(kind, node, _children(node, cards, depth))
    if _nodes(node):
        cards.notes.append(f"the text of an unknown “{kind}” stands without its form")
        return f"<div>{_children(node, cards, depth)}</div>"
    return cards.html(kind, {key: value for key, value in node.items() if key != "type"})


def _element(kind: str, node: Node, inner: str) -> str:
    if kind in _LINKS:
        url = node.get("url")
        return pieces.link(url, inner) if isinstance(url, str) and url else inner
    if kind in _HEADINGS:
        tag = str(node.get("tag") or "h2")
        tag = tag if tag in {"h1", "h2", "h3", "h4", "h5", "h6"} else "h2"
    elif kind == "root":
        return inner
    else:
        tag = "th" if kind == "tablecell" and node.get("headerState") else _WRAPPERS[kind]
    return f"<{tag}>{inner}</{tag}>"


def _list(node: Node, cards: Cards, depth: int) -> str:
    """A list. One inside it is an entry of its own in Lexical, and a part of the entry before."""
    entries: list[str] = []
    for entry in _nodes(node):
        inside = _nodes(entry)
        nested = bool(inside) and all(each.get("type") == "list" for each in inside)
        inner = _children(entry, cards, depth + 1)
        if nested and entries:
            entries[-1] += inner
        else:
            entries.append(_checked(entry) + inner)
    ordered = node.get("listType") == "number"
    start = node.get("start")
    count = f' start="{start}"' if ordered and isinstance(start, int) and start != 1 else ""
    tag = "ol" if ordered else "ul"
    return f"<{tag}{count}>{''.join(f'<li>{entry}</li>' for entry in entries)}</{tag}>"


def _checked(node: Node) -> str:
    """The box of a list item that can be done."""
    return {True: "☑ ", False: "☐ "}.get(node["checked"], "") if "checked" in node else ""


def _formatted(node: Node) -> str:
    text = escape(str(node.get("text") or ""), quote=False)
    format_ = node.get("format")
    for bit, tag in _FORMATS:
        if isinstance(format_, int) and format_ & bit and text.strip():
            text = f"<{tag}>{text}</{tag}>"
    return text
