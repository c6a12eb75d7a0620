"""A text's passages as a Markdown body with the same words, whatever signs they hold."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from blogforge.importers import escaping
from blogforge.importers.text import quotations, structure
from blogforge.importers.text.paragraphs import NUMBER, unmarked

if TYPE_CHECKING:
    from blogforge.importers.text.passages import Passage, Passages, Place

BODY: frozenset[Place] = frozenset(
    {"", "heading", "quote", "attribution", "bullet", "number", "rule", "note"}
)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»\[\]{}|\\^`]*[\w/]")


def body(passages: Passages) -> str:
    """The body of a post: its passages in order, quotations and lists together."""
    blocks = [
        _block(place, list(group))
        for place, group in groupby((p for p in passages if p.place in BODY), key=_kind)
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str, begins: bool = True) -> str:
    """Plain text as Markdown that shows it as it is; addresses become links."""
    parts: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        parts += [escaping.escaped(text[end : match.start()], careful=True), f"<{match[0]}>"]
        end = match.end()
    shown = "".join(parts) + escaping.escaped(text[end:], careful=True)
    return escaping.at_line_starts(shown) if begins else shown


def _kind(passage: Passage) -> str:
    return "quote" if passage.place == "attribution" else passage.place


def _block(place: str, passages: Passages) -> str:
    match place:
        case "quote":
            return "\n\n".join(map(_quotation, _apart(passages)))
        case "bullet":
            return "\n".join(f"- {escaped(unmarked(p.text))}" for p in passages)
        case "number":
            return "\n".join(map(_numbered, passages))
        case "heading":
            return "\n\n".join(f"## {escaped(p.text)}" for p in passages)
        case "rule":
            return "* * *"
        case "note":
            return "\n".join(
                f"[^{p.value}]: {escaped(structure.note_text(p.text))}" for p in passages
            )
        case _:
            return "\n\n".join(map(_paragraph, passages))


def _paragraph(passage: Passage) -> str:
    if passage.value != "refers":
        return escaped(passage.text)
    parts: list[str] = []
    end = 0
    for match in structure.REFERENCE.finditer(passage.text):
        parts += [escaped(passage.text[end : match.start()], begins=not end)]
        parts += [f"[^{structure.number(match)}]"]
        end = match.end()
    return "".join(parts) + escaped(passage.text[end:], begins=False)


def _numbered(passage: Passage) -> str:
    match = NUMBER.match(passage.text)
    assert match, passage  # or it would be no numbered item
    return f"{''.join(filter(str.isdecimal, match[0]))}. {escaped(passage.text[match.end() :])}"


def _apart(passages: Passages) -> list[Passages]:
    """Quotations that follow each other, each with its source."""
    quoted: list[Passages] = [[]]
    for passage in passages:
        quoted[-1].append(passage)
        if passage.place == "attribution":
            quoted.append([])
    return [each for each in quoted if each]


def _quotation(passages: Passages) -> str:
    lines = [
        f"— {escaped(p.value, begins=False)}"
        if p.place == "attribution"
        else escaped(quotations.said(p.text))
        for p in passages
    ]
    return "\n>\n".join(f"> {line}" for line in lines)
