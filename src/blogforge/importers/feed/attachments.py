"""Pictures, recordings and other files beside the text of an entry.

Sources: RSS 2.0's enclosures, Media RSS (https://www.rssboard.org/media-rss), podcasts' images.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from blogforge.importers.feed import markup
from blogforge.importers.feed.channel import Attachment
from blogforge.importers.feed.elements import attribute, parts_of, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.importers.feed.elements import Parts

    Attachments = tuple[Attachment, ...]


def files_of(parts: Parts, base: str) -> tuple[Attachments, Attachments]:
    """Recordings and other files, then pictures; each address once, made whole by `base`."""
    known: dict[str, Attachment] = {}
    for each in _named(parts):
        address = markup.joined(base, each.url) if each.url else ""
        if address:
            known.setdefault(address, replace(each, url=address))
    images = tuple(each for each in known.values() if each.type.startswith("image"))
    return tuple(each for each in known.values() if each not in images), images


def _named(parts: Parts) -> Iterator[Attachment]:
    credit, text = said(parts, "media:credit"), said(parts, "media:description", "media:title")
    for element in (*parts.get("enclosure", []), *parts.get("media:content", [])):
        own = parts_of(element)
        yield Attachment(
            url=attribute(element, "url"),
            type=attribute(element, "type", "medium"),
            text=said(own, "media:description", "media:title") or text,
            credit=said(own, "media:credit") or credit,
        )
    for link in parts.get("atom:link", []):
        if link.get("rel") == "enclosure":
            yield Attachment(url=attribute(link, "href"), type=attribute(link, "type"))
    for element in (*parts.get("media:thumbnail", []), *parts.get("itunes:image", [])):
        address = attribute(element, "url", "href")
        yield Attachment(url=address, type="image", text=text, credit=credit)
