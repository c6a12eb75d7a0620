"""Feeds of the site and its groups: what stands behind views -> channels and entries."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.pages.making import described, page_at
from blogforge.pages.messages import message
from blogforge.pages.metadata import FEED_FILES, logo_url, publisher_name, shared_image
from blogforge.pages.subjects import Feed
from blogforge.site.identity import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.config import Config
    from blogforge.model import Page, Post, Site
    from blogforge.pages.feeds import Category, Channel, Entry, Format, Writer
    from blogforge.pages.views import View

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed that has no entry yet
STYLESHEET = "feed.css"
HELP = message(
    "This is a feed. To follow this site, copy the address of this page into a feed reader. "
    "What that is, and which feeds there are:"
)


def follow_url(config: Config) -> str:
    """The page that says what feeds there are."""
    return f"{config.home}follow/"


def feeds(site: Site, config: Config) -> Iterator[Page]:
    """Feeds of the site, and those of sections, tags, authors and stories beside their pages."""
    newest = tuple(post.path for post in site.posts[: config.feeds.items])
    for kind, name in FEED_FILES.items():
        subject = Feed(group="", paths=newest, format=kind, home=config.home)
        yield _feed_page(f"{config.home}{name}", subject, "the site's feed", config)
    for group in site.groups:
        if group.kind == "archive":
            continue
        newest = site.members[group.id][: config.feeds.items]
        for kind in config.feeds.groups:
            subject = Feed(group=group.id, paths=newest, format=kind, home=group.url)
            url = group.url + FEED_FILES[kind]
            yield _feed_page(url, subject, f"the feed of {described(group)}", config)


def _feed_page(url: str, subject: Feed, origin: str, config: Config) -> Page:
    return page_at(url, config, render=feed, kind="feed", subject=subject, origin=origin)


def feed(view: View, page: Page) -> bytes:
    """A feed in one of its formats; the page's subject is a Feed."""
    subject: Feed = page.subject
    form = format_of(subject.format)
    language = view.config.language
    posts: list[Post] = [view.read(f"post:{path}") for path in subject.paths]

    def entry(path: str) -> str:
        key = (subject.format, path, language)
        known = view.recall(key)
        if known is not None:
            return known
        made = partial(feed_entry, view, path, portraits=subject.format == "json")
        return view.fragment(key, None, lambda: form.entry(made(), language))

    title = view.config.title
    dek = view.config.dek
    if subject.group:
        group = view.group(subject.group)
        title, dek = f"{group.name} – {title}", group.dek
    updated = max((post.modified for post in posts), default=_EPOCH)
    channel = channel_of(view, page, title, dek, updated)
    return form.feed(channel, [entry(path) for path in subject.paths])


def channel_of(view: View, page: Page, title: str, dek: str, updated: datetime) -> Channel:
    """What the feed `page` says of itself."""
    from blogforge.pages.feeds import Channel

    config = view.as_config()
    return Channel(
        title=title,
        url=view.absolute(page.subject.home),
        feed_url=view.absolute(page.url),
        dek=dek,
        language=config.language,
        publisher_name=publisher_name(config),
        logo=logo_url(config),
        icon="" if page.subject.format == "rss" else view.absolute(view.brand().icon.src),
        updated=updated,
        stylesheet="" if page.subject.format == "json" else view.asset(STYLESHEET),
        help_url=view.absolute(follow_url(config)),
        help=view.text(HELP),
        hubs=config.feeds.hub,
    )


def format_of(name: str) -> Format:
    """How feeds of a format are written."""
    from blogforge.pages import feed_xml, feeds

    return {"rss": feed_xml.RSS, "atom": feed_xml.ATOM, "json": feeds.JSON}[name]


def feed_entry(view: View, path: str, *, portraits: bool) -> Entry:
    """A post as a feed shows it; `portraits` of its authors only for who has a place for them."""
    from blogforge.pages.feed_content import content
    from blogforge.pages.feeds import Entry

    post: Post = view.read(f"post:{path}")
    card = view.card(path)
    image, size = shared_image(view, card.image)
    return Entry(
        id=identity(post, view.config.origin),
        url=view.absolute(card.url),
        title=card.title,
        dek=card.dek,
        html=content(view, post, image, size),
        date=post.date,
        modified=post.modified,
        authors=_writers(view, path, portraits),
        categories=_categories(view, card.section, path),
        image=structs.replace(image, src=view.absolute(image.src)) if image else None,
        image_size=size,
        lang=post.lang,
    )


def _writers(view: View, path: str, portraits: bool) -> tuple[Writer, ...]:
    from blogforge.pages.feeds import Writer

    byline = view.card(path).byline
    images = view.read(f"portraits:{path}") if portraits else ("",) * len(byline)
    return tuple(
        Writer(author.name, view.absolute(author.url), _portrait(view, image))
        for author, image in zip(byline, images, strict=True)
    )


def _portrait(view: View, src: str) -> str:
    shared = view.shared(src) if src else None
    return view.absolute(shared.src if shared else src)


def _categories(view: View, section: str, path: str) -> tuple[Category, ...]:
    """The section of a post and its tags, each with the address of the list of all such."""
    from blogforge.pages.feeds import Category

    base = view.config.home
    tags = (Category(tag.name, view.absolute(f"{base}tag/")) for tag in view.read(f"tags:{path}"))
    return (Category(section, view.absolute(f"{base}section/")), *tags) if section else (*tags,)
