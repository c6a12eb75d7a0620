"""A body's DOM: parsed once, walked once and never recursively, written once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

MAX_DEPTH = 512  # where Blink and WebKit stop nesting too; lexbor's time grows with its square

# Between two comments the body cannot lose a piece at its ends unseen: what swallows the second
# one has swallowed the body's end.
_HEAD, _TAIL = "<!--[-->", "<!--]-->"


def names(spaced: str) -> frozenset[str]:
    """Tag names written with spaces between them."""
    return frozenset(spaced.split())


_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# Void, or closed by a sibling: they cannot nest without one of the others.
_FLAT = names(
    "area base br col embed hr img input link meta source track wbr li p dt dd tr td th thead"
    " tbody tfoot option optgroup rb rt rp rtc colgroup caption path"
)
RAW = names("script style textarea title xmp iframe noembed noframes plaintext")


def guarded(html: str) -> str:
    """`html` between the two comments by which `unclosed` and `serialize` know its ends."""
    return f"{_HEAD}{html}{_TAIL}"


def too_deep(html: str) -> bool:
    """Whether elements nest deeper than MAX_DEPTH, as near as the tags tell."""
    if html.count("<") <= MAX_DEPTH:
        return False
    depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _FLAT:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > MAX_DEPTH:
                return True
    return False


def parse(html: str) -> LexborNode:
    """The first node of a guarded fragment; its siblings are the others."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html, is_fragment=True).root
    assert root is not None, "a guarded fragment begins with a comment"
    return root


def serialize(first: LexborNode, last: LexborNode) -> str:
    """The fragment's HTML, without the comments at its ends."""
    last.decompose()
    return (first.parser.html or "").removeprefix(_HEAD).rstrip()


def walk(first: LexborNode) -> Iterator[tuple[bool, str, LexborNode]]:
    """Every node with its tag on entering (True) and on leaving (False).

    What is no element has a tag that begins with a hyphen (a text's is "-text") and is only
    entered. What is left may be moved, replaced or taken out at once.
    """
    stack: list[tuple[str, LexborNode]] = []
    node = first
    while True:
        tag = node.tag or "-"
        yield True, tag, node
        if tag[0] == "-":
            following = node.next
        elif (child := node.first_child) is not None:
            stack.append((tag, node))
            node = child
            continue
        else:
            following = node.next
            yield False, tag, node
        while following is None:
            if not stack:
                return
            tag, node = stack.pop()
            following = node.next
            yield False, tag, node
        node = following


def unclosed(last: LexborNode) -> str:
    """What has swallowed the body's end ("<script>", "<!--", "<"), or "" where nothing has."""
    if last.is_comment_node:
        return "" if last.html == _TAIL else "<!--"
    holder = last.parent if last.is_text_node else last
    tag = (holder.tag or "") if holder is not None else ""
    return f"<{tag}" if tag in RAW or tag == "template" else "<"


def renamed(node: LexborNode, tag: str) -> LexborNode:
    """A `tag` in the place of `node`, with its attributes and children."""
    new = node.parser.create_node(tag)
    for name, value in node.attributes.items():
        new.attrs[name] = value
    node.insert_before(new, move=True)
    move_children(node, new)
    node.decompose()
    return new


def move_children(node: LexborNode, into: LexborNode) -> None:
    """Append all that `node` holds to `into`."""
    child = node.first_child
    while child is not None:
        following = child.next
        into.insert_child(child, move=True)
        child = following


def wrapped(node: LexborNode, tag: str, class_name: str) -> LexborNode:
    """A new element around `node`."""
    new = node.parser.create_node(tag)
    new.attrs["class"] = class_name
    node.insert_before(new, move=True)
    new.insert_child(node, move=True)
    return new


def element(parent: LexborNode, tag: str) -> LexborNode:
    """A new last child of `parent`."""
    new = parent.parser.create_node(tag)
    parent.insert_child(new, move=True)
    return new


def children(node: LexborNode) -> list[LexborNode]:
    """The elements and texts right in `node`, without the blank texts between them."""
    return list(node.iter(include_text=True, skip_empty=True))


def remove_attribute(node: LexborNode, name: str) -> None:
    """Drop an attribute, if it is there."""
    if name in node.attrs:
        del node.attrs[name]
