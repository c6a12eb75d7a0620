"""How readers follow the site: the page that lists its feeds, and the same as OPML."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from msgspec import structs

from blogforge.model import Group, GroupKind, Value
from blogforge.pages.corrections import LABEL as CORRECTIONS
from blogforge.pages.corrections import corrections_url
from blogforge.pages.directories import LABELS
from blogforge.pages.making import intro_at, page_at
from blogforge.pages.messages import message
from blogforge.pages.metadata import FEED_FILES, publisher_name
from blogforge.pages.subjects import Follow, Shelf
from blogforge.pages.syndication import follow_url
from blogforge.pages.wire import plain
from blogforge.site.groups import by_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.config import Config
    from blogforge.model import Page, Site
    from blogforge.pages.views import View
    from blogforge.settings import FeedFormat

OPML = "feeds.opml"
LABEL = message("Follow")
# Of the stories, authors and tags those with the most articles: nobody reads through a thousand
# feeds, and whoever imports the OPML subscribes to all of them.
MOST = 50
_KINDS: tuple[GroupKind, ...] = ("section", "story", "author", "tag")


class FeedFile(NamedTuple):
    """A feed in one format, and its URL."""

    format: FeedFormat  #: of the feed
    url: str  #: of the feed


class Offer(Value, frozen=True, kw_only=True):
    """What one may follow: `title`, of the page at `url`, which says `dek`, and its feeds."""

    title: str  #: what may be followed
    url: str  #: of its page
    dek: str = ""  #: one sentence; may be empty
    feeds: tuple[FeedFile, ...]  #: in each format


class OfferShelf(Value, frozen=True, kw_only=True):
    """Offers of one kind. `more`: how many there are beside them; `url`: the list of all."""

    kind: GroupKind  #: of the groups
    title: str  #: of the shelf
    url: str  #: of the page of all of them
    offers: tuple[Offer, ...]  #: one a group
    more: int  #: how many there are beside these


def follow(site: Site, config: Config) -> Iterator[Page]:
    """The page of all feeds, and the same as OPML; a page of the site's own stands above it."""
    url = follow_url(config)
    intro = intro_at(url, site)
    subject = Follow(
        shelves=tuple(_shelves(site)) if config.feeds.groups else (),
        corrections=any(post.corrections for post in site.posts) and bool(config.feeds.groups),
    )
    yield page_at(
        url,
        config,
        render="follow.html",
        kind="follow",
        title=intro.title if intro else "",
        label=LABEL,
        subject=structs.replace(subject, intro=intro.path if intro else ""),
        origin=intro.path if intro else "the page of all feeds",
        indexed=True,
    )
    yield page_at(
        config.home + OPML,
        config,
        render=opml,
        kind="file",
        subject=subject,
        origin="the list of all feeds",
    )


def _shelves(site: Site) -> Iterator[Shelf]:
    for kind in _KINDS:
        groups = [group for group in site.groups if group.kind == kind]
        if not groups:
            continue
        shown = groups
        if kind != "section":
            ranked = sorted(by_name(groups), key=lambda group: -len(site.members[group.id]))
            shown = list(by_name(ranked[:MOST]))
        yield Shelf(
            kind=kind,
            groups=tuple(group.id for group in shown),
            more=len(groups) - len(shown),
        )


# ---------------------------------------------------------------- what is read of it


def whole_site(view: View) -> Offer:
    """Everything that the site publishes."""
    base = view.config.home
    feeds = tuple(FeedFile(kind, base + name) for kind, name in FEED_FILES.items())
    return Offer(title=view.config.title, url=base, dek=view.config.dek, feeds=feeds)


def corrections_offer(view: View, subject: Follow) -> Offer | None:
    """The corrections; None where there are none, or no feed of them."""
    if not subject.corrections:
        return None
    url = corrections_url(view.as_config())
    return Offer(title=view.text(CORRECTIONS), url=url, feeds=_feeds(view, url))


def offer_shelves(view: View, subject: Follow) -> tuple[OfferShelf, ...]:
    """The offers of the groups, kind by kind."""
    return tuple(
        OfferShelf(
            kind=shelf.kind,
            title=view.text(LABELS[shelf.kind]),
            url=f"{view.config.home}{shelf.kind}/",
            offers=tuple(_offer(view, view.group(id_)) for id_ in shelf.groups),
            more=shelf.more,
        )
        for shelf in subject.shelves
    )


def _offer(view: View, group: Group) -> Offer:
    return Offer(title=group.name, url=group.url, dek=group.dek, feeds=_feeds(view, group.url))


def _feeds(view: View, folder: str) -> tuple[FeedFile, ...]:
    return tuple(FeedFile(kind, folder + FEED_FILES[kind]) for kind in view.config.feeds.groups)


# ---------------------------------------------------------------- OPML


def opml(view: View, page: Page) -> bytes:
    """The list of feeds that feed readers import; the page's subject is a Follow.

    Source: http://opml.org/spec2.opml. Of several formats the first that is XML: RSS mostly.
    """
    subject: Follow = page.subject
    config = view.as_config()
    corrections = corrections_offer(view, subject)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "<head>",
        f"<title>{escape(plain(config.title))}</title>",
        f"<ownerName>{escape(plain(publisher_name(config)))}</ownerName>",
        "</head>",
        "<body>",
        _outline(view, whole_site(view), config.title),
        *([_outline(view, corrections)] if corrections else []),
    ]
    for shelf in offer_shelves(view, subject):
        lines.append(f"<outline text={quoteattr(plain(shelf.title))}>")
        lines += (_outline(view, offer) for offer in shelf.offers)
        lines.append("</outline>")
    return "\n".join([*lines, "</body>", "</opml>", ""]).encode()


def _outline(view: View, offer: Offer, title: str = "") -> str:
    feed = min(offer.feeds, key=lambda feed: feed.format == "json")
    fields = {
        "type": "rss",  # of every format, says the specification
        "text": offer.title,
        "title": title or f"{offer.title} – {view.config.title}",
        "description": offer.dek,
        "xmlUrl": view.absolute(feed.url),
        "htmlUrl": view.absolute(offer.url),
        "language": view.config.language,
    }
    written = (f"{name}={quoteattr(plain(value))}" for name, value in fields.items() if value)
    return f"<outline {' '.join(written)}/>"
