"""Corrections in the text, of which nobody knows when they were made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.model import Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

_CORRECTED = re.compile(
    r"^[ \t>*_(\[~]*(?:(?:correction|erratum|clarification|berichtigung|rectificatif|corrección)"
    r"[ \t*_]*[:—–]|(?:an|a previous|the original|an original)[ ]"
    r"(?:earlier[ ]|previous[ ]|original[ ])?version of this (?:article|story|post|piece|page)\b"
    r"|this (?:article|story|post|piece) (?:has been|was) corrected\b)",
    re.IGNORECASE | re.MULTILINE,
)
_DAY = re.compile(r"\b\d{1,2}\b[^\n]{0,20}\b\d{4}\b|\b\d{4}-\d{2}-\d{2}\b")
_END = re.compile(r"\n[ \t>]*\n|\Z")


def undated(sheet: Sheet) -> Iterator[Problem]:
    """A paragraph of a post that corrects it and has no date."""
    if not isinstance(sheet.document, Post):
        return
    for found in _CORRECTED.finditer(sheet.prose):
        end = _END.search(sheet.prose, found.end())
        paragraph = sheet.prose[found.start() : end.start() if end else None]
        if not _DAY.search(paragraph):
            offset = found.start() + len(found[0]) - len(found[0].lstrip(" \t>*_([~"))
            hint = "write it below 'corrections:' in the front matter, with its date"
            yield sheet.at(offset, "the correction has no date, and is in no list of them", hint)
