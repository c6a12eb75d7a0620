"""Where Pelican published things: its patterns, and its slugs."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogforge.importers.pelican.config import PelicanSite

_FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")


def slugified(words: str) -> str:
    """Words as pelican.utils.slugify has them; letters that have no ASCII spelling stay."""
    plain = unicodedata.normalize("NFKD", words)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"[^\w\s-]", "", plain).strip().lower()
    return re.sub(r"[-\s]+", "-", plain)


def filled(pattern: str, fields: Mapping[str, str], date: str) -> str:
    """A pattern of addresses (`{date:%Y}/{slug}/`) with its fields."""
    moment = datetime.fromisoformat(date) if date else datetime(1, 1, 1)

    def field(match: re.Match[str]) -> str:
        if match[1] == "date":
            form = (match[2] or "%Y-%m-%d").replace("%-", "%")
            said = moment.strftime(form)
            return re.sub(r"\b0(?=\d\b)", "", said) if "%-" in (match[2] or "") else said
        return fields.get(match[1], match[0])

    return _FIELD.sub(field, pattern)


def rooted(site: PelicanSite, address: str) -> str:
    """An address as Pelican's settings write it, as a path on its host."""
    path = f"{site.base}/{address.lstrip('/')}"
    return path.removesuffix("index.html") if path.endswith("/index.html") else path
