"""Attribute lists of Goldmark (`{.lead}`) and kramdown (`{: .lead}`) in Markdown.

An id stays, because links lead to it. Classes, styles and targets belong to the old theme.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.importers.prose import outside_code

if TYPE_CHECKING:
    from blogforge.importers.marks import Marks

# Atomic groups, so that no text takes long to be found to be no list.
_ONE = r"""(?>\.[\w:-]+|\#[\w:.-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s}"'=]+))"""
_LIST = rf"{_ONE}(?>[ ,]*{_ONE})*+"
_KRAMDOWN = re.compile(rf"[ ]?\{{:[ ]*({_LIST}|[\w-]+)[ ]*\}}")
_KRAMDOWN_HEADING = re.compile(
    rf"(?m)^([ ]{{0,3}}\#{{1,6}}[ ].*)\n[ ]{{0,3}}\{{:[ ]*({_LIST})[ ]*\}}[ ]*$"
)
_GOLDMARK_HEADING = re.compile(rf"(?m)^([ ]{{0,3}}\#{{1,6}}[ ].*?)[ ]\{{[ ]*({_LIST})[ ]*\}}[ ]*$")
_GOLDMARK_LINE = re.compile(rf"(?m)^[ ]{{0,3}}\{{[ ]*({_LIST})[ ]*\}}[ ]*$")
_CONTENTS = re.compile(r"(?m)^[ ]*(?:[*+-]|\d+\.)[ ]+.*\n[ ]*\{:[ ]*toc[ ]*\}[ ]*$")
_OPTIONS = re.compile(r"(?m)^\{::(?:options|comment)\b[^}\n]*/\}[ ]*$")
_ID = re.compile(r"#([\w:.-]+)|\bid=[\"']?([\w:.-]+)")


def without_attributes(body: str, marks: Marks, *, kramdown: bool) -> str:
    """A Markdown body whose attribute lists name ids at most; `marks` tell what was dropped."""
    change = _kramdown if kramdown else _goldmark
    return outside_code(body, lambda part: change(part, marks))


def _kramdown(text: str, marks: Marks) -> str:
    def contents(match: re.Match[str]) -> str:
        del match
        return marks.at("the list of contents is dropped: the article page has its own") + "\n"

    def attributes(match: re.Match[str]) -> str:
        return _kept(match[1], match[0], marks)

    def of_heading(match: re.Match[str]) -> str:
        return match[1].rstrip() + _kept(match[2], f" {match[0]}", marks) + "\n"

    text = _CONTENTS.sub(contents, text)
    text = _KRAMDOWN_HEADING.sub(of_heading, text)
    text = _OPTIONS.sub("", text)
    return _KRAMDOWN.sub(attributes, text)


def _goldmark(text: str, marks: Marks) -> str:
    text = _GOLDMARK_HEADING.sub(lambda m: m[1].rstrip() + _kept(m[2], m[0], marks), text)
    return _GOLDMARK_LINE.sub(lambda m: _kept(m[1], m[0], marks).strip(), text)


def _kept(attributes: str, written: str, marks: Marks) -> str:
    """What stays of an attribute list: its id, as Python-Markdown reads it."""
    found = _ID.search(attributes)
    rest = attributes.replace(found[0], "", 1).strip() if found else attributes
    mark = marks.at(f"attributes of the old theme are dropped: {rest}") if rest else ""
    line = written.lstrip(" ").startswith("{")
    space = "" if line and not written.startswith(" ") else " "
    return (f"{space}{{#{found[1] or found[2]}}}" if found else "") + mark
