"""Attribute lists of Goldmark (`{.lead}`) and kramdown (`{: .lead}`) in Markdown.

An id stays, because links lead to it. Classes, styles and targets belong to the old theme.
"""

from __future__ import annotations

import re

from blogforge.importers.found import Note
from blogforge.importers.prose import outside_code

_ONE = r"""(?:[.\#][\w:.-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s}"'=]+))"""
_LIST = rf"{_ONE}(?:[ ,]*{_ONE})*"
_KRAMDOWN = re.compile(rf"[ ]*\{{:[ ]*({_LIST}|[\w-]+)[ ]*\}}")
_KRAMDOWN_HEADING = re.compile(
    rf"(?m)^([ ]{{0,3}}\#{{1,6}}[ ].*?)[ ]*\n[ ]{{0,3}}\{{:[ ]*({_LIST})[ ]*\}}[ ]*$"
)
_GOLDMARK_HEADING = re.compile(rf"(?m)^([ ]{{0,3}}\#{{1,6}}[ ].*?)[ ]+\{{[ ]*({_LIST})[ ]*\}}[ ]*$")
_GOLDMARK_LINE = re.compile(rf"(?m)^[ ]{{0,3}}\{{[ ]*({_LIST})[ ]*\}}[ ]*$")
_CONTENTS = re.compile(r"(?m)^[ ]*(?:[*+-]|\d+\.)[ ]+.*\n[ ]*\{:[ ]*toc[ ]*\}[ ]*$")
_OPTIONS = re.compile(r"(?m)^\{::(?:options|comment)\b[^}\n]*/\}[ ]*$")
_ID = re.compile(r"#([\w:.-]+)|\bid=[\"']?([\w:.-]+)")


class _Notes:
    """What was dropped, each kind of it told once, at its first line."""

    def __init__(self, whole: str) -> None:
        self.whole = whole
        self.found: dict[str, Note] = {}

    def add(self, what: str, text: str) -> None:
        line = self.whole.count("\n", 0, max(self.whole.find(text.strip()), 0)) + 1
        self.found.setdefault(what, Note(what=what, line=line))


def without_attributes(body: str, *, kramdown: bool) -> tuple[str, tuple[Note, ...]]:
    """A Markdown body whose attribute lists name ids at most, and what was dropped.

    Lines stay where they are.
    """
    notes = _Notes(body)
    change = _kramdown if kramdown else _goldmark
    return outside_code(body, lambda part: change(part, notes)), tuple(notes.found.values())


def _kramdown(text: str, notes: _Notes) -> str:
    def contents(match: re.Match[str]) -> str:
        notes.add("the list of contents is dropped: the article page has its own", match[0])
        return "\n"

    def attributes(match: re.Match[str]) -> str:
        return _kept(match[1], match[0], notes)

    def of_heading(match: re.Match[str]) -> str:
        return match[1] + _kept(match[2], f" {match[0]}", notes) + "\n"

    text = _CONTENTS.sub(contents, text)
    text = _KRAMDOWN_HEADING.sub(of_heading, text)
    text = _OPTIONS.sub("", text)
    return _KRAMDOWN.sub(attributes, text)


def _goldmark(text: str, notes: _Notes) -> str:
    text = _GOLDMARK_HEADING.sub(lambda m: m[1] + _kept(m[2], m[0], notes), text)
    return _GOLDMARK_LINE.sub(lambda m: _kept(m[1], m[0], notes).strip(), text)


def _kept(attributes: str, written: str, notes: _Notes) -> str:
    """What stays of an attribute list: its id, as Python-Markdown reads it."""
    found = _ID.search(attributes)
    rest = attributes.replace(found[0], "", 1).strip() if found else attributes
    if rest:
        notes.add(f"attributes of the old theme are dropped: {rest}", written)
    line = written.lstrip(" ").startswith("{")
    space = "" if line and not written.startswith(" ") else " "
    return f"{space}{{#{found[1] or found[2]}}}" if found else ""
