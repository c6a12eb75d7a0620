"""Footnotes of HTML, a sign in the text and a list below it -> footnotes of Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

_HINT = re.compile(r"footnote|doc-endnotes", re.IGNORECASE)
_BACK = re.compile(r"back|reverse|return", re.IGNORECASE)
_ARROWS = "↩︎️↑^⤴ \xa0"
_CLOSED = ["table", "details", "pre", "figure", "dl", "figcaption"]  # may stay HTML
_FIRST = 0xE100  # of the private characters that stand for signs meanwhile
_MOST = 0x1700


def taken(html: str) -> tuple[str, list[str]]:
    """`html` with a private character for each sign, and the HTML of the notes in their order.

    Nothing is taken where a note has no sign, or a sign stands in what may stay HTML.
    """
    if not _HINT.search(html):
        return html, []
    soup = BeautifulSoup(html, "html.parser")
    lists = [each for each in soup.find_all("ol") if _is_below(each)]
    items = [li for each in lists for li in each.find_all("li", recursive=False)]
    notes = {str(li.get("id")): li for li in items if li.get("id")}
    signs = [link for link in soup.find_all("a", href=True) if _named(link) in notes]
    named = list(dict.fromkeys(map(_named, signs)))
    inside = any(sign.find_parent([*_CLOSED, "li"]) in items for sign in signs)
    if not notes or len(named) != len(items) or len(items) > _MOST or inside:
        return html, []
    if any(sign.find_parent(_CLOSED) for sign in signs):
        return html, []
    for sign in signs:
        _holder(sign).replace_with(_mark(named.index(_named(sign))))
    texts = [_text(notes[name]) for name in named]
    for each in lists:
        _remove(each)
    return soup.decode(formatter="minimal"), texts


def given(markdown: str, notes: Sequence[str]) -> str:
    """`markdown` with the signs of footnotes, and the notes, in Markdown too, below it."""
    for number in range(len(notes)):
        markdown = markdown.replace(_mark(number), f"[^{number + 1}]")
    indented = (re.sub(r"\n(?=[^\n])", "\n    ", note.strip()) for note in notes)
    below = (f"[^{number}]: {note}" for number, note in enumerate(indented, 1))
    return "\n\n".join([markdown.rstrip("\n"), *below])


def _is_below(listed: Tag) -> bool:
    """Whether a list holds footnotes, as its class or that of something around it says."""
    around = [listed, *listed.parents]
    said = (f"{each.get('class')} {each.get('role')}" for each in around if isinstance(each, Tag))
    return any(map(_HINT.search, said))


def _named(link: Tag) -> str:
    return str(link["href"])[1:] if str(link["href"]).startswith("#") else ""


def _holder(sign: Tag) -> Tag:
    """The sign with the raised letters around it."""
    parent = sign.parent
    alone = parent is not None and parent.get_text().strip("[] ") == sign.get_text().strip("[] ")
    return parent if parent is not None and parent.name == "sup" and alone else sign


def _mark(number: int) -> str:
    return chr(_FIRST + number)


def _text(note: Tag) -> str:
    """The HTML of a note without the links back to its signs."""
    for link in note.find_all("a", href=re.compile("^#")):
        back = _BACK.search(f"{link.get('class')} {link.get('role')}")
        if back or not link.get_text().strip(_ARROWS):
            _holder(link).decompose()
    return note.decode_contents()


def _remove(listed: Tag) -> None:
    """Take a list out, and what was only around it."""
    holder = listed.parent
    listed.decompose()
    while holder is not None and holder.name in {"div", "section", "footer", "aside"}:
        if holder.get_text().strip() or holder.find(["img", "iframe"]):
            return
        above = holder.parent
        holder.decompose()
        holder = above
