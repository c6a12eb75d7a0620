"""Markdown that did not become what its author meant, and is printed as it stands.

What looks so in the source is told only where readers see it, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from blogforge.check.prose import fences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.content.engines import Engine
    from blogforge.errors import Problem

    Found = tuple[int, str, str]  # offset, message, hint

_NOTE = re.compile(r"^[ >]*\[\^([^\]\[\n]+)\]:", re.M)
_REFERENCE = re.compile(r"\[\^([^\]\[\n]+)\]")
_MARKS = {"FACTS", "QUOTE"}
_MARKER = re.compile(r"^(?=[ ]{0,3}>)[ >]+(\[!(\w+)\])", re.M)
# Hugo's and Jekyll's; https://gohugo.io/content-management/shortcodes/,
# https://jekyllrb.com/docs/liquid/tags/.
_SHORTCODE = re.compile(
    r"(\{\{[<%][ ]{0,3}/?[ ]{0,3}[\w-]+|\{\{-?[ ]{0,3}(?:site|page)\.\w+)[^{}]*\}\}"
    r"|(\{%-?[ ]{0,3}\w+)[^{}]*%\}"
)
_ITEM = re.compile(r"(?:([-*])|\d{1,3}\.)[ ]+\S")
_PRINTED_ITEM = re.compile(r"^[ ]*(?:[-–—*]|\d{1,3}\.)\s+\W*(\w+)", re.M)
_WORD = re.compile(r"\w+")
# What begins no line of a plain paragraph.
_NO_PROSE = tuple("#><|=-*+`~ \t:[")


class Body(NamedTuple):
    """A body as written, without its code, and as seen."""

    text: str
    prose: str
    seen: str
    engine: Engine


def unfinished(sheet: Sheet) -> Iterator[Problem]:
    """What is left over of footnotes, boxes, code fences, shortcodes and lists in bodies."""
    engine = sheet.config.markdown.engine
    body = Body(sheet.source.body, sheet.prose, sheet.seen, engine)
    for find in (_footnotes, _boxes, _fences, _shortcodes, _lists):
        for offset, message, hint in find(body):
            yield sheet.at(offset, message, hint)


def _footnotes(body: Body) -> Iterator[Found]:
    if "[^" not in body.prose:
        return
    notes = list(_NOTE.finditer(body.prose))
    of_notes = {note.start(1) for note in notes}
    references = [r for r in _REFERENCE.finditer(body.prose) if r.start(1) not in of_notes]
    for label, offset in {r[1]: r.start() for r in reversed(references)}.items():
        if f"[^{label}]" in body.seen:
            hint = f"write the note, '[^{label}]: …', on a line of its own"
            yield offset, f"the footnote [^{label}] has no note, and is printed as it stands", hint
    named = {reference[1].casefold() for reference in references}
    for note in notes:
        if note[1].casefold() not in named:
            hint = f"write [^{note[1]}] where it belongs, or take the note out"
            yield note.start(1) - 2, f"nothing refers to the note [^{note[1]}]", hint


def _boxes(body: Body) -> Iterator[Found]:
    for match in _MARKER.finditer(body.prose):
        marker, word = match.groups()
        if word.upper() not in _MARKS and marker in body.seen:
            message = f"{marker} makes no box, and is printed as it stands"
            yield match.start(1), message, "did you mean [!FACTS] or [!QUOTE]?"


def _fences(body: Body) -> Iterator[Found]:
    offset = fences(body.text, body.engine).unclosed
    if offset >= 0:
        fence = body.text[offset] * 3
        message = "the code that begins here never ends"
        yield offset, message, f"close it with {fence} on a line of its own"


def _shortcodes(body: Body) -> Iterator[Found]:
    for match in _SHORTCODE.finditer(body.prose):
        if match[0][:2] in body.seen:
            tag = f"{match[1]} … }}}}" if match[1] else f"{match[2]} … %}}"
            message = f"{tag} is another generator's, and is printed as it stands"
            yield match.start(), message, "write Markdown or HTML instead"


def _lists(body: Body) -> Iterator[Found]:
    """Items right under a paragraph, which Python-Markdown takes for lines of it."""
    if body.engine != "markdown":
        return
    candidates = [*_items_under_paragraphs(body.prose)]
    printed = set(_PRINTED_ITEM.findall(body.seen)) if candidates else set()
    for offset, line in candidates:
        word = _WORD.search(line, 2)
        if word and word[0] in printed:
            message = "this list is printed inside the paragraph above it"
            yield offset, message, "leave a blank line before the list"


def _items_under_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Offset and line of the first of several items, where plain lines of a paragraph precede."""
    offset = 0
    plain = 0  # lines of the paragraph so far; -1: it is something else
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        item = _ITEM.match(line)
        if not line.strip():
            plain = 0
        elif item and plain > 0 and _goes_on(item, following):
            yield offset, line
            plain = -1
        elif item or line.startswith(_NO_PROSE):
            plain = -1
        elif plain >= 0:
            plain += 1
        offset += len(line) + 1


def _goes_on(item: re.Match[str], following: str) -> bool:
    other = _ITEM.match(following)
    return other is not None and other[1] == item[1]
