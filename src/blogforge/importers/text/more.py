"""Lists of other articles, under a text or between its paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise

from blogforge.importers.text.moments import moment
from blogforge.importers.text.names import is_bio, names_of
from blogforge.importers.text.paragraphs import unmarked
from blogforge.importers.text.passages import Passage, Passages, count, cut, placed
from blogforge.importers.text.structure import RULE
from blogforge.value import Value

_NAMES = (
    r"(?:read|see|watch|listen|keep reading|more stories|also read|read (?:also|next|on)|see also"
    r"|related(?: (?:articles?|stories|posts?|coverage|content|reading))?|read more|further reading"
    r"|(?:à )?lire aussi|sur le même sujet|mehr zum thema|lesen sie auch|lea también|leer más"
    r"|اقرأ أيضا|مقالات ذات صلة)"
)
_HEADING = re.compile(
    rf"{_NAMES} ?:?|more (?:from|on|in|by|about|stories|coverage|articles)\b[^.?!]{{0,60}}|"
    r"(?:most|latest|trending|popular)\b"
    r"(?: (?:read|popular|viewed|shared|from|stories|posts|now|news)){1,2}[^.?!]{0,40}|"
    r"recommended(?: for you| reading)?|you (?:may|might) (?:also|like)\b[^.?!]{0,30}|"
    r"what to read next|up next|also (?:by|from)\b[^.?!]{1,40}|editors?[’']? (?:picks?|choice)|"
    r"(?:plus|mehr|más|weitere artikel) (?:de|von|aus|d[’'])[^.?!]{1,40}|المزيد من .{1,40}|"
    r"read more (?:from|on|in)\b[^.?!]{1,40}|trending",
    re.I,
)
_INLINE = re.compile(rf"(?P<label>(?:{_NAMES}|more) ?:) (?P<title>.{{5,200}})", re.I)
_LONGEST = 60  # words in an entry
_LONGEST_TITLE = 20
_SENTENCE_END = re.compile(r"[.…!»”\"’]$")


class Entry(Value, frozen=True, kw_only=True):
    """Another article, as a list names it."""

    line: int
    title: str
    dek: str = ""


def with_lists(passages: Passages) -> Passages:
    """Headings such as "More from …" with the titles and deks under them, at their places.

    A list ends where a paragraph is longer than any dek. "Read more: …" is a list of one.
    """
    found: Passages = []
    listing, begun = False, False
    for passage in passages:
        if passage.place in {"title", "kicker"} or not begun:
            begun = begun or passage.place == "title"
            found.append(passage)
        elif passage.place:
            found.append(passage)
        elif _HEADING.fullmatch(passage.text) and count(passage.text) <= 8:
            listing = True
            found.append(placed(passage, "label", why="the heading of a list of other articles"))
        elif match := _INLINE.fullmatch(passage.text):
            found += _entry(passage, match["label"], match["title"])
        else:
            listing = listing and count(passage.text) <= _LONGEST and not _ends(passage.text)
            found.append(_listed(found, passage) if listing else passage)
    return found


def _ends(text: str) -> bool:
    """Whether a list of other articles ends above `text`: a line across the page, or a bio."""
    return bool(RULE.fullmatch(text)) or is_bio(text)


def entries(passages: Passages) -> tuple[Entry, ...]:
    """The articles that placed passages name, each with its dek."""
    named = [passage for passage in passages if passage.place in {"entry", "entry dek"}]
    return tuple(
        Entry(
            line=one.line,
            title=unmarked(one.text),
            dek=following.text if following and following.place == "entry dek" else "",
        )
        for one, following in pairwise([*named, None])
        if one and one.place == "entry"
    )


def _entry(passage: Passage, label: str, title: str) -> Passages:
    first, second = cut(passage, label, title)
    return [placed(first, "label", why="it leads to another article"), placed(second, "entry")]


def _listed(before: Passages, passage: Passage) -> Passage:
    """What a passage of a list is: a title, the dek under one, or a line that is neither."""
    if moment(passage.text) or names_of(passage.text) or passage.text.isdigit():
        return placed(passage, "entry note", why="it belongs to another article")
    last = next((p for p in reversed(before) if p.place != "entry note"), None)
    under_title = last is not None and last.place == "entry"
    sentence = bool(_SENTENCE_END.search(passage.text)) or count(passage.text) > _LONGEST_TITLE
    return placed(passage, "entry dek" if under_title and sentence else "entry")
