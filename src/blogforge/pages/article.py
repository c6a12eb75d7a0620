"""What templates see of an article on its own page."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from blogforge.images import Image
from blogforge.model import (
    Author,
    Body,
    Correction,
    Document,
    Group,
    Heading,
    Post,
    Reference,
    Translation,
    Value,
)
from blogforge.pages.dressing import dressed, has_images

if TYPE_CHECKING:
    from blogforge.pages.views import View

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


def article_of(path: str, view: View) -> ArticleView:
    """The article or standalone page whose source is at `path`, read through `view`."""
    document: Document = view.read(f"post:{path}")
    body: Body = view.read(f"body:{path}")
    shared: dict[str, Any] = {
        "path": path,
        "url": document.url,
        "title": document.title,
        "dek": document.dek,
        "lang": document.lang,
        "html": _with_pictures(document, body, view),
        "toc": body.toc,
        "words": body.words,
        "minutes": body.minutes,
        "image": document.image,
        "status": document.status,
        "extra": document.extra,
    }
    if not isinstance(document, Post):
        return ArticleView(**shared, updated=getattr(document, "updated", None))
    if document.status == "withdrawn":
        return ArticleView(**shared, updated=document.updated, date=document.date)
    card = view.card(path)
    return ArticleView(
        **shared,
        updated=document.updated,
        date=document.date,
        kicker=document.kicker,
        type=document.type,
        byline=card.byline,
        section=card.section,
        section_url=card.section_url,
        authors=view.read(f"authors:{path}"),
        tags=view.read(f"tags:{path}"),
        corrections=document.corrections,
        sources=document.sources,
        key_points=document.key_points,
        dateline=document.dateline,
        translations=tuple(t for t in view.translations(path) if t.url != document.url),
    )


def _with_pictures(document: Document, body: Body, view: View) -> Markup:
    """The HTML of a body with its pictures' renditions."""
    html = body.html
    if has_images(html):
        sizes = view.config.images.sizes
        html = dressed(html, view.picture, sizes, eager=document.image is None)
    return Markup(html)  # its author's, sanitized where not trusted
