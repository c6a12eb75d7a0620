"""Where a name stands in a text, whatever signs its words are joined by.

Words are as `content.terms` has them: NFKC, without regard to case. In scripts without spaces each
character is a word, so that a name is found wherever its characters stand side by side.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Self

from blogforge.content.terms import LETTERS, UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator

# Vowels and other signs that belong to the character before them, in scripts without spaces.
_MARKS = (
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059"
    r"\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d"
    r"\u17b4-\u17d3\u3099\u309a"
)
_BETWEEN = "゠・"  # between the words of names in kana
_WORD = re.compile(rf"(?![{_BETWEEN}])[{UNSPACED}][{_MARKS}]*|(?:(?![{UNSPACED}_])[{LETTERS}])+")
# What may part two words of any name, and what parts them only in names that are written so:
# "al-Qaeda" and "U.S.", but neither "Iraq, Iran" nor the end of a sentence.
_LIGHT = re.compile(rf"(?:[\s_'‘’`\-\u2010-\u2013·{_BETWEEN}•&/+]|\.(?!\s))+")
_HEAVY = re.compile(r"[\W_]{1,4}")


class Searched(NamedTuple):
    """A text to find names in, as it stands and in small letters: the two are of one length."""

    cased: str
    lower: str

    @classmethod
    def of(cls, text: str) -> Self:
        """`text` in NFKC."""
        cased = text if text.isascii() else unicodedata.normalize("NFKC", text)
        cased = cased.replace("\u0130", "I\u0307")  # the one letter that is longer in small
        return cls(cased, cased.lower())


class Spelling(NamedTuple):
    """A name as words; `signs`: what may stand between each two of them, None where nothing may.

    `capitals`: the name has no small letter, and is found only where the text has none, either:
    "US" and "WHO" are not "us" and "who".
    """

    words: tuple[str, ...]
    signs: tuple[re.Pattern[str] | None, ...]
    capitals: bool

    @property
    def term(self) -> str:
        """The words with "_" between those that are parted."""
        joints = ("_" if sign else "" for sign in (*self.signs, None))
        return "".join(part for word in zip(self.words, joints, strict=True) for part in word)

    def places(self, text: Searched) -> Iterator[tuple[int, int]]:
        """Where it begins and ends in `text`."""
        where, first = text.cased if self.capitals else text.lower, self.words[0]
        at = where.find(first)
        while at >= 0:
            if _parts(where, at) and (end := self._end(where, at)):
                yield at, end
            at = where.find(first, at + 1)

    def _end(self, text: str, at: int) -> int:
        """Where it ends in `text`, if it begins at `at`; else 0."""
        end = at
        for word, sign in zip(self.words, (None, *self.signs), strict=True):
            if sign and (found := sign.match(text, end)):
                end = found.end()
            if not text.startswith(word, end):
                return 0
            end += len(word)
            if not _parts(text, end):
                return 0
        return end


@lru_cache(maxsize=10_000)
def spelling(name: str) -> Spelling:
    """The words of `name`; none where it has neither letter nor digit."""
    text = Searched.of(name)
    capitals = text.cased.isupper()
    written = text.cased if capitals else text.lower
    found = list(_WORD.finditer(written))
    signs = (_sign(written[one.end() : two.start()]) for one, two in pairwise(found))
    return Spelling(tuple(word[0] for word in found), tuple(signs), capitals)


def _sign(between: str) -> re.Pattern[str] | None:
    if not between:
        return None
    return _LIGHT if _LIGHT.fullmatch(between) else _HEAVY


def _parts(text: str, at: int) -> bool:
    """Whether no word of `text` goes on at `at`."""
    return not 0 < at < len(text) or not _of_one_word(text[at - 1], text[at])


@lru_cache(maxsize=10_000)
def _of_one_word(before: str, after: str) -> bool:
    """Whether two characters that stand side by side are of one word."""
    return bool(_WORD.fullmatch(before + after))
