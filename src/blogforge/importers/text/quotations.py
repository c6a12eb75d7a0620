"""Quotations of more than a few words, where quotation marks leave no doubt which they are."""

from __future__ import annotations

import re

from msgspec.structs import replace

from blogforge.importers.text.paragraphs import BULLET, NUMBER
from blogforge.importers.text.passages import Passage, Passages, count, placed

_PAIRS = {"“": "”", "«": "»", "„": "“”", "”": "”", '"': '"', "»": "«»", "「": "」", "『": "』"}
_SAYS = (
    r"(?:report(?:s|ed)|writes|wrote|puts? it|said|says|noted|notes|explain(?:s|ed)|observed|"
    r"described it|recount(?:s|ed)|argue[sd]|rapporte|écrit|raconte|berichtete?|schreibt|schrieb|"
    r"informa|informó|escribe)"
)
_WORD = r"[^\W\d_a-z][\w'’&-]*"
_NAME = rf"(?P<name>(?:[Tt]he )?{_WORD}(?: (?:of|the|and|for|de|du|la|{_WORD})){{0,6}})"
_WHEN = r"(?: (?:on|last|this|yesterday|today|earlier|at)\b[^.;:]{0,30})?"
_INTRODUCED = re.compile(
    rf"(?:As|According to|Laut|Selon|Según|D[’']après|Wie|Comme)"
    rf" {_NAME}(?: {_SAYS}{_WHEN})? ?:"
)
_SAID = re.compile(rf"{_NAME} {_SAYS}{_WHEN} ?:")
_WITHIN = re.compile(rf".*, (?:as|according to|selon|laut|según) {_NAME}(?: {_SAYS}{_WHEN})? ?:")
_SERVICE = re.compile(
    r"(?:The )?(?:Reuters|AP|Associated Press|AFP|Agence France-Presse|Bloomberg|Xinhua|dpa|EFE|"
    r"ANSA|Tass|BBC|CNN|NPR|Al Jazeera|UPI|IRIN|RFI|[\w]+ (?:Times|Post|Journal|News|Wire|Agency))"
)
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "we", "i", "you", "this", "that", "these", "those", "here", "there",
     "one", "one’s"}
)  # fmt: skip
_ATTRIBUTION = re.compile(r"(?:[—―–]|--) ?(?P<name>[^\W\d_].{1,80}[^.!?:])")
_SENTENCE = re.compile(r"(?<=[.!?”\"»])\s+")
_LONG = 40  # words
_SOURCED = "the line behind it may name its source: if it is a quotation, write '> ' before both"


def with_quotations(passages: Passages) -> Passages:
    """Quotations placed, with their source where the sentence before or a line behind names it.

    Marked by ">", or by quotation marks: around whole paragraphs that a colon announces, or at the
    beginning of each of several and at the end of the last. What may be a quotation and is not
    marked so stays a paragraph, with a doubt.
    """
    found: Passages = []
    rest = list(passages)
    before: Passage | None = None  # the last paragraph of the body
    while rest:
        passage = rest[0]
        if passage.place:
            found.append(rest.pop(0))
            continue
        introduced = before is not None and before.text.endswith((":", "："))
        length = _length(rest, introduced=introduced)
        if length:
            quoted, rest = rest[:length], rest[length:]
            found += [placed(one, "quote") for one in quoted]
            named = rest and not rest[0].place and source(rest[0].text)
            found += (
                [placed(rest.pop(0), "attribution", named)]
                if named
                else _announced(before.text if before and introduced else "", passage)
            )
        else:
            long = before is not None and count(before.text) >= _LONG // 2
            if long and source(passage.text):
                found[-1] = replace(found[-1], doubt=_SOURCED)
            found.append(_doubted(rest.pop(0), introduced=introduced))
        before = found[-1] if found[-1].place == "" else None
    return found


def said(text: str) -> str:
    """A quoted paragraph without the marks that say so."""
    if text.startswith("> "):
        return text[2:]
    inner = text[1:].lstrip()
    closing = _PAIRS.get(text[:1], "")
    stripped = inner.rstrip(".,")
    if stripped[-1:] and stripped[-1] in closing:
        return stripped[:-1].rstrip() + inner[len(stripped) :]
    return inner


def source(text: str) -> str:
    """The name in a line such as "— Reuters"; "" where it is no such line."""
    match = _ATTRIBUTION.fullmatch(text)
    return match["name"] if match else ""


def _length(passages: Passages, *, introduced: bool) -> int:
    """How many passages, from the first on, are one quotation; 0: it is none."""
    if passages[0].text.startswith("> "):
        ends = (i for i, each in enumerate(passages) if not each.text.startswith("> "))
        return next(ends, len(passages))
    length = _marked(passages)
    while introduced and 0 < length < len(passages) and _marked(passages[length:]) == 1:
        length += 1
    return length if introduced or length > 1 else 0


def _marked(passages: Passages) -> int:
    """How many paragraphs the quotation marks at their beginnings and the last one's end hold."""
    first = passages[0].text[:1]
    closing = _PAIRS.get(first, "")
    for number, passage in enumerate(passages, start=1):
        begins = passage.text[:1] == first or (number > 1 and passage.text[:1] in closing)
        if passage.place or not closing or not begins:
            return 0
        text = passage.text.rstrip(".,")
        ends = [i for i, sign in enumerate(text) if i and sign in closing]
        if ends:
            return number if ends == [len(text) - 1] else 0
    return 0


def _announced(introduction: str, quoted: Passage) -> Passages:
    """The source that the sentence before a quotation names, as words that the text has not."""
    name = _introduced(introduction)
    return [placed(replace(quoted, text=""), "attribution", name)] if name else []


def _introduced(introduction: str) -> str:
    """Whom the sentence before a quotation names as its source; "" where that is not plain."""
    sentence = _SENTENCE.split(introduction)[-1] if introduction else ""
    match = _INTRODUCED.fullmatch(sentence) or _WITHIN.fullmatch(sentence)
    if not match:
        match = _SAID.fullmatch(sentence)
        sure = match and (
            " " in match["name"].removeprefix("The ") or _SERVICE.fullmatch(match["name"])
        )
        match = match if sure else None
    name = match["name"] if match else ""
    return "" if name.split(" ")[0].casefold() in _PRONOUNS else name


def _doubted(passage: Passage, *, introduced: bool) -> Passage:
    text = passage.text
    listed = BULLET.match(text) or NUMBER.match(text)
    opened = _PAIRS.get(text[:1], "")
    if introduced and not listed and count(text) >= _LONG // 2:
        doubt = "a colon stands before it: if it is a quotation, write '> ' before the paragraph"
    elif opened and not any(sign in opened for sign in text[1:]):
        doubt = "it opens a quotation that is never closed"
    elif _marked([passage]) and count(text) >= _LONG:
        doubt = "it is all in quotation marks: if it is a quotation, write '> ' in their place"
    else:
        return passage
    return replace(passage, doubt=doubt)
