"""The lines of metadata that open a Pelican file, in Markdown or HTML."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from blogforge.errors import ContentError
from blogforge.importers import matter
from blogforge.importers.names import inner_html
from blogforge.importers.values import text, texts
from blogforge.value import Value

if TYPE_CHECKING:
    from blogforge.importers.source import Source

# Python-Markdown's meta extension, which Pelican has its header from.
_KEY = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):(?:\s+(?P<value>.*)|\s*)$")
_MORE = re.compile(r"[ ]{4,}(?P<value>.*)")
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.S | re.I)
_META = re.compile(r"<meta\b([^>]*)>", re.I)
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Headed(Value, frozen=True, kw_only=True):
    """A file's metadata (keys in lower case), its body, and the line on which that begins."""

    values: dict[str, str]
    body: str
    line: int = 1


def of_markdown(content: str, path: str, source: Source) -> Headed:
    """The header of a Markdown file: YAML between lines of three hyphens, or `Key: value` lines.

    What stands between such lines and is no YAML is read as Pelican itself does.
    """
    if content.lstrip("\ufeff\n").startswith("---"):
        try:
            read = matter.split(content, path)
        except ContentError:  # Pelican takes such lines, too
            pass
        else:
            source.problems.extend(read.problems)
            values = {
                key.lower(): "; ".join(texts(value)) if isinstance(value, list) else text(value)
                for key, value in read.values.items()
            }
            return Headed(values=values, body=read.body, line=read.line)
    return _of_lines(content.removeprefix("\ufeff"))


def _of_lines(content: str) -> Headed:
    values: dict[str, str] = {}
    key = ""
    lines = content.split("\n")
    at = 1 if lines[0].startswith("---") else 0
    while at < len(lines):
        line = lines[at]
        found, more = _KEY.match(line), _MORE.match(line)
        if not line.strip() or line.startswith(("---", "...")):
            at += 1
            break
        if found:
            key = found["key"].lower()
            values[key] = (found["value"] or "").strip()
        elif more and key:
            values[key] = f"{values[key]} {more['value'].strip()}".strip()
        else:
            break
        at += 1
    if not values:
        return Headed(values={}, body=content)
    return Headed(values=values, body="\n".join(lines[at:]), line=at + 1)


def of_html(content: str) -> Headed:
    """The metadata of an HTML document: its title, and its `meta` elements."""
    values: dict[str, str] = {}
    for meta in _META.finditer(content):
        told = {key.lower(): a or b for key, a, b in _ATTRIBUTE.findall(meta[1])}
        if name := told.get("name", ""):
            values[name.lower()] = html.unescape(told.get("content", told.get("contents", "")))
    if title := _TITLE.search(content[:20_000]):
        values.setdefault("title", " ".join(html.unescape(title[1]).split()))
    body = inner_html(content)
    return Headed(values=values, body=body, line=content.count("\n", 0, content.find(body)) + 1)
