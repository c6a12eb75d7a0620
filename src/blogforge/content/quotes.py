"""Block quotes that are more: a quotation with its source, a fact box."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.content import wording
from blogforge.content.dom import children, element, renamed, wrapped

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DASH = re.compile(r"\s*(?:[—―–]|--)-?\s*(?=[^\W\d_]|[\"'“«„‘@(]|$)")
_FACTS = re.compile(r"\s*\[!FACTS\][ \t]*", re.I)
_LONGEST_ATTRIBUTION = 200  # characters; a longer last paragraph is speech, not a name


def make_quote(quote: LexborNode) -> None:
    """`figure.quote` around a block quote whose last line is a dash and a name.

    A quote in which another paragraph or line begins with a dash as well is a dialogue, and stays.
    """
    paragraphs = children(quote)
    if not paragraphs or paragraphs[-1].tag != "p" or _is_figure(quote.parent):
        return
    last = paragraphs[-1]
    nodes = list(last.iter(include_text=True))
    index, start, end = _attribution(nodes)
    if index < 0:
        return
    line = nodes[index].text_content or ""
    said = line[:start].rstrip()
    alone = index == 0 and not said
    before = [p.text() for p in paragraphs[:-1]]
    if (alone and not before) or any(_DASH.match(text) for text in [*before, said] if text):
        return
    figure = wrapped(quote, "figure", "quote")
    caption = element(figure, "figcaption")
    caption.insert_child("— ")
    cite = element(caption, "cite")
    if line[end:].rstrip():
        cite.insert_child(line[end:] if index + 1 < len(nodes) else line[end:].rstrip())
    for node in nodes[index + 1 :]:
        cite.insert_child(node, move=True)
    _cut(last, nodes, index, said, alone=alone)
    link = cite.css_first("a[href]")
    if link is not None and "cite" not in quote.attrs:
        quote.attrs["cite"] = link.attrs.sget("href")


def _is_figure(node: LexborNode | None) -> bool:
    return node is not None and node.tag == "figure"


def _attribution(nodes: list[LexborNode]) -> tuple[int, int, int]:
    """In which text of a paragraph the last line begins with a dash: index, line's start, name's.

    The index is -1 where it does not.
    """
    length = 0
    for index in range(len(nodes) - 1, -1, -1):
        text = nodes[index].text(deep=True) if nodes[index].is_element_node else None
        if nodes[index].tag == "br":
            break
        if text is None:
            text = nodes[index].text_content or ""
            start = text.rstrip().rfind("\n") + 1
            begins = start > 0 or index == 0 or nodes[index - 1].tag == "br"
            match = _DASH.match(text, start) if begins else None
            if match and length + len(text) - match.end() <= _LONGEST_ATTRIBUTION:
                named = index + 1 < len(nodes) or text[match.end() :].strip()
                return (index, start, match.end()) if named else (-1, 0, 0)
            if begins:
                break
        length += len(text)
    return -1, 0, 0


def _cut(last: LexborNode, nodes: list[LexborNode], index: int, said: str, *, alone: bool) -> None:
    """Take the attribution out of the quote's last paragraph."""
    if alone:
        blank = last.prev
        if blank is not None and blank.is_empty_text_node:
            blank.decompose()
        last.decompose()
        return
    if said:
        nodes[index].replace_with(said)
        return
    nodes[index].decompose()
    if nodes[index - 1].tag == "br":
        nodes[index - 1].decompose()


def fact_title(quote: LexborNode) -> tuple[LexborNode, LexborNode] | None:
    """The first paragraph and the text in it that says [!FACTS], if the quote is a fact box."""
    first = next(iter(children(quote)), None)
    text = first.first_child if first is not None and first.tag == "p" else None
    if first is None or text is None or not text.is_text_node:
        return None
    return (first, text) if _FACTS.match(text.text_content or "") else None


def make_fact_box(quote: LexborNode, first: LexborNode, text: LexborNode, lang: str) -> None:
    """`aside.fact-box` in the place of the quote; its title is the rest of the marker's line."""
    box = renamed(quote, "aside")
    box.attrs["class"] = "fact-box"
    title = quote.parser.create_node("p")
    title.attrs["class"] = "fact-box-title"
    first.insert_before(title, move=True)
    content = _FACTS.sub("", text.text_content or "", count=1)
    node: LexborNode | None = text
    while node is not None:  # up to the line's end
        following = node.next
        if node.is_text_node:
            line, ends, rest = (content if node is text else node.text_content or "").partition(
                "\n"
            )
            if line:
                title.insert_child(line)
            if ends:
                node.replace_with(rest)
                break
            node.decompose()
        elif node.tag == "br":
            node.decompose()
            break
        else:
            title.insert_child(node, move=True)
        node = following
    if not title.text().strip():
        title.insert_child(wording.facts(lang))
    if not children(first):
        first.decompose()
