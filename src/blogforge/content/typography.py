"""Typographic quotes, dashes and ellipses, by language.

Quotation marks are those of Unicode's CLDR (delimiters); French spacing is that of the Lexique of
the Imprimerie nationale, with narrow spaces throughout, and in Canada that of the Office québécois
de la langue française.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from functools import cache
from itertools import accumulate

from blogforge.languages import NARROW, primary, quotation_marks, tag_of

OPAQUE = "\ufffc"  # stands for code and the like: a word to its neighbours, never touched

_APOSTROPHE = "’"
_OPENERS = frozenset("([{«„‚“‘¿¡/")
_UNSPACED = frozenset({"zh", "ja"})  # where no space says on which side of a word a quote is
_IDEOGRAPHS = "\u2e80"  # and beyond, with the punctuation that goes with them
_DASHES = frozenset("-–—―")
# Each branch begins with a letter of its own, so that the search leaps from sign to sign.
_COMMON = (
    r"-(?<!--)-{1,2}(?!-)(?P<dash>)|\.(?<!\.\.)\.\.(?!\.)(?P<dots>)|\"(?P<double>)|'(?P<single>)"
)
_FRENCH = (
    r"|(?P<open>«[ \u00a0\u202f]*)|(?P<close>(?:(?<![ \u00a0\u202f])[ \u00a0\u202f]++)?+»)"
    r"|(?P<high>(?<=[^\s:;!?([{«])[ \u00a0\u202f]?(?:MARKS)(?=[\s»\"”)\],.]|$))"
)
_SIZE = re.compile(r"'\d+\"?")  # feet and inches, behind a number
_WORD = re.compile(r"\S+")
_WEB = re.compile(r"\bwww\.")
_DECADE = re.compile(r"'\d\ds?\b")
_ELIDED = re.compile(r"'(?:n'|(?:tis|twas|twere|em|til|cause|bout|round|nuff|cuz)\b)", re.I)
_CLOSING = re.compile(r"(?<=\S)'(?!\w)")


def typeset(text: str, lang: str) -> str:
    """Plain text (a title, a dek) with the quotes, dashes and ellipses of `lang` (BCP 47).

    Quotes of a language that is not known here stay as they are.
    """
    return typeset_run([text], [False], lang)[0] if may_change(text, lang) else text


def typeset_run(pieces: list[str], frozen: list[bool], lang: str) -> list[str]:
    """The texts of one block, in order, each typeset in the light of all.

    A frozen piece (code, a formula) is not changed and counts as a word.
    """
    if not may_change("".join(pieces), lang):
        return pieces
    seen = "".join(
        OPAQUE * len(piece) if fixed else piece for piece, fixed in zip(pieces, frozen, strict=True)
    )
    edits = _Setter(seen, lang).edits(_pattern(lang))
    return _applied(edits, pieces) if edits else pieces


def may_change(text: str, lang: str) -> bool:
    """Whether `text` has a sign that is set in another way in `lang`."""
    return "'" in text or '"' in text or "--" in text or "..." in text or _is_french(lang)


@cache
def _is_french(lang: str) -> bool:
    return primary(lang) == "fr"


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    if not _is_french(lang):
        return re.compile(_COMMON)
    # Canadian French sets off the colon only
    marks = ":" if tag_of(lang) == "fr-ca" else "[;:]|[!?]+"
    return re.compile(_COMMON + _FRENCH.replace("MARKS", marks))


def _applied(edits: list[tuple[int, int, str]], pieces: list[str]) -> list[str]:
    if len(pieces) == 1:
        return [_edited(edits, pieces[0])]
    starts = [0, *accumulate(map(len, pieces))]
    changed: dict[int, list[str]] = {}
    done: dict[int, int] = {}
    for start, end, text in edits:
        index = bisect_right(starts, start) - 1
        if end > starts[index + 1]:
            continue  # half of it is in another element
        parts = changed.setdefault(index, [])
        parts += [pieces[index][done.get(index, 0) : start - starts[index]], text]
        done[index] = end - starts[index]
    return [
        "".join(changed[index]) + piece[done[index] :] if index in changed else piece
        for index, piece in enumerate(pieces)
    ]


def _edited(edits: list[tuple[int, int, str]], text: str) -> str:
    parts: list[str] = []
    done = 0
    for start, end, new in edits:
        parts += (text[done:start], new)
        done = end
    return "".join(parts) + text[done:]


class _Setter:
    """What has been opened so far in one run of text."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.marks = marks = quotation_marks(lang)
        self.unspaced = primary(lang) in _UNSPACED
        self.nests = marks is not None and marks[0] != "“" and marks[2] != marks[3]
        self.depth = 0
        self.single = False
        self.opened = -1  # where the last opening quote stands
        self.size_end = 0  # of feet and inches
        self.last_closing = -2  # of single quotes; found when first needed

    def edits(self, pattern: re.Pattern[str]) -> list[tuple[int, int, str]]:
        """(start, end, new text), in order."""
        addresses = deque(_addresses(self.text) if self._may_address() else ())
        edits = []
        for match in pattern.finditer(self.text):
            start, end = match.span()
            while addresses and addresses[0][1] <= start:
                addresses.popleft()
            if addresses and addresses[0][0] <= start:
                continue
            old = match[0]
            new = self._new(match.lastgroup or "", old, start)
            if new != old:
                edits.append((start, end, new))
        return edits

    def _may_address(self) -> bool:
        return "://" in self.text or "www." in self.text or "@" in self.text

    def _new(self, kind: str, old: str, at: int) -> str:
        match kind:
            case "double":
                return self._double(at) if self.marks else old
            case "single":
                return self._single(at) if self.marks else old
            case "dash" if self.unspaced:
                return "——"
            case "dots" if self.unspaced:
                return "……"
            case "dash":
                return "—" if len(old) == 3 else "–"
            case "dots":
                return "…"
            case "open":
                return "«" + NARROW
            case "close":
                return NARROW + "»"
            case "high":
                return NARROW + old.lstrip(" \u00a0\u202f")
            case _:
                return old

    def _around(self, at: int) -> tuple[str, str]:
        before = self.text[at - 1] if at else ""
        return before, self.text[at + 1 : at + 2]

    def _opens(self, at: int, before: str, after: str, *, inside: bool) -> bool:
        if not after or after.isspace():
            return False
        if self.unspaced and max(before, after) >= _IDEOGRAPHS:
            return not inside
        if not before or before.isspace() or before in _OPENERS or self.opened == at - 1 >= 0:
            return True
        return before in _DASHES and not inside and (after.isalnum() or after in "\"'" + OPAQUE)

    def _double(self, at: int) -> str:
        assert self.marks is not None
        if at < self.size_end:
            return '"'
        before, after = self._around(at)
        if self._opens(at, before, after, inside=self.depth > 0):
            self.depth += 1
            self.opened = at
            return self.marks[2 if self.nests and self.depth % 2 == 0 else 0]
        if not self.depth and before.isdigit():
            return '"'  # inches, seconds
        mark = self.marks[3 if self.nests and self.depth and self.depth % 2 == 0 else 1]
        self.depth = max(0, self.depth - 1)
        return mark

    def _single(self, at: int) -> str:
        assert self.marks is not None
        before, after = self._around(at)
        if self._is_size(at, before):
            return "'"
        if self.unspaced and max(before, after) >= _IDEOGRAPHS:
            self.single = not self.single
            return self.marks[2 if self.single else 3]
        if _is_word(before) and _is_word(after):
            return _APOSTROPHE
        if _DECADE.match(self.text, at) or _ELIDED.match(self.text, at):
            return _APOSTROPHE
        if self._opens(at, before, after, inside=self.single):
            if not self._closes_after(at):
                return _APOSTROPHE
            self.single, self.opened = True, at
            return self.marks[2]
        if not before or before.isspace():
            return "'"
        if self.single:
            self.single = False
            return self.marks[3]
        return "'" if before.isdigit() else _APOSTROPHE

    def _is_size(self, at: int, before: str) -> bool:
        """Whether the sign at `at` stands in "6'2", which goes on to `size_end`."""
        if not before.isdecimal() or not (size := _SIZE.match(self.text, at)):
            return False
        start = at
        while start and self.text[start - 1].isdecimal():
            start -= 1
        if start < self.size_end or (start and re.match(r"\w", self.text[start - 1])):
            return False
        self.size_end = size.end()
        return True

    def _closes_after(self, at: int) -> bool:
        if self.last_closing == -2:
            self.last_closing = max((m.start() for m in _CLOSING.finditer(self.text)), default=-1)
        return self.last_closing > at


def _addresses(text: str) -> list[tuple[int, int]]:
    """Where addresses stand, in time that grows with the text only."""
    found = []
    for match in _WORD.finditer(text):
        word, (start, end) = match[0], match.span()
        if "://" in word or _is_mail(word):
            found.append((start, end))
        elif web := _WEB.search(word):
            found.append((start + web.start(), end))
    return found


def _is_mail(word: str) -> bool:
    at = word.find("@", 1)
    return at > 0 and word.find(".", at + 2, -1) > 0


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == OPAQUE
