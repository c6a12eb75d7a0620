"""What a page's template sees: the page, the site, and what the page is about, by its type."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from msgspec import structs

from blogforge.model import Card, Page, Value
from blogforge.pages.corrections import correction_view
from blogforge.pages.directories import calendar, directory_entries, story_lines
from blogforge.pages.follow import OPML, corrections_offer, offer_shelves, whole_site
from blogforge.pages.head import head
from blogforge.pages.languages import Switch, switch
from blogforge.pages.subjects import (
    ArticleSubject,
    Calendar,
    Corrections,
    Directory,
    Follow,
    Front,
    Listing,
    Period,
    Timeline,
)
from blogforge.pages.views import View


class PageView(Value, frozen=True, kw_only=True):
    """`page` in a template."""

    url: str  #: of this page, for an `href`
    kind: str  #: home, article, section, tag, …
    title: str  #: empty on the front page
    lang: str  #: a BCP 47 tag
    languages: tuple[Switch, ...] = ()  #: those of the site, where it has several


class Paging(Value, frozen=True, kw_only=True):
    """`paging` in a template: where a page of a list stands; URLs are empty at the ends."""

    number: int  #: of this page, from 1
    total: int  #: of pages
    previous: str  #: URL, or empty
    next: str  #: URL, or empty


class StoryView(Value, frozen=True, kw_only=True):
    """`story` on the first page of a story: how many articles it has, the first and the newest."""

    count: int  #: of articles
    first: Card  #: the oldest
    newest: Card  #: the newest


def context_of(page: Page, view: View) -> dict[str, Any]:
    """The names that a page's template sees; docs/reference/templates.md lists them."""
    if page.label and not page.title:
        page = structs.replace(page, title=view.text(page.label))
    subject = names_of(page.subject, view)
    article = subject.get("article")
    lang = view.lang = article.lang if article else view.config.language
    translations = view.translations(article.path) if article else ()
    return {
        "page": PageView(
            url=page.url,
            kind=page.kind,
            title=page.title,
            lang=lang,
            languages=switch(view.read("branches:"), page, translations),
        ),
        "config": view.config,
        "head": head(view, page, subject),
        **subject,
    }


@singledispatch
def names_of(subject: object, view: View) -> dict[str, Any]:
    """The names that a subject adds to its template's context."""
    del view
    return {"subject": subject}


@names_of.register
def _(subject: ArticleSubject, view: View) -> dict[str, Any]:
    return {"article": view.article(subject.path)}


@names_of.register
def _(subject: Listing, view: View) -> dict[str, Any]:
    cards = view.cards(subject.paths)
    names: dict[str, Any] = {
        "cards": cards,
        "group": view.group(subject.group) if subject.group else None,
        "paging": Paging(
            number=subject.number,
            total=subject.total,
            previous=subject.previous,
            next=subject.next,
        ),
    }
    if subject.lead:
        names |= {"lead": cards[0] if cards else None, "cards": cards[1:]}
    kind, _, key = subject.group.partition(":")
    if kind == "author":
        names["author"] = view.author(key)
    return names


@names_of.register
def _(subject: Timeline, view: View) -> dict[str, Any]:
    names: dict[str, Any] = names_of.dispatch(Listing)(subject, view)
    story = None
    if subject.newest:
        first, newest = names["cards"][0], view.card(subject.newest)
        story = StoryView(count=subject.count, first=first, newest=newest)
    return {**names, "story": story}


@names_of.register
def _(subject: Corrections, view: View) -> dict[str, Any]:
    names: dict[str, Any] = names_of.dispatch(Listing)(subject, view)
    intro = view.article(subject.intro) if subject.intro else None
    corrections = tuple(
        correction_view(card, each)
        for card, each in zip(names["cards"], subject.entries, strict=True)
    )
    return {"corrections": corrections, "intro": intro, "paging": names["paging"]}


@names_of.register
def _(subject: Front, view: View) -> dict[str, Any]:
    names: dict[str, Any] = names_of.dispatch(Listing)(subject, view)
    return {**names, "count": subject.count, "stories": story_lines(subject.stories, view)}


@names_of.register
def _(subject: Period, view: View) -> dict[str, Any]:
    names: dict[str, Any] = names_of.dispatch(Listing)(subject, view)
    earlier, later = (view.group(id_) if id_ else None for id_ in (subject.earlier, subject.later))
    months = calendar([(subject.group, subject.months)] if subject.months else [], view)
    return {
        **names,
        "count": subject.count,
        "earlier": earlier,
        "later": later,
        "calendar": months,
    }


@names_of.register
def _(subject: Follow, view: View) -> dict[str, Any]:
    return {
        "whole": whole_site(view),
        "shelves": offer_shelves(view, subject),
        "corrections": corrections_offer(view, subject),
        "opml": view.config.home + OPML,
        "intro": view.article(subject.intro) if subject.intro else None,
    }


@names_of.register
def _(subject: Directory, view: View) -> dict[str, Any]:
    return {"kind": subject.kind, "entries": directory_entries(subject, view)}


@names_of.register
def _(subject: Calendar, view: View) -> dict[str, Any]:
    years = tuple(
        (view.group(year), tuple((view.group(month), count) for month, count in months))
        for year, months in subject.years
    )
    return {"years": years, "calendar": calendar(subject.years, view)}
