"""Pictures of which those who cannot see them hear nothing: WCAG 2.2, success criterion 1.1.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

# `![](…)`, `![][…]`, and an element that does not even say that there is nothing to say.
_SILENT = re.compile(r"(?<!\\)!\[\s*\][(\[]|<img\b(?![^>]*\balt\s*=)[^>]*>", re.IGNORECASE)
_MESSAGE = "the picture has no description for those who cannot see it"
_ADORNS = 'where it only adorns, <img src="…" alt=""> says so'


def missing(sheet: Sheet) -> Iterator[Problem]:
    """A picture of a body, a post or a page without a description."""
    image = sheet.document.image
    if image and not image.alt.strip():
        yield sheet.of("image", _MESSAGE, "write image: {src: …, alt: what it shows}")
    for found in _SILENT.finditer(sheet.prose):
        in_html = found[0].startswith("<")
        hint = 'write alt="what it shows"' if in_html else "write ![what it shows](…)"
        yield sheet.at(found.start(), _MESSAGE, f"{hint}; {_ADORNS}")
