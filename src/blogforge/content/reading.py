"""How long an article is, and its first lines."""

from __future__ import annotations

import re

# Brysbaert, "How many words do we read per minute?" (2019): 238 words of English nonfiction.
_WORDS_A_MINUTE = 238
_CHARACTERS_A_MINUTE = 500
_EXCERPT = 280

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_MARKS_ALONE = re.compile(r"(?<!\S)[^\w\s]+(?!\S)")


def length(text: str) -> tuple[int, int]:
    """(words, minutes) of a text; each Chinese or Japanese character counts as a word."""
    characters = 0
    if not text.isascii():
        text, characters = _CJK.subn(" ", text)
    pieces = text.split()
    doubtful = [piece for piece in pieces if not piece[0].isalnum()]
    words = len(pieces) - len(_MARKS_ALONE.findall(" ".join(doubtful)))
    minutes = words / _WORDS_A_MINUTE + characters / _CHARACTERS_A_MINUTE
    return words + characters, max(1, round(minutes))


def excerpt(paragraph: str) -> str:
    """A paragraph on one line, cut behind a word near 280 characters."""
    line = " ".join(paragraph.split())
    if len(line) <= _EXCERPT:
        return line
    cut = line[:_EXCERPT]
    if not line[_EXCERPT].isspace() and cut.rfind(" ") > _EXCERPT // 2:
        cut = cut[: cut.rfind(" ")]
    return cut.rstrip(" ,;:–—-.…") + "…"
