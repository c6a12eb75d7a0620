"""Pictures of which those who cannot see them hear nothing: WCAG 2.2, success criterion 1.1.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.check.prose import without_code
from blogforge.content.places import problem_at
from blogforge.errors import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.edition import Edition

# `![](…)`, `![][…]`, and an element that does not even say that there is nothing to say.
_SILENT = re.compile(r"(?<!\\)!\[\s*\][(\[]|<img\b(?![^>]*\balt\s*=)[^>]*>", re.IGNORECASE)
_MESSAGE = "the picture has no description for those who cannot see it"
_ADORNS = 'where it only adorns, <img src="…" alt=""> says so'


def missing(edition: Edition) -> Iterator[Problem]:
    """A picture of a body, a post or a page without a description."""
    engine = edition.site.config.markdown.engine
    for document in edition.site.documents:
        if document.image and not document.image.alt.strip():
            hint = "write image: {src: …, alt: what it shows}"
            where = Location(document.path)
            yield Problem(_MESSAGE, where, hint, level="warning", key=("image",))
        source = edition.reading.sources[document.path]
        for found in _SILENT.finditer(without_code(source.body, engine)):
            in_html = found[0].startswith("<")
            hint = 'write alt="what it shows"' if in_html else "write ![what it shows](…)"
            yield problem_at(source, found.start(), _MESSAGE, f"{hint}; {_ADORNS}", "warning")
