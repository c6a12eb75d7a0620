"""Who wrote a text: bylines, bios and handles."""

from __future__ import annotations

import re
from functools import partial

from blogforge.importers.text.passages import Passage, Passages, count, cut, placed, unplaced, words

_LABEL = re.compile(
    r"(?:(?:(?:story|words|text|analysis|reporting)[ ])?by|von|par|por|di|door|af|text|"
    r"autor(?:in)?|author|auteur|بقلم|作者)(?: ?[:：]| )\s*",
    re.I,
)
_BETWEEN = re.compile(
    r" ?[,;&、/] ?(?:and |und |et |y )?| (?:and|und|et|y|e|en|og|och|with|mit|avec) | و(?=\w)"
)
_FIRST = frozenset({"van", "von", "de", "al", "el", "ibn", "the"})
_PARTICLES = _FIRST | frozenset(
    {"der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ben", "ould", "ag",
     "of"}
)  # fmt: skip
_VERB = (
    r"(?:is|was|are|writes|covers|reports|teaches|works|has|serves|served|edits|leads|reported|contributed|est|écrit|"
    r"ist|war|schreibt|es|escribe|è|scrive|هو|هي|كاتب|كاتبة|صحفي|صحفية)"
)
_BIO = re.compile(rf"(?P<name>[^.,;:!?()]{{3,50}}?),? (?P<verb>{_VERB})\b")
_ROLE = re.compile(
    r"\b(?:editor|writer|reporter|correspondent|fellow|professor|author|columnist|journalist|"
    r"researcher|analyst|director|contributor|lecturer|historian|scholar|blogger|photographer|"
    r"freelancer?|co-?founder|intern|staff|journaliste|chercheur|chercheuse|correspondante?|auteure?|"
    r"professeure?|rédact\w+|redakteur(?:in)?|autor(?:in|a)?|korrespondent(?:in)?|periodista|"
    r"professor(?:in|a)?|كاتبة?|صحفية?|باحثة?)\b",
    re.I,
)
HANDLE = re.compile(r"(?<![\w.@])@\w[\w.-]*\w(?:@[\w-]+(?:\.[\w-]+)+)?")
_FOLLOW = re.compile(
    r"(?:you can |vous pouvez |sie können )?"
    r"(?:follow|find|reach|suivez|folgen|sígu\w+|seguir|تابع)\b|"
    r"on (?:twitter|x|mastodon|bluesky)\b|(?:twitter|x|mastodon|bluesky|threads) ?:|[(@]|"
    r"(?:he|she|they) tweets\b|tweets\b",
    re.I,
)
_SIGNED = re.compile(r"(?P<names>.{5,100}?), (?P<role>(?:an?|the|our) .{5,150})", re.S)
_PLACED = re.compile(r"(?P<names>[^|]{5,80}?) \| (?P<place>[^|]{3,30})")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=\S)")
_LONGEST_NAME = 6  # words
_LONGEST_BIO = 120
_LONGEST_LINE = 15  # words: more is a paragraph
_HEAD = 12  # passages in which a byline stands


def is_name(text: str) -> bool:
    """Whether `text` may be somebody's name: a few words, each with a capital, or without cases."""
    said = text.split()
    return (
        0 < len(said) <= _LONGEST_NAME
        and not re.search(r"[\d@:;!?\"“”«»()]", text)
        and said[0].lower() not in _PARTICLES - _FIRST
        and all(word.lower() in _PARTICLES or not word[:1].islower() for word in said)
        and all(word[:1].isalpha() for word in said)
    )


def names_of(text: str) -> tuple[str, ...]:
    """The names that a byline gives ("By A, B and C"); none where it is no byline."""
    label = _LABEL.match(text)
    if not label or count(text) > 4 * _LONGEST_NAME:
        return ()
    names = listed(text[label.end() :].rstrip("."))
    return names if names and all(map(is_name, names)) else ()


def listed(text: str) -> tuple[str, ...]:
    """Names in a row, as a person writes them."""
    return tuple(name.strip() for name in _BETWEEN.split(text) if name.strip())


def with_bylines(passages: Passages) -> Passages:
    """Bylines placed: "By Jane Doe", or a bio's name, or a name beside the date, on its own."""
    head = set(unplaced(passages)[:_HEAD])
    found = [
        piece
        for position, passage in enumerate(passages)
        for piece in (_signed(passage) if position in head else [passage])
    ]
    known = {words(passage.value) for passage in found if passage.place == "bio"}
    for position in unplaced(found)[:_HEAD]:
        passage = found[position]
        beside = found[position - 1 : position] + found[position + 1 : position + 2]
        dated = any(near.place == "date" and near.line == passage.line for near in beside)
        alone = words(passage.text) in known or dated
        names = names_of(passage.text) or (listed(passage.text) if alone else ())
        if names and all(map(is_name, names)):
            found[position] = placed(passage, "byline", "\n".join(names), "the byline")
    return found


def is_bio(text: str) -> bool:
    """Whether `text` says of somebody by name what they do, or where to follow them."""
    match = _BIO.match(text)
    named = match is not None and is_name(match["name"]) and len(match["name"].split()) > 1
    return named and bool(HANDLE.search(text) or _ROLE.search(text))


def _signed(passage: Passage) -> Passages:
    """“By Jane Doe, a writer in Gao.” as byline and bio; “Jane Doe | Gao” as a byline."""
    match = _SIGNED.fullmatch(passage.text)
    if match and len(names := names_of(match["names"])) == 1 and _ROLE.search(match["role"]):
        byline, bio = cut(passage, match["names"], match["role"])
        return [placed(byline, "byline", names[0], "the byline"), placed(bio, "bio", names[0])]
    match = _PLACED.fullmatch(passage.text)
    names = listed(match["names"]) if match else ()
    whole = bool(names) and all(is_name(name) and " " in name for name in names)
    if match and whole and is_name(match["place"]):
        return [placed(passage, "byline", "\n".join(names), "the byline")]
    return [passage]


def with_bios(passages: Passages, authors: tuple[str, ...]) -> Passages:
    """Bios placed, each with the name it begins with, and handles, which are cut out of them.

    A bio stands behind the last long paragraph and begins with the name of an author; or it gives
    a handle; or it says what somebody does whom the text has not named. Short lines under the last
    bio are of the page, not of the article.
    """
    found: Passages = []
    names = {words(name): name for name in authors if name}
    text = [
        i
        for i in unplaced(passages)
        if count(passages[i].text) > _LONGEST_LINE and not _may_be_bio(passages[i], names)
    ]
    last = max(text, default=-1)
    told = {word for passage in passages[: last + 1] for word in words(passage.text)}
    ended = False  # there was a bio below the text
    for position, passage in enumerate(passages):
        name = _subject(passage, names) if position > last and not passage.place else ""
        strange = words(name)[-1:] and words(name)[-1] not in told
        works = _ROLE.search(passage.text) and strange
        if name and (words(name) in names or HANDLE.search(passage.text) or works):
            found += _with_handle(passage, name)
            ended = True
        elif position > last and not passage.place and _is_handle(passage.text):
            handle = HANDLE.search(passage.text)
            found.append(placed(passage, "handle", handle[0] if handle else "", "the handle"))
        elif ended and _is_line(passage):
            found.append(placed(passage, "furniture", why="a line under the author's bio"))
        else:
            found.append(passage)
    return [*map(partial(_once, fuller=found), found)]


def _once(passage: Passage, fuller: Passages) -> Passage:
    """A bio, or where a fuller one says all of it again, what is not needed."""
    again = passage.place == "bio" and any(
        other.place == "bio"
        and other.value == passage.value
        and set(words(passage.text)) < set(words(other.text))
        for other in fuller
    )
    return placed(passage, "repeated", why="the bio says it again") if again else passage


def _is_line(passage: Passage) -> bool:
    return not passage.place and count(passage.text) <= _LONGEST_LINE


def _may_be_bio(passage: Passage, names: dict[tuple[str, ...], str]) -> bool:
    return bool(_subject(passage, names)) or _is_handle(passage.text)


def _subject(passage: Passage, names: dict[tuple[str, ...], str]) -> str:
    """Whom a paragraph may be the bio of; "" where it is none."""
    said = words(passage.text)
    for name, written in names.items():
        if said[: len(name)] == name and len(name) < len(said) <= _LONGEST_BIO:
            return written
    match = _BIO.match(passage.text)
    if not match or count(passage.text) > _LONGEST_BIO or not is_name(match["name"]):
        return ""
    return match["name"] if len(match["name"].split()) > 1 or _ROLE.search(passage.text) else ""


def _is_handle(text: str) -> bool:
    return bool(HANDLE.search(text) and _FOLLOW.match(text)) and count(text) <= 12


def _with_handle(passage: Passage, name: str) -> Passages:
    """A bio and the sentence or brackets in it that only give the handle."""
    match = HANDLE.search(passage.text)
    if not match:
        return [placed(passage, "bio", name)]
    text = passage.text
    start = text.rfind("(", 0, match.start())
    if start >= 0 and ")" not in text[start : match.start()]:
        end = text.find(")", match.end()) + 1 or len(text)
    else:
        bounds = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
        start = max(bound for bound in bounds if bound <= match.start())
        end = min(bound for bound in bounds if bound >= match.end())
    if not start or not _FOLLOW.match(text[start:]):
        return [placed(passage, "bio", name)]
    rest = text[end:].strip()
    closed = text[:start].rstrip() + (rest if not count(rest) else "")
    pieces = cut(passage, closed, text[start:end], rest if count(rest) else "")
    return [
        placed(piece, "handle", match[0], "the handle")
        if number == 1
        else placed(piece, "bio", name)
        for number, piece in enumerate(pieces)
    ]
