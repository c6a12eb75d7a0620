"""What editors say by styles alone, said by elements: bold, italics, raised and lowered text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import Tag

from blogforge.content.dom import names

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAVY = re.compile(r"font-weight:\s*(?:bold(?:er)?|[6-9]00)\b", re.I)
_LIGHT = re.compile(r"font-weight:\s*(?:normal|[1-5]00)\b", re.I)
_SLANTED = re.compile(r"font-style:\s*(?:italic|oblique)\b", re.I)
_UPRIGHT = re.compile(r"font-style:\s*normal\b", re.I)
_RAISED = re.compile(r"vertical-align:\s*super\b", re.I)
_LOWERED = re.compile(r"vertical-align:\s*sub\b", re.I)
_SAID = (
    (_HEAVY, "strong", names("strong b h1 h2 h3 h4 h5 h6 th")),
    (_SLANTED, "em", names("em i cite")),
    (_RAISED, "sup", names("sup")),
    (_LOWERED, "sub", names("sub")),
)
_UNSAID = ((_LIGHT, names("strong b")), (_UPRIGHT, names("em i")))
WRAPPED = names("span font")
STYLED = WRAPPED | names("strong b em i")


def said(tags: Iterable[Tag]) -> None:
    """Say by elements what the styles of `tags`, of STYLED, say, as word processors write it.

    A document pasted into an editor has `<b style="font-weight:normal">` around all of it, and
    its bold words are spans.
    """
    for tag in tags:
        style = str(tag.get("style") or "")
        if any(tag.name in called and form.search(style) for form, called in _UNSAID):
            tag.unwrap()
        elif style and tag.name in WRAPPED and tag.get_text(strip=True):
            for form, name, around in _SAID:
                if form.search(style) and not any(each.name in around for each in tag.parents):
                    tag.wrap(Tag(name=name))


def plain_headings(headings: Iterable[Tag]) -> None:
    """Without bold type around the whole of a heading, which is bold in any case."""
    for heading in headings:
        for bold in heading.find_all(["strong", "b"]):
            if bold.get_text(strip=True) == heading.get_text(strip=True):
                bold.unwrap()
