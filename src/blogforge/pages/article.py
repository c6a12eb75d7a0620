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
    Byline,
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

    path: str  #: of its source
    url: str  #: for an `href`
    title: str  #: the headline
    dek: str  #: one or two sentences
    lang: str  #: a BCP 47 tag
    html: Markup  #: the body, safe to print
    toc: tuple[Heading, ...]  #: the contents
    words: int  #: how many
    minutes: int  #: that reading takes
    image: Image | None  #: the picture, if there is one
    status: str  #: published, unlisted, withdrawn or draft
    extra: dict[str, Any]  #: the free fields of front matter
    updated: datetime | None  #: the last real change, if there was one
    date: datetime | None = None  #: of posts
    kicker: str = ""  #: a few words above the headline
    type: str = ""  #: analysis, opinion, news or explainer
    byline: tuple[Byline, ...] = ()  #: who wrote it, as cards have it
    section: str = ""  #: its name; may be empty
    section_url: str = ""  #: may be empty
    authors: tuple[Author, ...] = ()  #: who wrote it
    tags: tuple[Group, ...] = ()  #: what it is about
    corrections: tuple[Correction, ...] = ()  #: as front matter has them
    sources: tuple[Reference, ...] = ()  #: what it rests on
    key_points: tuple[str, ...] = ()  #: the article in a few lines
    dateline: str = ""  #: where it was reported from; the body shows it
    translations: tuple[Translation, ...] = ()  #: into other languages

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
