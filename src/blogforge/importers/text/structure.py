"""What paragraphs of a body are: headings, lists, notes; and captions, which belong to pictures."""

from __future__ import annotations

import re

from msgspec.structs import replace

from blogforge.importers.text.moments import moment
from blogforge.importers.text.paragraphs import BULLET, NUMBER
from blogforge.importers.text.passages import Passages, count, cut, placed, unplaced, words

_AGENCY = (
    r"(?:Getty(?: Images)?|AFP|Reuters|AP|EPA|DPA|dpa|Shutterstock|Bloomberg|Xinhua|Wikimedia"
    r"(?: Commons)?|Flickr|Unsplash|Magnum(?: Photos)?|Corbis|iStock|Alamy|"
    r"GETTY(?: IMAGES)?|REUTERS)"
)
_CREDIT = re.compile(
    rf"(?:(?:photo|photograph|image|picture|illustration|graphic|map|foto|bild|crédit photo|"
    rf"photo illustration)s? ?(?:(?:credits?|courtesy|by|:|/|©)[ :]*)+.{{2,100}}|"
    rf"credit:? [^.!?:]{{2,60}}?(?: for | via | ?/ ?)[^.!?:]{{2,40}}|"
    rf"[^.!?]{{2,60}}?(?: ?/ ?| via ){_AGENCY}(?: ?/ ?{_AGENCY}| via {_AGENCY})*)\.?",
    re.I,
)
_CAPTIONED = re.compile(
    rf"(?P<caption>.{{15,400}}?[.!?”\"]) "
    rf"(?P<credit>\(?(?:photo(?: by)?:? )?[^\W\d_][^.!?()]{{1,50}}?/ ?{_AGENCY}"
    rf"(?: ?/ ?{_AGENCY}| (?:via|VIA) {_AGENCY})*\)?)"
)
_CORRECTION = re.compile(
    r"(?P<label>(?:correction|corrigendum|berichtigung|correctif|rectificatif|corrección),? "
    r"?\(?(?P<date>[^:()]{6,40}?)\)? ?:) (?P<text>.{10,})",
    re.I,
)
RULE = re.compile(r"(?:[*•·~=_-] ?){3,}|⁂|\*|• • •")
REFERENCE = re.compile(r"\[(\d{1,3})\]|([¹²³⁴⁵⁶⁷⁸⁹⁰]+)")
_NOTE = re.compile(r"\[(\d{1,3})\] ?|([¹²³⁴⁵⁶⁷⁸⁹⁰]+) ?|(\d{1,3})[.)] +")
_NOTES = re.compile(
    r"(?:foot|end)?notes?|references|sources|fußnoten|anmerkungen|notas|هوامش", re.I
)
_FULL_STOP = re.compile(r"[.!…:;,»”\"’)،؛。]$")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LONGEST_HEADING = 10  # words
_LONGEST_CAPTION = 40
_PARAGRAPH = 20


def with_captions(passages: Passages) -> Passages:
    """Captions and credits of pictures that a copied text has left behind."""
    found: Passages = []
    for passage in passages:
        match = None if passage.place else _CAPTIONED.fullmatch(passage.text)
        if match:
            caption, credit = cut(passage, match["caption"], match["credit"])
            found += [placed(caption, "caption"), placed(credit, "credit")]
        elif not passage.place and _CREDIT.fullmatch(passage.text):
            found.append(placed(passage, "credit"))
        else:
            found.append(passage)
    return found


def with_known_credits(passages: Passages) -> Passages:
    """Credits that stand again under other pictures; what is before one may be a caption."""
    known = {words(passage.text) for passage in passages if passage.place == "credit"}
    found: Passages = []
    for passage in passages:
        if not passage.place and words(passage.text) in known:
            if found and not found[-1].place and count(found[-1].text) <= _LONGEST_CAPTION:
                found[-1] = replace(found[-1], doubt="a credit stands behind it: a caption?")
            found.append(placed(passage, "credit"))
        else:
            found.append(passage)
    return found


def with_corrections(passages: Passages) -> Passages:
    """Corrections that say of which day they are; others stay paragraphs, with a doubt."""
    found: Passages = []
    for passage in passages:
        match = None if passage.place else _CORRECTION.fullmatch(passage.text)
        told = moment(match["date"]) if match else None
        if match and told:
            label, text = cut(passage, match["label"], match["text"])
            found.append(placed(label, "label", why="the day of a correction"))
            found.append(placed(text, "correction", told.value))
        else:
            found.append(passage)
    return found


def with_notes(passages: Passages) -> Passages:
    """Footnotes at the end, if the text refers to each of them by its number, once."""
    found = list(passages)
    body = unplaced(found)
    tail = []
    for position in reversed(body):
        if not _NOTE.match(found[position].text):
            break
        tail.append(position)
    heading = next((i for i in reversed(body) if i < min(tail, default=0)), -1)
    headed = heading >= 0 and bool(_NOTES.fullmatch(found[heading].text.rstrip(":")))
    above = [i for i in body if i not in tail]
    referred = [number(m) for i in above for m in REFERENCE.finditer(found[i].text)]
    defined = [_noted(found[i].text) for i in reversed(tail)]
    if not tail or sorted(referred) != sorted(defined) or len({*defined}) < len(defined):
        return found
    for position in tail:
        found[position] = placed(found[position], "note", _noted(found[position].text))
    if headed:
        found[heading] = placed(found[heading], "label", why="the heading of the notes")
    for i in above:
        if REFERENCE.search(found[i].text) and not found[i].place:
            found[i] = replace(found[i], value="refers")
    return found


def number(match: re.Match[str]) -> str:
    """The number that a reference to a note shows, in plain digits."""
    shown = next(filter(None, match.groups()))
    return str(shown).translate(_SUPERSCRIPT)


def note_text(text: str) -> str:
    """A note without its number."""
    return _NOTE.sub("", text, count=1)


def with_lists(passages: Passages) -> Passages:
    """Bullets (two or more, but for a real one) and numbers that follow each other."""
    found = list(passages)
    body = unplaced(found)
    for order, position in enumerate(body):
        text = found[position].text
        near = [
            found[i].text for i in (*body[max(order - 1, 0) : order], *body[order + 1 : order + 2])
        ]
        if BULLET.match(text) and (text[0] not in "-*+" or any(map(BULLET.match, near))):
            found[position] = placed(found[position], "bullet")
        elif _counts(text, near):
            found[position] = placed(found[position], "number")
    return found


def with_headings(passages: Passages) -> Passages:
    """Short lines between paragraphs that are no sentences; and signs that only part the text."""
    found = list(passages)
    body = [i for i, p in enumerate(found) if p.place in {"", "quote", "bullet", "number"}]
    for order, position in enumerate(body):
        passage = found[position]
        if passage.place:
            continue
        following = found[body[order + 1]] if order + 1 < len(body) else None
        if RULE.fullmatch(passage.text):
            why = "" if following else "a mark of the end"
            found[position] = placed(passage, "rule" if following else "furniture", why=why)
        elif order and following and _is_heading(passage.text) and _is_long(following.text):
            found[position] = placed(passage, "heading")
    return found


def _noted(text: str) -> str:
    match = _NOTE.match(text)
    return number(match) if match else ""


def _counts(text: str, near: list[str]) -> bool:
    own = _ordinal(text)
    return own > 0 and any(abs(_ordinal(other) - own) == 1 for other in near if _ordinal(other))


def _ordinal(text: str) -> int:
    match = NUMBER.match(text)
    return int(re.sub(r"\D", "", match[0])) if match else 0


def _is_heading(text: str) -> bool:
    question = text.endswith("?") and count(text) <= _LONGEST_HEADING
    return (
        0 < count(text) <= _LONGEST_HEADING
        and not _FULL_STOP.search(text)
        and (question or not text.endswith("?"))
        and not text[:1].islower()
        and text[:1] not in '“"«„>([@—–-'
    )


def _is_long(text: str) -> bool:
    return count(text) >= _PARAGRAPH
