"""Quotations that do not say whose they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

# Where indented text is a step, a note or a log rather than what somebody said.
_NO_SPEECH = {"aside", "blockquote", "details", "li", "td"}
_MOST = 5  # in one document; who indents more means steps or notes
_FEWEST = 8  # words; less is an example or a motto
_INTRODUCES = (":", "：", ",", "-", "–", "—", "…")
_NAMES = ("—", "–", "―", "-", "~")  # with which a line begins that names who spoke
_NAMED = re.compile(
    r"[\"”’»“'.!?…]\s*(?:[—–―~-]|--)\s*[^\W\d_]|^\s*[—–―~-]\s*[^\W\d_]"
    r"|\s[—–―]\s*[^\W\d_][^.!?—–]{0,80}\Z",
    re.MULTILINE,
)
_NAME = re.compile(r"[^\W\d_,;]\s+([^\W\d_]\w*)")


def unsourced(sheet: Sheet) -> Iterator[Problem]:
    """A block quote that neither itself nor what is around it names a source for.

    A pull quote needs none where the article says it.
    """
    if "<blockquote" in sheet.article.html:
        unsourced = [quote for quote in sheet.tree.css("blockquote") if _is_unsourced(quote)]
        for quote in unsourced if len(unsourced) <= _MOST else ():
            yield _problem(sheet, quote, "the quotation does not say whose it is")
    if "pull-quote" in sheet.article.html:
        for aside in sheet.tree.css("aside.pull-quote:not([aria-hidden])"):
            if not aside.css("a[href], cite"):
                yield _problem(sheet, aside, "the pull quote stands nowhere in the text")


def _is_unsourced(quote: LexborNode) -> bool:
    if "cite" in quote.attributes or quote.css_first("a[href], cite, footer") is not None:
        return False
    around = quote.parent
    while around is not None and around.tag != "body":
        if around.tag in _NO_SPEECH or (around.tag == "figure" and around.css_first("figcaption")):
            return False
        around = around.parent
    if len(quote.text().split()) < _FEWEST or _NAMED.search(quote.text().strip()):
        return False
    after = _beside(quote, "next")
    named = after is not None and after.text().strip().startswith(_NAMES)
    return not named and not _is_introduced(quote)


def _is_introduced(quote: LexborNode) -> bool:
    """Whether what stands before a quote may say whose it is: a name, a link, a colon."""
    before = _beside(quote, "prev")
    while before is not None and before.tag == "blockquote":
        before = _beside(before, "prev")
    if before is None:
        return False
    said = before.text().strip()
    names = (found[1] for found in _NAME.finditer(said))
    refers = before.css_first("a[href]") is not None
    return said.endswith(_INTRODUCES) or refers or any(name[0].isupper() for name in names)


def _beside(node: LexborNode, side: str) -> LexborNode | None:
    """The element before or behind another, if that is not a heading of its own."""
    beside: LexborNode | None = getattr(node, side)
    while beside is not None and beside.is_text_node and not (beside.text_content or "").strip():
        beside = getattr(beside, side)
    return beside


def _problem(sheet: Sheet, quote: LexborNode, message: str) -> Problem:
    hint = "end it with a line '— Name', which readers see below it"
    return sheet.at(sheet.offset_of(quote.text(separator=" ")), message, hint)
