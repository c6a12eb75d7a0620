"""RSS 2.0 and Atom, by feedgen."""

from __future__ import annotations

import re
from html import escape
from pathlib import PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from blogforge import __version__
from blogforge.pages.feed_html import feed_html
from blogforge.pages.feeds import Channel, Entry, Format, Writer, categories, titled
from blogforge.pages.wire import plain, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
MEDIA = "http://search.yahoo.com/mrss/"  # its slash belongs to it
_NAMESPACES = {  # as feedgen declares them
    "media": MEDIA,
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": ATOM_NAMESPACE,
    "content": CONTENT,
}
_LOCALE = Lock()  # while feedgen writes a date, it changes the locale of the whole process
_ENCODED = f"{{{CONTENT}}}encoded"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# RFC 3987, section 2.2, as far as it tells an address or a tag: URI from any other text.
_PART = r"[^\s<>\"{}|\\^`#]"
_IRI = re.compile(rf"[a-z][a-z0-9+.-]*:{_PART}+(#{_PART}*)?", re.IGNORECASE)

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


def _rss_entry(entry: Entry, language: str) -> str:
    from feedgen.entry import FeedEntry  # type: ignore[import-untyped]  # feedgen has no types
    from feedgen.ext.dc import DcEntryExtension  # type: ignore[import-untyped]

    item = FeedEntry()
    _describe(item, entry)
    item.register_extension("dc", DcEntryExtension)
    item.guid(plain(entry.id), permalink=entry.id == entry.url)
    item.description(_html(entry.dek))
    item.content(feed_html(entry.html, entry.url))
    # <author> is for e-mail addresses.
    item.dc.dc_creator([plain(writer.name) for writer in entry.authors])
    if entry.lang != language:
        item.dc.dc_language(entry.lang)
    with _LOCALE:
        return _inner("rss", item.rss_entry())


def _rss(channel: Channel, entries: Sequence[str]) -> bytes:
    feed = _generator(channel)
    from feedgen.ext.dc import DcEntryExtension, DcExtension  # wants lxml.etree loaded

    feed.register_extension("dc", DcExtension, DcEntryExtension)
    feed.description(_html(channel.dek) or _html(feed.title()))  # required
    if _image_type(channel.logo) in _RSS_LOGO_TYPES:
        feed.image(channel.logo)
    with _LOCALE:
        return _whole(feed.rss_str(), b"</channel></rss>", entries, channel.stylesheet)


def _atom_entry(entry: Entry, language: str) -> str:
    from feedgen.entry import FeedEntry

    item = FeedEntry()
    _describe(item, entry)
    item.id(_iri(plain(entry.id)))
    item.updated(whole(entry.modified))
    item.author([_person(writer) for writer in entry.authors])
    if entry.dek:
        item.summary(plain(entry.dek))
    item.content(feed_html(entry.html, entry.url), type="html")
    item.extras.lang = "" if entry.lang == language else entry.lang
    return _inner("feed", item.atom_entry())


def _atom(channel: Channel, entries: Sequence[str]) -> bytes:
    feed = _generator(channel)
    feed.id(channel.feed_url)
    feed.author(name=plain(channel.publisher_name))  # of the entries that have no author
    if channel.dek:
        feed.subtitle(plain(channel.dek))
    if channel.icon:
        feed.icon(channel.icon)
    if channel.logo:
        feed.logo(channel.logo)
    return _whole(feed.atom_str(), b"</feed>", entries, channel.stylesheet)


def _inner(root: str, element: _Element) -> str:
    """`element` as it is written inside of a feed, which declares the namespaces."""
    from lxml import etree

    feed = etree.Element(root, nsmap=_NAMESPACES)
    feed.append(element)
    text: str = etree.tostring(feed, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("<")]


def _whole(feed: bytes, end: bytes, entries: Sequence[str], stylesheet: str) -> bytes:
    """`feed`, which ends in `end`, with its entries."""
    assert feed.endswith(end), feed[-50:]
    body = "".join(entries).encode()
    return _styled(b"".join((feed[: -len(end)], body, end)), stylesheet)


def _generator(channel: Channel) -> Any:
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

    feed = FeedGenerator()
    feed.register_extension("extras", _FeedExtras, _EntryExtras)
    feed.extras.channel = channel
    feed.generator("blogforge", version=__version__)
    feed.title(titled(channel.title, channel.url))
    # Atom's self link first: the last one becomes RSS's <link>.
    feed.link(href=channel.feed_url, rel="self")
    feed.link(href=channel.url, rel="alternate")
    feed.language(channel.language)
    feed.updated(whole(channel.updated))  # else feedgen takes the clock
    return feed


def _describe(item: Any, entry: Entry) -> None:
    """Give `item` the fields that RSS and Atom share."""
    item.register_extension("extras", _EntryExtras)
    item.title(titled(entry.title, entry.url))
    item.link(href=entry.url, rel="alternate")
    item.published(whole(entry.date))
    item.category([{"term": name, "scheme": scheme or None} for name, scheme in categories(entry)])
    item.extras.entry = entry


class _FeedExtras:
    """feedgen's interface of an extension: our namespaces, and links that RSS takes from Atom."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}

    def extend_rss(self, root: _Element) -> None:
        root.set(_XML_LANG, self.channel.language)  # by which the stylesheet knows it
        self.extend_atom(root[0])

    def extend_atom(self, root: _Element) -> None:
        from lxml.etree import SubElement

        for hub in self.channel.hubs:  # https://www.w3.org/TR/websub/#discovery
            SubElement(root, f"{{{ATOM_NAMESPACE}}}link", {"href": hub, "rel": "hub"})
        if self.channel.help_url:
            link = {"href": self.channel.help_url, "rel": "related", "type": "text/html"}
            title = {"title": plain(self.channel.help)} if self.channel.help else {}
            SubElement(root, f"{{{ATOM_NAMESPACE}}}link", link | title)


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


def _html(text: str) -> str:
    """RSS descriptions are HTML."""
    return escape(plain(text), quote=False)


def _person(writer: Writer) -> dict[str, str]:
    return {"name": plain(writer.name)} | ({"uri": writer.url} if writer.url else {})


def _iri(identity: str) -> str:
    """An entry's id as Atom must have it; what is no IRI becomes the same UUID for ever."""
    return identity if _IRI.fullmatch(identity) else uuid5(NAMESPACE_URL, identity).urn


def _styled(xml: bytes, stylesheet: str) -> bytes:
    if not stylesheet:
        return xml
    declaration, root = xml.split(b"\n", 1)
    link = f'<?xml-stylesheet type="text/css" href="{escape(stylesheet)}"?>'
    return b"\n".join((declaration, link.encode(), root))


RSS = Format(_rss_entry, _rss)  # https://www.rssboard.org/rss-specification
ATOM = Format(_atom_entry, _atom)  # RFC 4287
