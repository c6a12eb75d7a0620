"""What templates see of an article on its own page."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any

from markupsafe import Markup

from blogforge.images import Image
from blogforge.model import Author, Correction, Group, Heading, Reference, Translation, Value

_LINK = re.compile(r'<a(?: [^ =>"]+(?:="[^"]*")?)*? href="(https?://[^"]*)"')  # as lexbor writes it


class ArticleView(Value, frozen=True, kw_only=True):
    """`article` in a template: a card's fields and everything else that its own page shows."""

    path: str
    url: str
    title: str
    dek: str
    lang: str
    html: Markup
    toc: tuple[Heading, ...]
    words: int
    minutes: int
    image: Image | None
    status: str
    extra: dict[str, Any]
    updated: datetime | None
    date: datetime | None = None
    kicker: str = ""
    type: str = ""
    byline: tuple[Any, ...] = ()
    section: str = ""
    section_url: str = ""
    authors: tuple[Author, ...] = ()
    tags: tuple[Group, ...] = ()
    corrections: tuple[Correction, ...] = ()
    sources: tuple[Reference, ...] = ()
    key_points: tuple[str, ...] = ()
    dateline: str = ""
    translations: tuple[Translation, ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        """Where the body's links lead that leave the site, in their order; for paper."""
        return tuple(map(unescape, _LINK.findall(self.html)))
