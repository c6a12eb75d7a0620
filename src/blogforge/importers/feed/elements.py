"""Elements of feeds by their names, whatever namespace and prefix a feed gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

    Parts = dict[str, list[_Element]]

_NETSCAPE = "netscape.com/rdf/simple/0.9/"  # RSS 0.9, at two hosts
# Names of RSS itself have no prefix here, whatever the namespace.
_PREFIXES = {
    "": "",
    "http://purl.org/rss/1.0/": "",
    f"http://my.{_NETSCAPE}": "",
    f"http://channel.{_NETSCAPE}": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}
_XML = "{http://www.w3.org/XML/1998/namespace}"


def name_of(element: _Element) -> str:
    """An element's name, its namespace made a prefix; "" for comments and the like."""
    tag: object = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.rpartition("}")
    known = _PREFIXES.get(namespace.removeprefix("{"))
    return f"{element.prefix}:{local}" if known is None else f"{known}{local}"


def parts_of(element: _Element) -> Parts:
    """An element's children by name, with those of a `media:group`."""
    found: Parts = {}
    for child in element:
        found.setdefault(name_of(child), []).append(child)
    for group in found.get("media:group", []):
        for child in group:
            found.setdefault(name_of(child), []).append(child)
    return found


def first(parts: Parts, *names: str) -> _Element | None:
    """The first element of the first of these names that is there."""
    return next((parts[name][0] for name in names if parts.get(name)), None)


def words_of(element: _Element) -> str:
    """All text in an element."""
    return "".join(map(str, element.itertext()))


def said(parts: Parts, *names: str) -> str:
    """The text of the first of these elements that has any."""
    found = (words_of(each).strip() for name in names for each in parts.get(name, []))
    return next(filter(None, found), "")


def attribute(element: _Element, *names: str) -> str:
    """The first of these attributes that is there; `xml:` names as they are written."""
    found = (element.get(name.replace("xml:", _XML)) for name in names)
    return next(filter(None, found), "").strip()
