"""The page of all corrections, and their feeds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import structs

from blogforge.model import Card, Value
from blogforge.pages.feed_content import directed
from blogforge.pages.making import intro_at, page_at, paginate
from blogforge.pages.messages import message
from blogforge.pages.metadata import FEED_FILES
from blogforge.pages.subjects import Corrections, CorrectionsFeed
from blogforge.pages.syndication import channel_of, format_of
from blogforge.site.corrections import corrected
from blogforge.site.identity import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.config import Config
    from blogforge.model import Page, Site
    from blogforge.pages.feeds import Entry
    from blogforge.pages.views import View
    from blogforge.site.corrections import Corrected

LABEL = message("Corrections")


class CorrectionView(Value, frozen=True, kw_only=True):
    """One of `corrections` in a template: to which article, and where it stands there."""

    card: Card  #: the article
    date: datetime  #: when it was corrected
    text: str  #: what was wrong, and what is right
    url: str  #: of the correction on the article's page


def correction_view(card: Card, each: Corrected) -> CorrectionView:
    """A correction to the article of that card."""
    correction = each.correction
    url = f"{card.url}#{correction.id}"
    return CorrectionView(card=card, date=correction.date, text=correction.text, url=url)


def corrections(site: Site, config: Config) -> Iterator[Page]:
    """All corrections, and their feeds; a page of the site's own there stands above them."""
    found = corrected(site.posts)
    if not found:
        return
    url = corrections_url(config)
    intro = intro_at(url, site)
    title = intro.title if intro else ""
    paths, start = tuple(each.path for each in found), 0
    for listing, address in paginate("", paths, url, config.paginate):
        stop = start + len(listing.paths)
        first = listing.number == 1
        yield page_at(
            address,
            config,
            render="corrections.html",
            kind="corrections",
            title=title,
            label=LABEL,
            subject=Corrections(
                **structs.asdict(listing),
                entries=found[start:stop],
                intro=intro.path if intro and first else "",
            ),
            origin=intro.path if intro else "the corrections",
            modified=found[0].correction.date,
            indexed=first,
        )
        start = stop
    yield from _feeds(title, found[: config.feeds.items], config)


def _feeds(title: str, newest: tuple[Corrected, ...], config: Config) -> Iterator[Page]:
    url = corrections_url(config)
    for kind in config.feeds.groups:
        yield page_at(
            url + FEED_FILES[kind],
            config,
            render=corrections_feed,
            kind="feed",
            subject=CorrectionsFeed(title=title, entries=newest, format=kind, home=url),
            origin="the feed of the corrections",
        )


def corrections_url(config: Config) -> str:
    """Where all corrections are."""
    return f"{config.home}corrections/"


def corrections_feed(view: View, page: Page) -> bytes:
    """A feed of corrections; the page's subject is a CorrectionsFeed."""
    subject: CorrectionsFeed = page.subject
    form, language = format_of(subject.format), view.config.language
    title = f"{subject.title or view.text(LABEL)} – {view.config.title}"
    channel = channel_of(view, page, title, "", subject.entries[0].correction.date)
    entries = (_entry(view, each) for each in subject.entries)
    return form.feed(channel, [form.entry(entry, language) for entry in entries])


def _entry(view: View, each: Corrected) -> Entry:
    """A correction as a feed shows it: under its article's title, at its place on that page."""
    from blogforge.pages.feeds import Category, Entry

    card, correction = view.card(each.path), each.correction
    known_by = identity(view.read(f"post:{each.path}"), view.config.origin)
    scheme = view.absolute(f"{view.config.home}section/")
    return Entry(
        id=f"{known_by}#{correction.id}",
        url=f"{view.absolute(card.url)}#{correction.id}",
        title=card.title,
        html=directed(Markup("<p>{}</p>").format(correction.text), card.lang),
        date=correction.date,
        modified=correction.date,
        categories=(Category(card.section, scheme),) if card.section else (),
        lang=card.lang,
    )
