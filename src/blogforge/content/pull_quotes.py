"""Pull quotes: a block quote that begins with [!QUOTE], set large beside the text.

Source: https://html.spec.whatwg.org/multipage/sections.html#the-aside-element, which has them in an
`aside`. What stands in the text as well is no news to who hears it read: it is hidden from them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.content.dom import children, renamed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MARK = re.compile(r"\s*\[!QUOTE\]\s*", re.IGNORECASE)
# What an editor may change at the ends of a sentence taken out of its place.
_ENDS = " .,;:!?…—–-\"'“”‘’«»„‹›"


def mark_of(quote: LexborNode) -> LexborNode | None:
    """The text in a block quote that says [!QUOTE], if it is a pull quote."""
    first = next(iter(children(quote)), None)
    text = first.first_child if first is not None and first.tag == "p" else None
    if text is None or not text.is_text_node:
        return None
    return text if _MARK.match(text.text_content or "") else None


def make_pull_quote(quote: LexborNode, text: LexborNode) -> LexborNode:
    """`aside.pull-quote` in the place of the quote; `text` is what `mark_of` found in it."""
    aside = renamed(quote, "aside")
    aside.attrs["class"] = "pull-quote"
    rest = _MARK.sub("", text.text_content or "", count=1)
    paragraph, behind = text.parent, text.next
    if rest:
        text.replace_with(rest)
    else:
        text.decompose()
        if behind is not None and behind.tag == "br":
            behind.decompose()
    if paragraph is not None and not children(paragraph):
        blank = paragraph.next
        if blank is not None and blank.is_empty_text_node:
            blank.decompose()
        paragraph.decompose()
    return aside


def hide_repeated(asides: list[LexborNode], article: str) -> str:
    """Hide from screen readers what `article`, all that is said elsewhere, has as well.

    Returns the text of the others. What can be reached by the keyboard is never hidden.
    """
    said = _plain(article)
    others = []
    for aside in asides:
        text = aside.text(separator=" ")
        if _plain(text) in said and aside.css_first("a[href], [tabindex]") is None:
            aside.attrs["aria-hidden"] = "true"
        else:
            others.append(text)
    return "\n".join(others)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(_ENDS)
