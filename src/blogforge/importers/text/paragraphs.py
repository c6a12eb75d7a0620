"""Lines -> paragraphs, whether these are parted by blank lines or by every line's end."""

from __future__ import annotations

import re
from itertools import pairwise

from blogforge.importers.text.passages import Passage, Passages

BULLET = re.compile(r"[•‣◦▪▫●○·∙*+-] +(?=\S)")
NUMBER = re.compile(r"\(?\d{1,3}[.)] +(?=\S)")
_STARTS = re.compile(rf"(?:{BULLET.pattern})|(?:{NUMBER.pattern})|\[\d+\] |[¹²³⁴⁵⁶⁷⁸⁹]+ ?(?=\w)")
_WIDEST = 100  # columns: no one wraps lines at more, and no paragraph is always shorter
_NARROWEST = 40
_WRAPPED = 0.6  # the share of lines that are full, in a text of lines of one width
_CUT = re.compile(r"(?<=\w)-$")
_AFTER_A_HYPHEN = re.compile(r"(?!(?:and|or|to|und|oder|bis|et|ou|y|e)\b)[^\W\d_]")


def paragraphs(text: str) -> Passages:
    """The paragraphs of a cleaned text, in order, with their lines; no word is left out.

    Lines are joined where a program or a person has wrapped them: where the next one's first word
    would not have fitted, or goes on in lower case. Else each line is a paragraph. A bullet or a
    number begins one; what is indented under it belongs to it.
    """
    lines = text.split("\n")
    width = _width([line.strip() for line in lines])
    found: Passages = []
    before = ""  # the line above
    for number, line in enumerate(lines, start=1):
        quoted = line.lstrip().startswith(">")
        said = line.strip().lstrip("> ") if quoted else line.strip()
        if said and found and before and _goes_on(found[-1], before, line, width):
            found[-1] = _longer(found[-1], said)
        elif said:
            shown = f"> {said}" if quoted else said
            found.append(Passage(line=number, text=shown, apart=not before))
        before = line.strip() if said else ""
    return found


def unmarked(text: str) -> str:
    """An item of a list without its bullet."""
    mark = BULLET.match(text)
    return text[mark.end() :] if mark else text


def _width(lines: list[str]) -> int:
    """At which column a text is wrapped; 0 where it is not."""
    pairs = [(a, b) for a, b in pairwise(lines) if a and b and not _STARTS.match(b)]
    width = max((len(line) for line, _ in pairs), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    joined = sum(_is_full(line, b, width) or b[0].islower() for line, b in pairs)
    return width if joined >= _WRAPPED * len(pairs) else 0


def _goes_on(passage: Passage, before: str, line: str, width: int) -> bool:
    """Whether `line` belongs to the passage whose last line is `before`."""
    said = line.strip()
    quoted = passage.text.startswith("> ")
    if quoted != said.startswith(">") or _STARTS.match(said.lstrip("> ")):
        return False
    words = said.lstrip("> ")
    if line.startswith("  ") and _STARTS.match(passage.text):
        return True
    half = len(before) * 2 > width > 0
    return _is_full(before, words, width) or (half and words[:1].islower())


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of `following` would have gone beyond `width` columns."""
    return width > 0 and len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _longer(passage: Passage, said: str) -> Passage:
    hyphen = _CUT.search(passage.text) and _AFTER_A_HYPHEN.match(said)
    text = f"{passage.text}{'' if hyphen else ' '}{said}"
    return Passage(line=passage.line, text=text, apart=passage.apart)
