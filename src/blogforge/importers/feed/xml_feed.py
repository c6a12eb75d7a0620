"""RSS of any version and Atom -> a channel.

Sources: RSS 2.0 (https://www.rssboard.org/rss-specification), RSS 1.0
(https://web.resource.org/rss/1.0/spec), Atom (RFC 4287), paged feeds (RFC 5005).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.errors import ContentError, Location
from blogforge.importers.feed import markup
from blogforge.importers.feed.attachments import files_of
from blogforge.importers.feed.channel import Channel, Entry, Writer
from blogforge.importers.feed.elements import attribute, first, name_of, parts_of, said, words_of
from blogforge.importers.xml import parse

if TYPE_CHECKING:
    from lxml.etree import _Element

    from blogforge.importers.feed.elements import Parts

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
# A document type without declarations of its own, as RSS 0.91 has; any other is refused.
_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+[\w:]+(?:\s+(?:PUBLIC|SYSTEM)(?:\s+(?:\"[^\"]*\"|'[^']*'))+)?\s*>"
)
_PAGE = re.compile(rb"\s*(?:(?><!--.*?-->)\s*)*+<(?:!doctype html|html)\b", re.I | re.S)
_FEED_LINK = re.compile(
    rb"<link\b[^<>]*?\btype=[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)[^<>]*>", re.I
)
_HREF = re.compile(rb"\bhref=[\"']?([^\"'\s>]+)", re.I)
_MAIL = re.compile(r"\(([^()]+)\)|<[^<>@]+@[^<>]+>|\S+@\S+")
_READ = frozenset(
    {"title", "link", "description", "author", "category", "comments", "enclosure", "guid",
     "pubDate", "source", "content:encoded", "dc:creator", "dc:date", "dc:subject", "dc:language",
     "dc:title", "dc:identifier", "dcterms:issued", "dcterms:created", "dcterms:modified",
     "atom:title", "atom:link", "atom:id", "atom:author", "atom:category", "atom:content",
     "atom:summary", "atom:published", "atom:updated", "atom:issued", "atom:modified",
     "atom:created", "atom:source", "atom:contributor", "media:content",
     "media:thumbnail", "media:group",
     "media:credit", "media:description", "media:title", "itunes:author", "itunes:image",
     "itunes:title", "feedburner:origLink", "xhtml:body"}
)  # fmt: skip
_IGNORED = ("slash:", "wfw:", "thr:", "sy:", "rdf:")


def read(data: bytes, origin: str) -> Channel:
    """The feed in `data`, which came from `origin`, a path or an address.

    Raises ContentError, located, where it is no feed.
    """
    if _PAGE.match(data):
        raise _no_feed(data, origin)
    plain = _DOCTYPE.sub(lambda match: b"\n" * match[0].count(b"\n"), data, count=1)
    root, problems = parse(plain, origin)
    if name_of(root) not in {"rss", "rdf:RDF", "atom:feed", "atom:entry", "channel"}:
        message = f"this is no feed: it begins with <{name_of(root)}>"
        raise ContentError.of(message, Location(origin), "name an RSS, Atom or JSON feed")
    about = parts_of(next((e for e in root if name_of(e) == "channel"), root))
    entries = [element for element in root.iter() if name_of(element) in {"item", "atom:entry"}]
    base = origin if "://" in origin else ""
    url = _link(about, base)
    writers = _writers(about)
    return Channel(
        origin=origin,
        counted=len(entries),
        entries=tuple(_entry(element, url or base, writers) for element in entries),
        title=markup.title_of(said(about, "title") or said(about, "atom:title")),
        dek=markup.text_of(said(about, "description") or said(about, "atom:subtitle")),
        url=url,
        language=said(about, "language", "dc:language") or attribute(root, "xml:lang"),
        next=_related(about, "next", base),
        problems=tuple(problems),
    )


def _no_feed(data: bytes, origin: str) -> ContentError:
    links = (_HREF.search(link) for link in _FEED_LINK.findall(data))
    found = [link[1].decode(errors="replace") for link in links if link]
    base = origin if "://" in origin else ""
    named = ", ".join(markup.joined(base, address) for address in found[:3])
    hint = f"its page names {named}" if named else "name an RSS, Atom or JSON feed"
    return ContentError.of("this is a web page, not a feed", Location(origin), hint)


def _entry(element: _Element, base: str, writers: tuple[Writer, ...]) -> Entry:
    parts = parts_of(element)
    base = markup.joined(base, element.base or "")
    url = said(parts, "feedburner:origLink") or _link(parts, base) or _permalink(parts)
    content, notes = _content(parts, base)
    summary = _construct(first(parts, "atom:summary", "description"), base)
    attachments, images = files_of(parts, base)
    return Entry(
        line=int(str(element.sourceline)),  # its stubs know types that it never has
        id=said(parts, "guid", "atom:id", "dc:identifier") or element.get(_ABOUT, ""),
        url=markup.joined(base, url) if url else "",
        title=_title(parts),
        content=content or summary,
        whole=bool(content),
        summary=summary if content else "",
        published=said(parts, "pubDate", "atom:published", "atom:issued", "dc:date",
                        "dcterms:issued", "dcterms:created", "atom:created"),
        updated=said(parts, "atom:updated", "atom:modified", "dcterms:modified"),
        writers=_writers(parts) or writers,
        categories=_categories(parts),
        language=_language(parts, element),
        images=images,
        attachments=attachments,
        extra=_extra(parts),
        notes=notes,
    )  # fmt: skip


def _construct(element: _Element | None, base: str) -> str:
    """A text construct of Atom, or HTML of RSS, as HTML with whole addresses."""
    if element is None:
        return ""
    kind = element.get("type", "html" if name_of(element)[:5] != "atom:" else "text").lower()
    here = markup.joined(base, element.base or "")
    if kind in {"xhtml", "application/xhtml+xml"} or name_of(element) == "xhtml:body":
        return markup.whole(_inner(element), here)
    text = words_of(element).strip()
    plain = kind in {"text", "text/plain"} and element.get("mode") != "escaped"
    return markup.paragraphs(text) if plain and text else markup.whole(text, here)


def _inner(element: _Element) -> str:
    """The HTML within an element of XHTML, without the `div` that Atom wants around it."""
    from lxml import etree

    if len(element) == 1 and name_of(element[0]) == "xhtml:div":
        element = element[0]
    copies = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    inner = (element.text or "") + "".join(map(str, copies))
    return re.sub(r" xmlns(?::\w+)?=\"[^\"]*\"|(?<=<)(/?)\w+:(?=\w)", r"\1", inner)


def _content(parts: Parts, base: str) -> tuple[str, tuple[str, ...]]:
    element = first(parts, "content:encoded", "atom:content", "xhtml:body")
    if element is None:
        return "", ()
    kind = element.get("type", "").lower()
    if src := element.get("src"):
        address = markup.joined(base, src)
        return "", (f"its content is not in the feed but at {address}",)
    if "/" in kind and not kind.startswith("text/") and "xhtml" not in kind:
        return "", (f"its content is of the type {kind}, and was left out",)
    return _construct(element, base), ()


def _title(parts: Parts) -> str:
    element = first(parts, "title", "atom:title", "dc:title", "itunes:title", "media:title")
    if element is None:
        return ""
    text = words_of(element)
    is_text = name_of(element)[:5] == "atom:" and element.get("type", "text") == "text"
    return " ".join(text.split()) if is_text else markup.title_of(text)


def _link(parts: Parts, base: str) -> str:
    """The address of the page that a channel or an entry is about."""
    found = _related(parts, "alternate", base)
    link = said(parts, "link")
    return markup.joined(base, link) if link else found


def _related(parts: Parts, relation: str, base: str) -> str:
    for link in parts.get("atom:link", []):
        html = relation != "alternate" or link.get("type", "text/html").startswith(
            ("text/", "appl")
        )
        if link.get("rel", "alternate") == relation and link.get("href") and html:
            return markup.joined(markup.joined(base, link.base or ""), link.get("href", ""))
    return ""


def _permalink(parts: Parts) -> str:
    guid = first(parts, "guid")
    text = said(parts, "guid")
    is_address = text.startswith(("http://", "https://"))
    lasting = guid is not None and guid.get("isPermaLink", "true").lower() != "false"
    return text if is_address and lasting else ""


def _writers(parts: Parts) -> tuple[Writer, ...]:
    found = []
    for author in parts.get("atom:author", []):
        own = parts_of(author)
        name = said(own, "atom:name")
        found.append(Writer(name=name, url=said(own, "atom:uri", "atom:url")))
    for name in ("dc:creator", "author", "itunes:author", "managingEditor"):
        if not found:
            found += [Writer(name=_person(str(e.text or ""))) for e in parts.get(name, [])]
    kept = {writer.name.strip(): writer for writer in found if writer.name.strip()}
    return tuple(kept.values())


def _person(text: str) -> str:
    """A name as RSS writes it, "mail (Name)" or "Name <mail>", without the mail."""
    bracketed = re.search(r"\(([^()]+)\)", text)
    if bracketed and "@" in text:
        return bracketed[1].strip()
    return " ".join(_MAIL.sub("", text).split()) if "@" in text else " ".join(text.split())


def _categories(parts: Parts) -> tuple[str, ...]:
    named = [attribute(e, "label", "term") for e in parts.get("atom:category", [])]
    named += [str(e.text or "") for name in ("category", "dc:subject") for e in parts.get(name, [])]
    return tuple(dict.fromkeys(filter(None, (markup.title_of(name) for name in named))))


def _language(parts: Parts, element: _Element) -> str:
    content = first(parts, "atom:content")
    own = attribute(content, "xml:lang") if content is not None else ""
    return own or attribute(element, "xml:lang") or said(parts, "dc:language")


def _extra(parts: Parts) -> dict[str, str]:
    """What has no other place: the feed that an entry was taken from, a podcast's numbers."""
    extra = {
        name: said(parts, name)
        for name in parts
        if name and name not in _READ and not name.startswith(_IGNORED)
    }
    names = [said(parts_of(one), "atom:name") for one in parts.get("atom:contributor", [])]
    extra["contributors"] = ", ".join(filter(None, names))
    source = first(parts, "atom:source")
    extra["source"] = (
        said(parts_of(source), "atom:title") if source is not None else said(parts, "source")
    )
    return {name: text for name, text in extra.items() if text}
