"""The YAML that nearly all front matter is, read without a parser's events.

    title: Text, or text in quotes
    tags: [one, "two"]
    authors:
    - one

An entry is a line: a key, and a value on it or as a list of lines below. Whatever else YAML has,
down to a '#' or an escape in quotes, is left to `strict_yaml`, which reads the same values here.
"""

from __future__ import annotations

import re

NULLS = frozenset({"", "~", "null", "Null", "NULL"})

# A scalar in quotes says what stands in them; a plain one begins with a letter or digit, and its
# colons are within a word. What a possessive group may begin with is looked at first: before
# Python 3.11.4 one that fails half-way keeps what it had taken.
_QUOTED = r"\"[^\"\\\n\t]*\"|'(?:[^'\n\t]++|(?='')'')*+'"
_PLAIN = r"[^\W_](?:[^\n\t#:]++|(?=:\S):)*+"
_IN_BRACKETS = r"[^\W_][^\n\t#:,?\[\]{}\"]*+"
_ENTRY = re.compile(
    rf"(?P<key>[A-Za-z][A-Za-z0-9_]{{0,60}}):(?:[ ]+(?P<scalar>{_QUOTED}|{_PLAIN})"
    rf"|[ ]+\[(?P<list>(?:[ ]*(?:{_QUOTED}|{_IN_BRACKETS})[ ]*(?:,|(?=\])))*)\]"
    rf"|(?P<lines>\n(?P<indent>[ ]*)-[ ]+(?:{_QUOTED}|{_PLAIN})[ ]*"
    rf"(?:\n(?P=indent)-[ ]+(?:{_QUOTED}|{_PLAIN})[ ]*)*))[ ]*(?:\n|\Z)"
)
_LISTED = re.compile(rf"{_QUOTED}|{_IN_BRACKETS}")
_LINE = re.compile(rf"-[ ]+({_QUOTED}|{_PLAIN})")

Scalar = str | None


def plain_values(text: str) -> dict[str, Scalar | list[Scalar]] | None:
    """What the mapping `text` says, or None where it is not of this kind.

    `text` has LF line ends and no control characters.
    """
    values: dict[str, Scalar | list[Scalar]] = {}
    at = 0
    while at < len(text):
        entry = _ENTRY.match(text, at)
        if entry is None or (key := entry["key"]) in values:
            return None
        if entry["scalar"] is not None:
            values[key] = _scalar(entry["scalar"])
        else:
            found = _LISTED.findall(entry["list"]) if entry["list"] else []
            found = _LINE.findall(entry["lines"]) if entry["lines"] else found
            values[key] = [_scalar(each) for each in found]
        at = entry.end()
    return values or None


def _scalar(written: str) -> Scalar:
    if written[0] == '"':
        return written[1:-1]
    if written[0] == "'":
        return written[1:-1].replace("''", "'")
    text = written.rstrip(" ")
    return None if text in NULLS else text
