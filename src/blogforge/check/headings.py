"""Headings that say nothing, or that leave a level out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

_MARKED = re.compile(r"^[ ]{0,3}(#{1,6})(?:[ \t][^\n]*)?$", re.MULTILINE)
_UNDERLINED = re.compile(r"\n[ ]{0,3}(=+|-+)[ \t]*$", re.MULTILINE)
_TAGGED = re.compile(r"<h([1-6])\b[^>]*>.*?</h\1>", re.DOTALL | re.IGNORECASE)
_TARGET = re.compile(r"\]\([^)]*\)|\{[^}]*\}[ \t]*$|<[^>]*>")
_NO_WORDS = re.compile(r"[\W_]+")
_EMPTY = re.compile(
    r"^[ ]{0,3}#{1,6}[ \t#]*$|<h([1-6])\b[^>]*>\s*</h\1>", re.MULTILINE | re.IGNORECASE
)


class Heading(NamedTuple):
    """A heading as its author wrote it: where, and how deep."""

    offset: int
    level: int


def skipped(sheet: Sheet) -> Iterator[Problem]:
    """A heading more than one level below the one before."""
    before = 0
    for heading in _headings(sheet):
        if before and heading.level > before + 1:
            message = f"a heading of level {heading.level} follows one of level {before}"
            hint = f"write level {before + 1}, which readers get in any case"
            yield sheet.at(heading.offset, message, hint)
        before = heading.level


def empty(sheet: Sheet) -> Iterator[Problem]:
    """A heading without a word."""
    if not any(not node.text().strip() for node in sheet.tree.css("h1,h2,h3,h4,h5,h6")):
        return
    for found in _EMPTY.finditer(sheet.prose):
        if "`" not in sheet.source.body[slice(*found.span())]:  # code is blank here
            yield sheet.at(found.start(), "the heading is empty", "write it, or take it out")


def _headings(sheet: Sheet) -> Iterator[Heading]:
    """What looks like a heading in the source and is one in the article, too."""
    nodes = sheet.tree.css("h1,h2,h3,h4,h5,h6")
    shown = [_plain(node.text()) for node in nodes]
    if len(shown) < 2:
        return
    for start, end, level in sorted(_candidates(sheet.prose)):
        text = _plain(_TARGET.sub("", sheet.source.body[start:end]))
        if text in shown:
            del shown[: shown.index(text) + 1]
            yield Heading(start, level)


def _candidates(prose: str) -> Iterator[tuple[int, int, int]]:
    """Where lines begin and end that look like headings, and of what level."""
    for found in _MARKED.finditer(prose):
        yield found.start(), found.end(), len(found[1])
    for found in _UNDERLINED.finditer(prose):
        start = prose.rfind("\n", 0, found.start()) + 1
        if prose[start : found.start()].strip():
            yield start, found.start(), 1 if found[1].startswith("=") else 2
    for found in _TAGGED.finditer(prose) if "</h" in prose.lower() else ():
        yield found.start(), found.end(), int(found[1])


def _plain(text: str) -> str:
    return _NO_WORDS.sub("", text).casefold()
