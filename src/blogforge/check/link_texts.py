"""Links whose text does not say where they lead: WCAG 2.2, success criteria 2.4.4 and 2.4.9."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

_LINK = re.compile(
    r"(?<![!\\])\[(?P<text>(?:[^\[\]\\\n]|\\.)*)\]\((?=[^)\s])"
    r"|<a\b(?P<attributes>[^<>]*)>(?P<inner>(?:(?!</?a\b).)*)</a>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_NAMED = re.compile(r"\b(?:aria-label|aria-labelledby|title)\s*=|<img\b|<svg\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+/\S+", re.IGNORECASE)
_NO_WORDS = re.compile(r"[\W_]+")
# By language: what is said of any link.
_VAGUE = {
    "ar": ("هنا", "اضغط هنا", "المزيد", "اقرأ المزيد"),
    "de": ("hier", "hier klicken", "klicken Sie hier", "mehr", "mehr lesen", "weiterlesen", "Link"),
    "en": (
        *("here", "click here", "right here", "this", "this link", "this page", "this one", "link"),
        *("read more", "more", "learn more", "find out more", "see more", "click", "go", "that"),
    ),
    "es": ("aquí", "haga clic aquí", "pinche aquí", "más", "leer más", "enlace", "este enlace"),
    "fr": ("ici", "cliquez ici", "lire la suite", "en savoir plus", "plus", "ce lien", "lien"),
}


def _plain(text: str) -> str:
    return _NO_WORDS.sub(" ", text).strip().casefold()


_WORDS = {lang: frozenset(map(_plain, words)) for lang, words in _VAGUE.items()}


def vague(sheet: Sheet) -> Iterator[Problem]:
    """A link whose text is "here", or an address."""
    words = _WORDS["en"] | _WORDS.get(sheet.document.lang.partition("-")[0], frozenset())
    for offset, text, named in _links(sheet):
        if named or f"#{text}" in sheet.source.body:  # which names a place that is called so
            continue
        if _plain(text) in words:
            message = f"a link's text is '{text}', which says nothing of where it leads"
            yield sheet.at(offset, message, "let the text name what is there")
        elif _ADDRESS.fullmatch(text):
            message = "a link's text is its address, which is read out letter by letter"
            yield sheet.at(offset, message, "let the text name what is there")


def empty(sheet: Sheet) -> Iterator[Problem]:
    """A link that nobody sees, and that those who hear a page read hear as "link"."""
    for offset, text, named in _links(sheet):
        if not text and not named:
            yield sheet.at(offset, "a link has no text", "write some, or take the link out")


def _links(sheet: Sheet) -> Iterator[tuple[int, str, bool]]:
    """Where a link stands, its text, and whether a name beside it or a picture says more."""
    for found in _LINK.finditer(sheet.prose):
        if found["text"] is None and "href" not in found["attributes"].lower():
            continue
        inner = found["inner"] if found["text"] is None else found["text"]
        named = _NAMED.search(f"{found['attributes'] or ''}>{inner}") is not None
        text = " ".join(_TAG.sub("", inner).strip(" *_~").split())
        if text or "`" not in sheet.source.body[slice(*found.span())]:  # code is blank here
            yield found.start(), text, named
