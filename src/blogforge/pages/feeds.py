"""What subscribers receive: RSS 2.0 and Atom by feedgen, JSON Feed 1.1."""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from blogforge import __version__
from blogforge.model import Image, Value
from blogforge.pages.feed_html import feed_html
from blogforge.pages.wire import plain, present, timestamp, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

CONTENT = "http://purl.org/rss/1.0/modules/content/"
MEDIA = "http://search.yahoo.com/mrss/"  # its slash belongs to it
_ENCODED = f"{{{CONTENT}}}encoded"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Not the module mimetypes: what that knows depends on the machine.
_IMAGE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_RSS_LOGO_TYPES = {"image/gif", "image/jpeg", "image/png"}  # RSS 2.0, <image>


class Channel(Value, frozen=True, kw_only=True):
    """A feed's own fields. `url` is the page it accompanies, `feed_url` itself, both absolute.

    `updated` is the newest `modified` of the entries, never the time of the build. `logo` and
    `stylesheet` (CSS for those who open the feed in a browser) are empty or absolute.
    """

    title: str
    url: str
    feed_url: str
    dek: str = ""
    language: str
    publisher_name: str
    logo: str = ""
    updated: datetime
    stylesheet: str = ""


class Entry(Value, frozen=True, kw_only=True):
    """An article in a feed. Every URL is absolute, except within `html`.

    `id` is a URL that stays the same for ever, whatever becomes of the title, the text or the
    dates. `authors` are names and the URLs of their pages, which may be empty.
    """

    id: str
    url: str
    title: str
    dek: str = ""
    html: str
    date: datetime
    modified: datetime
    authors: tuple[tuple[str, str], ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    image: Image | None = None
    image_size: tuple[int, int] | None = None
    lang: str


def rss(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """RSS 2.0, entries in the order given; https://www.rssboard.org/rss-specification."""
    feed = _generator(channel)
    feed.load_extension("dc")
    feed.description(_html(channel.dek) or _html(feed.title()))  # required
    if _image_type(channel.logo) in _RSS_LOGO_TYPES:
        feed.image(channel.logo)
    for entry in entries:
        item = _add(feed, entry)
        item.guid(entry.id, permalink=entry.id == entry.url)
        item.description(_html(entry.dek))
        item.content(feed_html(entry.html, entry.url))
        # <author> is for e-mail addresses.
        item.dc.dc_creator([plain(name) for name, _ in entry.authors])
        if entry.lang != channel.language:
            item.dc.dc_language(entry.lang)
    return _styled(feed.rss_str(), channel.stylesheet)


def atom(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Atom, entries in the order given; RFC 4287."""
    feed = _generator(channel)
    feed.id(channel.feed_url)
    feed.author(name=plain(channel.publisher_name))  # of the entries that have no author
    if channel.dek:
        feed.subtitle(plain(channel.dek))
    if channel.logo:
        feed.logo(channel.logo)
    for entry in entries:
        item = _add(feed, entry)
        item.id(entry.id)
        item.updated(whole(entry.modified))
        item.author([_person(name, url) for name, url in entry.authors])
        if entry.dek:
            item.summary(plain(entry.dek))
        item.content(feed_html(entry.html, entry.url), type="html")
        item.extras.lang = "" if entry.lang == channel.language else entry.lang
    return _styled(feed.atom_str(), channel.stylesheet)


def json_feed(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """JSON Feed 1.1, entries in the order given; https://www.jsonfeed.org/version/1.1/."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(channel.title, channel.url),
        "home_page_url": channel.url,
        "feed_url": channel.feed_url,
        "description": plain(channel.dek),
        "icon": channel.logo,
        "authors": [{"name": plain(channel.publisher_name)}],
        "language": channel.language,
    }
    items = [_json_item(entry) for entry in entries]
    return msgspec.json.encode(present(feed) | {"items": items})


def _generator(channel: Channel) -> Any:
    # feedgen has no types.
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

    feed = FeedGenerator()
    feed.register_extension("extras", _FeedExtras, _EntryExtras)
    feed.generator("blogforge", version=__version__)
    feed.title(_title(channel.title, channel.url))
    # Atom's self link first: the last one becomes RSS's <link>.
    feed.link(href=channel.feed_url, rel="self")
    feed.link(href=channel.url, rel="alternate")
    feed.language(channel.language)
    feed.updated(whole(channel.updated))  # else feedgen takes the clock
    return feed


def _add(feed: Any, entry: Entry) -> Any:
    """A new entry at the end of `feed`, with the fields that RSS and Atom share."""
    item = feed.add_entry(order="append")
    item.title(_title(entry.title, entry.url))
    item.link(href=entry.url, rel="alternate")
    item.published(whole(entry.date))
    item.category([{"term": name} for name in _categories(entry)])
    item.extras.entry = entry
    return item


def _json_item(entry: Entry) -> dict[str, object]:
    optional = {
        "url": entry.url,
        "title": plain(entry.title),
        "summary": plain(entry.dek),
        "image": entry.image.src if entry.image else "",
        "date_published": timestamp(entry.date),
        "date_modified": timestamp(entry.modified),
        "authors": [present({"name": plain(name), "url": url}) for name, url in entry.authors],
        "tags": _categories(entry),
        "language": entry.lang,
    }
    body = feed_html(entry.html, entry.url)
    return {"id": entry.id} | present(optional) | {"content_html": body}


class _FeedExtras:
    """feedgen's interface of an extension, as far as a whole feed goes: our namespaces."""

    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}

    def extend_rss(self, root: _Element) -> None: ...

    def extend_atom(self, root: _Element) -> None: ...


class _EntryExtras:
    """feedgen's interface of an extension: what it has no words for itself."""

    entry: Entry
    lang = ""

    def extend_rss(self, item: _Element) -> None:
        description = item.find("description")
        if description is not None and item.find(_ENCODED) is None:
            description.tag = _ENCODED  # where there is no dek, feedgen puts the body there
        _add_image(item, self.entry)

    def extend_atom(self, item: _Element) -> None:
        if self.lang:
            item.set(_XML_LANG, self.lang)
        _add_image(item, self.entry)


def _add_image(item: _Element, entry: Entry) -> None:
    """Media RSS, https://www.rssboard.org/media-rss: feedgen's own extension has no credit."""
    from lxml.etree import SubElement

    image = entry.image
    if image is None:
        return
    width, height = entry.image_size or ("", "")
    attributes = {
        "url": image.src,
        "type": _image_type(image.src),
        "medium": "image",
        "width": str(width),
        "height": str(height),
    }
    content = SubElement(item, f"{{{MEDIA}}}content", {k: v for k, v in attributes.items() if v})
    for name, value in (("description", image.caption or image.alt), ("credit", image.credit)):
        if value:
            SubElement(content, f"{{{MEDIA}}}{name}").text = plain(value)


def _image_type(url: str) -> str:
    return _IMAGE_TYPES.get(PurePosixPath(urlsplit(url).path).suffix.lower(), "")


def _categories(entry: Entry) -> list[str]:
    """Section and tags, each once."""
    names = (plain(name) for name in (entry.section, *entry.tags))
    return list(dict.fromkeys(name for name in names if name))


def _title(title: str, url: str) -> str:
    """A feed and an Atom entry must have a title, if only their address."""
    return plain(title).strip() or url


def _html(text: str) -> str:
    """RSS descriptions are HTML."""
    return escape(plain(text), quote=False)


def _person(name: str, url: str) -> dict[str, str]:
    return {"name": plain(name)} | ({"uri": url} if url else {})


def _styled(xml: bytes, stylesheet: str) -> bytes:
    if not stylesheet:
        return xml
    declaration, root = xml.split(b"\n", 1)
    link = f'<?xml-stylesheet type="text/css" href="{escape(stylesheet)}"?>'
    return b"\n".join((declaration, link.encode(), root))
