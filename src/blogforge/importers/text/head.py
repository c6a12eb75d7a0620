"""What stands above a text: the headline, the dek, and what only says either again."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from msgspec.structs import replace

from blogforge.importers.text.moments import moment
from blogforge.importers.text.names import names_of
from blogforge.importers.text.passages import Passage, Passages, count, placed, unplaced, words

_KINDS = re.compile(
    r"analysis|argument|opinion|commentary|explainer|dispatch|report|review|interview|feature|"
    r"exclusive|essay|editorial|news|briefing|profile|column|q&a|"
    r"analyse|tribune|reportage|entretien|éditorial|kommentar|interview|leitartikel|análisis|"
    r"opinión|تحليل|رأي",
    re.I,
)
_CUT = re.compile(
    r"\s*(?:\.{3,}|…|\[(?:\.{3}|…)\]|\((?:\.{3}|…)\))\s*(?:read more|more|suite)?\s*$", re.I
)
_TRAIL = re.compile(r" ?[|/>»] ?")
_LONGEST_TITLE = 30  # words
_LONGEST_DEK = 80
_LEAST_CUT = 4  # words by which an excerpt is known
_LONGEST_LABEL = 6
_MOST_LABELS = 4
_HEAD = 8  # passages among which a dek is said twice
_CURLY = re.compile("[“”‘’«»„‚…–—]")
_SIGNS = frozenset({"byline", "date"})
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*$")
_STRAIGHT = re.compile(r"[\"']|--|\.\.\.")


def with_title(passages: Passages, sections: frozenset[str]) -> Passages:
    """The headline, and the labels above it, of which the last may be a kicker.

    A label is known as one: it names a kind of text or a section, or is a word or three in
    capitals. What stands above a known one is a label, too.
    """
    found = list(passages)
    first = [position for position in unplaced(found) if not _is_told(found[position])]
    short = list(takewhile(lambda i: count(found[i].text) <= _LONGEST_LABEL, first[:-1]))
    known = [n for n, i in enumerate(short[:_MOST_LABELS]) if _is_label(found[i].text, sections)]
    labels = short[: known[-1] + 1] if known else []
    for position in labels:
        found[position] = _labelled(found[position], sections)
    named = [i for i in labels if found[i].place == "kicker"]
    telling = [i for i in named if not _KINDS.fullmatch(found[i].text)]
    for position in named:
        if position != (telling or named)[-1]:
            found[position] = placed(found[position], "label", why="a label above the headline")
    rest = first[len(labels) :]
    if labels and len(rest) > 2 and _explains(found[rest[0]].text, found[rest[1]].text):
        found[rest[0]] = placed(found[rest[0]], "label", why="what the label means")
        rest = rest[1:]
    for position in rest[:1]:
        if _may_be_title(found[position].text):
            found[position] = placed(found[position], "title")
    return found


def with_dates(passages: Passages) -> Passages:
    """Lines that are dates, above the text or as its last: a text appears once, and changes."""
    found = list(passages)
    open_ones = unplaced(found)
    for position in [*open_ones[:12], *open_ones[-3:]]:
        told = moment(found[position].text)
        if told and not any(passage.place == told.kind for passage in found):
            found[position] = (
                placed(found[position], told.kind, told.value, "the date")
                if told.value
                else placed(found[position], "label", why="a date that may be two days")
            )
    return found


def without_repeats(passages: Passages) -> Passages:
    """The headline said again, excerpts that are cut off, and the dek, of which one is kept."""
    found = list(passages)
    title = next((words(p.text) for p in found if p.place == "title"), ())
    for position in unplaced(found):
        if title and words(found[position].text) == title:
            found[position] = placed(found[position], "repeated", why="the headline again")
        elif line := _where_whole(found, position):
            why = f"an excerpt of line {line}"
            found[position] = placed(found[position], "repeated", why=why)
    return _with_dek(found)


def _is_told(passage: Passage) -> bool:
    return bool(moment(passage.text) or names_of(passage.text))


def _is_label(text: str, sections: frozenset[str]) -> bool:
    trail = _TRAIL.split(text)
    short = all(count(part) <= 2 for part in trail)
    named = any(_KINDS.fullmatch(part) or part.casefold() in sections for part in trail) and short
    named = named or text.casefold() in sections
    return named or (count(text) <= 3 and text.isupper() and text[-1:].isalnum())


def _explains(text: str, following: str) -> bool:
    """Whether `text`, below a label, is a sentence on it: a headline without a stop follows."""
    headline = _may_be_title(following) and not _SENTENCE_END.search(following)
    return count(text) <= _LONGEST_TITLE and text.endswith(".") and headline


def _labelled(passage: Passage, sections: frozenset[str]) -> Passage:
    """A label as what it is: a section of the site, a kicker, or one of a kind of text."""
    if passage.text.casefold() in sections:
        return placed(passage, "section")
    return placed(passage, "kicker")


def _may_be_title(text: str) -> bool:
    return count(text) <= _LONGEST_TITLE and not _CUT.search(text)


def _where_whole(passages: Passages, position: int) -> int:
    """The line of a paragraph that has, whole, the words of this one that is cut off; 0: none."""
    text = passages[position].text
    said = words(_CUT.sub("", text))
    if not _CUT.search(text) or len(said) < _LEAST_CUT:
        return 0
    for passage in passages:
        whole = () if passage is passages[position] else words(passage.text)
        if (
            passage.place in {"", "dek", "title"}
            and len(whole) > len(said)
            and _within(said, whole)
        ):
            return passage.line
    return 0


def _within(said: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether `said` is a run of words in `whole`; its last word may be cut off."""
    *sure, last = said
    size = len(sure)
    return any(
        whole[start : start + size] == tuple(sure) and whole[start + size].startswith(last)
        for start in range(len(whole) - size)
    )


def _with_dek(found: Passages) -> Passages:
    """The dek: what is said twice above the text, or what alone stands between title and byline."""
    found = list(found)
    title = next((i for i, passage in enumerate(found) if passage.place == "title"), -1)
    head = [i for i in unplaced(found) if i > title][:_HEAD]
    said = [words(found[i].text) for i in head]
    together = [one for one, other in pairwise(said) if one and one == other]
    twice = next(iter([*together, *(each for each in said[:1] if each in said[1:])]), ())
    if twice and len(twice) <= _LONGEST_DEK:
        same = [i for i, each in zip(head, said, strict=True) if each == twice]
        best = max(same, key=lambda i: _typography(found[i].text))
        for i in same:
            found[i] = placed(found[i], "repeated", why="the dek again")
        found[best] = replace(found[best], place="dek", why="")
        return found
    signed = next((i for i, p in enumerate(found) if i > title and p.place in _SIGNS), 0)
    above = [i for i in head if i < signed]
    short = all(count(found[i].text) <= _LONGEST_DEK for i in above)
    if title >= 0 and above and short:
        found[above[0]] = placed(found[above[0]], "dek")
        for i in above[1:]:  # no text stands there, but pictures do
            sentence = _SENTENCE_END.search(found[i].text)
            found[i] = placed(found[i], "caption" if sentence else "credit")
    return found


def _typography(text: str) -> int:
    return len(_CURLY.findall(text)) - len(_STRAIGHT.findall(text))
