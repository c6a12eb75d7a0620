"""Block comments of WordPress's editor, `<!-- wp:name {"key": "value"} -->`: what they alone say.

Most blocks are HTML between two comments, and the comments go. Some are nothing but a comment.
Source: https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from blogforge.importers import pieces
from blogforge.importers.found import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

# The attributes are JSON in which "<", ">" and "--" are escaped.
_COMMENT = re.compile(r"<!--\s+(/?)wp:([a-z][a-z0-9_/-]*)\s+([^<>]*?)(/?)-->")
_PARAGRAPH = re.compile(r"<(p|h[1-6]|ul|ol|blockquote|figure|table|div|pre)\b", re.IGNORECASE)
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_DEEPEST = 5  # reusable blocks in reusable blocks
_SILENT = {"footnotes", "more", "nextpage", "spacer", "separator", "paragraph", "list", "column"}


class _Comment(NamedTuple):
    name: str
    attributes: dict[str, Any]
    ends: bool
    void: bool


def has_blocks(body: str) -> bool:
    """Whether `body` was written in the block editor."""
    return "<!-- wp:" in body


def without_comments(
    body: str, reusable: Mapping[str, str], notes: list[Note], depth: int = 0
) -> str:
    """`body` with its block comments taken out, or replaced by what they stand for.

    `reusable`: the bodies of reusable blocks by number. What only a running WordPress could show
    is told in `notes`.
    """
    out = []
    position = open_blocks = counted = 0
    line = 1
    language = ""
    for match in _COMMENT.finditer(body):
        line += body.count("\n", counted, match.start())
        counted = match.start()
        text = body[position : match.start()]
        out.append(_marked(text, language) if open_blocks else _classic(text))
        position = match.end()
        comment = _read(match)
        if comment.void:
            out.append(_instead(comment, reusable, notes, line if not depth else 0, depth))
        elif comment.ends:
            open_blocks = max(open_blocks - 1, 0)
            language = ""
        else:
            open_blocks += 1
            given = comment.attributes.get("language")
            language = given if isinstance(given, str) else ""
    text = body[position:]
    out.append(text if open_blocks else _classic(text))
    return "".join(out)


def _read(match: re.Match[str]) -> _Comment:
    ends, name, written, void = match.groups()
    try:
        given = msgspec.json.decode(written) if written.strip() else {}
    except (msgspec.DecodeError, RecursionError):
        given = {}
    attributes = given if isinstance(given, dict) else {}
    return _Comment(name.removeprefix("core/"), attributes, bool(ends), bool(void))


def _classic(text: str) -> str:
    """What stands outside any block: text of the classic editor, where it has no elements."""
    from blogforge.importers.wordpress.paragraphs import paragraphs

    return text if not text.strip() or _PARAGRAPH.search(text) else paragraphs(text)


def _marked(text: str, language: str) -> str:
    """`text` with the language that its block names on its code."""
    return _PRE.sub(f'<pre data-language="{escape(language)}"', text, count=1) if language else text


def _instead(
    comment: _Comment, reusable: Mapping[str, str], notes: list[Note], line: int, depth: int
) -> str:
    """What stands in the place of a block without content."""
    url = comment.attributes.get("url")
    if comment.name in {"block", "pattern"}:
        number = str(comment.attributes.get("ref", comment.attributes.get("slug", "")))
        if number in reusable and depth < _DEEPEST:
            return without_comments(reusable[number], reusable, notes, depth + 1)
        notes.append(Note(what=f"the reusable block {number} is not in the export", line=line))
        return ""
    if isinstance(url, str) and url:
        name = comment.attributes.get("label") or comment.attributes.get("service") or ""
        link = pieces.link(url, escape(str(name)))
        return f"<li>{link}</li>" if comment.name == "social-link" else pieces.paragraph(link)
    if comment.name not in _SILENT:
        what = f"the block “{comment.name}” is made by WordPress itself; nothing stands for it"
        notes.append(Note(what=what, line=line))
    return ""
