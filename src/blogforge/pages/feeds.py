"""What subscribers receive: the fields of a feed and its entries, and JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from blogforge.images import Image
from blogforge.model import Value
from blogforge.pages.feed_html import feed_html
from blogforge.pages.wire import plain, present, timestamp


class Channel(Value, frozen=True, kw_only=True):
    """A feed's own fields. `url` is the page it accompanies, `feed_url` itself, both absolute.

    `updated` is the newest `modified` of the entries, never the time of the build. `logo` and
    `icon`, a small square one, are empty or absolute. `stylesheet`: CSS for those who open the feed
    in a browser. `help_url`: the page that says what feeds are, and `help` a sentence about it.
    `hubs` of WebSub tell who listens.
    """

    title: str
    url: str
    feed_url: str
    dek: str = ""
    language: str
    publisher_name: str
    logo: str = ""
    icon: str = ""
    updated: datetime
    stylesheet: str = ""
    help_url: str = ""
    help: str = ""
    hubs: tuple[str, ...] = ()


class Writer(NamedTuple):
    """An author as a feed names them; the URLs of their page and portrait may be empty."""

    name: str
    url: str = ""
    avatar: str = ""


class Category(NamedTuple):
    """What an entry is about, and the URL of the list that the name is taken from, or ""."""

    name: str
    scheme: str = ""


class Entry(Value, frozen=True, kw_only=True):
    """An article in a feed. Every URL is absolute, except within `html`.

    `id` stays the same for ever, whatever becomes of the title, the text or the dates; it is `url`
    unless the author gave another.
    """

    id: str
    url: str
    title: str
    dek: str = ""
    html: str
    date: datetime
    modified: datetime
    authors: tuple[Writer, ...] = ()
    categories: tuple[Category, ...] = ()
    image: Image | None = None
    image_size: tuple[int, int] | None = None
    lang: str


class Format(NamedTuple):
    """How a feed is written: each entry for itself, in a feed's language, then all of them in it.

    An entry is written once, and stands in the feeds of the site, its section, tags and authors.
    """

    entry: Callable[[Entry, str], str]
    feed: Callable[[Channel, Sequence[str]], bytes]


def categories(entry: Entry) -> list[Category]:
    """Section and tags, each name once."""
    found: dict[str, Category] = {}
    for name, scheme in entry.categories:
        found.setdefault(plain(name), Category(plain(name), scheme))
    return [category for name, category in found.items() if name]


def titled(title: str, url: str) -> str:
    """A feed and an Atom entry must have a title, if only their address."""
    return plain(title).strip() or url


# ---------------------------------------------------------------- JSON Feed


def _json_entry(entry: Entry, language: str) -> str:
    del language  # a feed's language is not its entries'
    optional = {
        "url": entry.url,
        "title": plain(entry.title),
        "summary": plain(entry.dek),
        "image": entry.image.src if entry.image else "",
        "date_published": timestamp(entry.date),
        "date_modified": timestamp(entry.modified),
        "authors": [
            present(writer._asdict() | {"name": plain(writer.name)}) for writer in entry.authors
        ],
        "tags": [category.name for category in categories(entry)],
        "language": entry.lang,
    }
    body = feed_html(entry.html, entry.url)
    item = {"id": entry.id} | present(optional) | {"content_html": body}
    return msgspec.json.encode(item).decode()


def _json(channel: Channel, entries: Sequence[str]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": titled(channel.title, channel.url),
        "home_page_url": channel.url,
        "feed_url": channel.feed_url,
        "description": plain(channel.dek),
        "user_comment": plain(f"{channel.help} {channel.help_url}").strip(),
        "icon": channel.logo,
        "favicon": channel.icon,
        "authors": [{"name": plain(channel.publisher_name)}],
        "language": channel.language,
        "hubs": [{"type": "WebSub", "url": url} for url in channel.hubs],
    }
    items = [msgspec.Raw(entry) for entry in entries]
    return msgspec.json.encode(present(feed) | {"items": items})


# https://www.jsonfeed.org/version/1.1/
JSON = Format(_json_entry, _json)
