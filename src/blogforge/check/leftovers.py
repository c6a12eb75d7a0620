"""Marks of unfinished work that were left in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

# TK, "to come", is journalism's own: https://en.wikipedia.org/wiki/To_come_(publishing).
_LEFT = re.compile(
    r"(?<![\w./@#-])(?:TK(?:TK)+|TKs?(?![\w/-]|\.\w)|(?:TODO|FIXME|XXX)(?=:)|XXXX+)"
    r"|(?<![\w/])\[(?:TODO|FIXME|TBC|TBD|XXX?|citation needed|source needed|check)\]"
    r"(?![(\[:])"
    r"|\b[Ll]orem [Ii]psum,? [Dd]olor\b|\?{4,}|^(?:<{7}|>{7})(?= )",
    re.MULTILINE,
)
_MESSAGE = "stands for something that is still to come"
_HINT = "write it, or take it out"
_ADDRESS = re.compile(r"\]\([^)\n]*\)|<https?:[^>\n]*>|https?://\S+|<[a-z!/][^>]*>", re.IGNORECASE)


def placeholders(sheet: Sheet) -> Iterator[Problem]:
    """TK, TODO:, FIXME:, [citation needed], lorem ipsum and what else stands for text to come."""
    for key in ("title", "dek"):
        if left := _LEFT.search(getattr(sheet.document, key)):
            yield sheet.of(key, f"'{left[0]}' in the {key} {_MESSAGE}", _HINT)
    if _LEFT.search(sheet.prose):
        text = _ADDRESS.sub(lambda address: " " * len(address[0]), sheet.prose)
        for found in _LEFT.finditer(text):
            if found[0] in sheet.seen:
                yield sheet.at(found.start(), f"'{found[0]}' {_MESSAGE}", _HINT)
