"""What the specifications and validators ask of feeds, as far as a document can show it.

RSS 2.0 (https://www.rssboard.org/rss-specification) with Media RSS
(https://www.rssboard.org/media-rss), Atom (RFC 4287), JSON Feed 1.1
(https://www.jsonfeed.org/version/1.1/), OPML 2.0 (http://opml.org/spec2.opml).
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser  # type: ignore[import-untyped]  # it ships no annotations
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
# What the feed validators call unsafe or useless in a feed.
REFUSED = "script, style, noscript, iframe, object, embed, form, input, button, link, meta, [style]"
REFUSED += ", [role], [aria-label], [aria-hidden], [aria-describedby]"
ADDRESSES = {"href", "src", "srcset", "poster", "cite"}
ONCE = ("title", "link", "description", "guid", "pubDate", CONTENT)

Rules = Callable[[bytes, str], Iterator[str]]


def faults(name: str, data: bytes, url: str) -> list[str]:
    """What is wrong with the feed `name`, which is to be at `url`."""
    rules: Rules = rss_faults
    if name.endswith(".json"):
        rules = json_faults
    elif name.endswith(".opml"):
        rules = opml_faults
    elif name.endswith("atom.xml"):
        rules = atom_faults
    return [f"{name}: {fault}" for fault in rules(data, url)]


# ---------------------------------------------------------------- RSS


def rss_faults(data: bytes, url: str) -> Iterator[str]:
    """What is wrong with an RSS feed."""
    yield from parsing_faults(data)
    root = etree.fromstring(data)
    [channel] = root
    if (root.tag, root.get("version")) != ("rss", "2.0"):
        yield "is no RSS 2.0"
    yield from missing(channel, "title", "link", "description", "lastBuildDate", "language")
    selves = [e.get("href") for e in channel.findall(f"{ATOM}link") if e.get("rel") == "self"]
    if selves != [url]:
        yield f"names itself {selves}"
    for image in channel.findall("image"):
        if [image.findtext(n) for n in ("title", "link")] != [
            channel.findtext(n) for n in ("title", "link")
        ] or not (image.findtext("url") or "").endswith((".png", ".jpg", ".jpeg", ".gif")):
            yield "has an image that is not the channel's, or of a kind that RSS does not have"
    items = channel.findall("item")
    yield from repeated([item.findtext("guid") or "" for item in items])
    built = parsedate_to_datetime(channel.findtext("lastBuildDate") or "")
    for item in items:
        yield from item_faults(item, built)


def item_faults(item: etree._Element, built: datetime) -> Iterator[str]:
    """What is wrong with an item of RSS."""
    name = item.findtext("guid") or "an item"
    yield from (f"{name}: {fault}" for fault in missing(item, "title", "link", "guid", CONTENT))
    names = [child.tag for child in item]
    yield from (f"{name}: several <{once}>" for once in ONCE if names.count(once) > 1)
    if "author" in names:
        yield f"{name}: <author> is for e-mail addresses"
    if "description" in names and names.index("description") > names.index(CONTENT):
        yield f"{name}: the content stands before the description"
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false" and not is_web(guid.text):
        yield f"{name}: the permalink is no address"
    if parsedate_to_datetime(item.findtext("pubDate") or "") > built:
        yield f"{name}: published after the feed was last changed"
    for category in item.findall("category"):
        if not category.text or not is_web(category.get("domain")):
            yield f"{name}: a category without text or domain"
    yield from (f"{name}: {fault}" for fault in media_faults(item))
    yield from (f"{name}: {fault}" for fault in html_faults(item.findtext(CONTENT) or ""))


def media_faults(item: etree._Element) -> Iterator[str]:
    """What is wrong with the pictures of an entry, by Media RSS."""
    for content in item.iter(f"{MEDIA}content"):
        given = {str(key): str(value) for key, value in content.attrib.items()}
        if not is_web(given.get("url")) or given.get("medium") != "image":
            yield "a picture without address or medium"
        if not re.fullmatch(r"image/[a-z+]+", given.get("type", "image/x")):
            yield f"a picture of type {given.get('type')}"
        sizes = [given[key] for key in ("width", "height") if key in given]
        if len(sizes) == 1 or not all(size.isdecimal() and int(size) for size in sizes):
            yield f"a picture of size {sizes}"
        told = [child.tag.removeprefix(MEDIA) for child in content]
        if not set(told) <= {"description", "credit"} or len(set(told)) < len(told):
            yield f"a picture with {told}"


# ---------------------------------------------------------------- Atom


def atom_faults(data: bytes, url: str) -> Iterator[str]:
    """What is wrong with an Atom feed."""
    yield from parsing_faults(data)
    feed = etree.fromstring(data)
    yield from missing(feed, *(f"{ATOM}{name}" for name in ("id", "title", "updated", "author")))
    links = [(e.get("rel", "alternate"), e.get("href")) for e in feed.findall(f"{ATOM}link")]
    if [href for rel, href in links if rel == "self"] != [url]:
        yield f"names itself in {links}"
    if len([href for rel, href in links if rel == "alternate"]) != 1:
        yield f"has not one page of its own: {links}"
    entries = feed.findall(f"{ATOM}entry")
    yield from repeated([entry.findtext(f"{ATOM}id") or "" for entry in entries])
    changed = datetime.fromisoformat(feed.findtext(f"{ATOM}updated") or "")
    for entry in entries:
        name = entry.findtext(f"{ATOM}id") or "an entry"
        wanted = ("id", "title", "updated", "published", "content")
        yield from missing(entry, *(f"{ATOM}{each}" for each in wanted))
        if not urlsplit(name).scheme:
            yield f"{name}: the id is no IRI"
        if datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") > changed:
            yield f"{name}: changed after the feed was"
        content = entry.find(f"{ATOM}content")
        if content is not None and content.get("type") != "html":
            yield f"{name}: content of type {content.get('type')}"
        yield from (f"{name}: {fault}" for fault in media_faults(entry))
        yield from (
            f"{name}: {fault}" for fault in html_faults(entry.findtext(f"{ATOM}content") or "")
        )


# ---------------------------------------------------------------- JSON Feed


def json_faults(data: bytes, url: str) -> Iterator[str]:
    """What is wrong with a JSON Feed."""
    feed: dict[str, Any] = json.loads(data)
    if feed["version"] != "https://jsonfeed.org/version/1.1" or not feed["title"]:
        yield "is no JSON Feed 1.1"
    if feed["feed_url"] != url:
        yield f"names itself {feed['feed_url']}"
    yield from repeated([item["id"] for item in feed["items"]])
    for hub in feed.get("hubs", ()):
        if set(hub) != {"type", "url"}:
            yield f"a hub {hub}"
    for item in feed["items"]:
        yield from (f"{item['id']}: {fault}" for fault in json_item_faults(item, feed))


def json_item_faults(item: dict[str, Any], feed: dict[str, Any]) -> Iterator[str]:
    """What is wrong with an item of a JSON Feed."""
    if not isinstance(item["id"], str) or "content_html" not in item:
        yield "no id or no content"
    for key in ("url", "image"):
        if not is_web(item.get(key, "https://x.example/")):
            yield f"{key} is {item[key]}"
    for key in ("date_published", "date_modified"):
        if datetime.fromisoformat(item[key]).tzinfo is None:
            yield f"{key} without an offset"
    for author in (*item.get("authors", ()), *feed.get("authors", ())):
        if not author.keys() or not author.keys() <= {"name", "url", "avatar"}:
            yield f"an author {author}"
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", ())):
        yield f"tags {item['tags']}"
    yield from html_faults(item.get("content_html", ""))


# ---------------------------------------------------------------- OPML


def opml_faults(data: bytes, url: str) -> Iterator[str]:
    """What is wrong with a subscription list."""
    del url
    root = etree.fromstring(data)
    if (root.tag, root.get("version")) != ("opml", "2.0"):
        yield "is no OPML 2.0"
    if [child.tag for child in root] != ["head", "body"] or not root.findtext("head/title"):
        yield "has no head with a title, or no body"
    outlines = [*root.iter("outline")]
    yield from repeated([o.get("xmlUrl", "") for o in outlines if o.get("type")])
    for outline in outlines:
        if not outline.get("text"):
            yield "an outline without text"
        subscribed = outline.get("type") == "rss"
        if subscribed and not (is_web(outline.get("xmlUrl")) and is_web(outline.get("htmlUrl"))):
            yield f"{outline.get('text')}: no addresses"
        if not subscribed and not len(outline):
            yield f"{outline.get('text')}: neither a feed nor a folder"
        if subscribed and not outline.get("title"):
            yield f"{outline.get('text')}: no title"


# ---------------------------------------------------------------- any


def parsing_faults(data: bytes) -> Iterator[str]:
    """What feedparser, and the XML declaration, have to say."""
    read = feedparser.parse(data)
    if read.bozo:
        yield f"feedparser: {read.bozo_exception}"
    if not data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>"):
        yield "has no XML declaration"


def missing(element: etree._Element, *names: str) -> Iterator[str]:
    """The elements that are not there; those of authors say more than text."""
    for name in names:
        found = element.find(name)
        if found is None or not (len(found) or (found.text or "").strip() or name == CONTENT):
            yield f"no <{name}>"


def repeated(ids: Iterable[str]) -> Iterator[str]:
    """The ids that several entries have, and those that are empty."""
    seen: set[str] = set()
    for each in ids:
        if not each or each in seen:
            yield f"the id {each!r} is empty or stands twice"
        seen.add(each)


def html_faults(html: str) -> Iterator[str]:
    """What readers refuse, or cannot resolve, in an article."""
    body = LexborHTMLParser(html).body
    if body is None:
        return
    yield from (f"<{node.tag}> in the content" for node in body.css(REFUSED))
    for node in body.traverse():
        for name, value in node.attributes.items():
            if name.startswith("on"):
                yield f"{name} in the content"
            for part in (value or "").split(", ") if name == "srcset" else [value or ""]:
                if name in ADDRESSES and not urlsplit(part).scheme:
                    yield f"{name}={value!r} is relative"


def is_web(url: str | None) -> bool:
    """Whether `url` is an absolute one of the web."""
    parts = urlsplit(url or "")
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
