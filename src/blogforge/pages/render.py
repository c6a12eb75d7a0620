"""Page -> bytes, and what they were made of."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from functools import partial, singledispatch
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from msgspec import structs

from blogforge.digest import digest_bytes, digest_value
from blogforge.errors import ContentError, Location, Problem
from blogforge.model import Card, Page, Value
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blogforge.model import Translation
    from blogforge.pages.article import ArticleView
    from blogforge.pages.inputs import Inputs


class Rendered(Value, frozen=True, kw_only=True):
    """A page's bytes with their digest, and the names of the inputs that it read, in order."""

    path: str
    data: bytes
    digest: str
    reads: tuple[str, ...]


class PageView(Value, frozen=True, kw_only=True):
    """`page` in a template."""

    url: str
    kind: str
    title: str
    lang: str
    languages: tuple[Switch, ...] = ()


class Paging(Value, frozen=True, kw_only=True):
    """`paging` in a template: where a page of a list stands; URLs are empty at the ends."""

    number: int
    total: int
    previous: str
    next: str


class StoryView(Value, frozen=True, kw_only=True):
    """`story` on the first page of a story: how many articles it has, the first and the newest."""

    count: int
    first: Card
    newest: Card


class CorrectionView(Value, frozen=True, kw_only=True):
    """One of `corrections` on their page: to which article, and where it stands there."""

    card: Card
    date: datetime
    text: str
    url: str


def render(page: Page, inputs: Inputs) -> Rendered:
    """Make `page`. Raises ContentError, located in the template, where it cannot be made.

    An error that comes out of no template is raised as it is.
    """
    view = View(inputs, branch=page.branch)
    view.read("engine:")
    if isinstance(page.render, str):
        context = partial(context_of, page, view)
        data = from_template(page.render, view, inputs, context, page.origin).encode()
    else:
        data = page.render(view, page)
    return Rendered(path=page.path, data=data, digest=digest_bytes(data), reads=tuple(view.reads))


def page_digest(page: Page) -> str:
    """The digest of what the plan says of a page. Raises TypeError as `maker` does."""
    subject = (type(page.subject).__name__, page.subject)
    title = (page.title, page.label)
    place = (page.path, page.url, page.branch, page.versions)
    return digest_value((place, maker(page), page.kind, title, subject))


def maker(page: Page) -> str:
    """What makes a page, by name: a template, or a function with its module.

    Raises TypeError, in words, for a function that is more than its name says: what it holds is
    none of its page's inputs, so that nobody would notice when that changes.
    """
    function = page.render
    if isinstance(function, str):
        return function
    name = getattr(function, "__qualname__", "")
    if not name or "<" in name or isinstance(function, MethodType):
        raise TypeError(
            "a page is made by a template or by a function at the top of a module, "
            f"not by {_kind(function)}"
        )
    return f"{function.__module__}.{name}"


def _kind(function: object) -> str:
    if isinstance(function, FunctionType):
        name = function.__name__
        return "a lambda" if name == "<lambda>" else f"'{name}' within another function"
    return f"a {type(function).__name__}"


def from_template(
    name: str,
    view: View,
    inputs: Inputs,
    context: Callable[[], dict[str, Any]],
    origin: str = "",
) -> str:
    """What the template `name` makes of the names that `context` gives it; `view` records.

    Raises ContentError, located in the template, or at `origin` where there is no such template.
    """
    from blogforge.pages.shown import shown

    view.read(f"template:{name}")
    try:
        with _no_exit(inputs), shown(view):
            return inputs.theme.template(name).render(context())
    except ContentError:
        raise
    except Exception as error:  # a template may call anything, a plugin's filter above all
        problem = inputs.theme.problem(error) or _missing(error, origin)
        if problem is None:
            raise
        raise ContentError([problem]) from error


@contextmanager
def _no_exit(inputs: Inputs) -> Iterator[None]:
    """A context in which exiting is an error: it would end the build as if it were done."""
    try:
        yield
    except SystemExit as error:
        message = "what the template calls ends the program (SystemExit)"
        try:
            raise RuntimeError(message).with_traceback(error.__traceback__) from error
        except RuntimeError:  # which Jinja locates in the template, as it does what else fails
            inputs.theme.environment.handle_exception()


def _missing(error: Exception, origin: str) -> Problem | None:
    """The problem of a page whose own template is not there; None for any other error."""
    from jinja2 import TemplateNotFound

    if not isinstance(error, TemplateNotFound):
        return None
    message = f"there is no template '{error.name}'"
    hint = f"put it at templates/{error.name}, or take 'template' away"
    return Problem(message, Location(origin) if origin else None, hint)


def context_of(page: Page, view: View) -> dict[str, Any]:
    """The names that a page's template sees; docs/theme.md is their description."""
    if page.label and not page.title:
        page = structs.replace(page, title=view.text(page.label))
    subject = names_of(page.subject, view)
    article = subject.get("article")
    lang = view.lang = article.lang if article else view.config.language
    return {
        "page": PageView(
            url=page.url,
            kind=page.kind,
            title=page.title,
            lang=lang,
            languages=switch(view.read("branches:"), page, _translations(view, article)),
        ),
        "config": view.config,
        "head": head(view, page, subject),
        **subject,
    }


def _translations(view: View, article: ArticleView | None) -> tuple[Translation, ...]:
    return view.translations(article.path) if article else ()


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
        CorrectionView(
            card=card,
            date=each.correction.date,
            text=each.correction.text,
            url=f"{card.url}#{each.correction.id}",
        )
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
