"""Ids and addresses in a book: what is in it is linked within it, all else by a whole address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

# NCName of XML, as far as ASCII goes: what an id may be.
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_NOT_NAME = re.compile(r"[^\w.-]+", re.ASCII)
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?", re.ASCII)
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+(\?.*)?", re.ASCII)
_PHONE = re.compile(r"\+?[\d.()-]+", re.ASCII)
_KEPT = "%/?:@!$&'()*+,;=~-._"  # RFC 3986: what a path and a query may hold


class Place(NamedTuple):
    """A file of the book, and its ids: as they were written -> as they are."""

    file: str
    ids: Mapping[str, str]


def name_ids(body: _Element) -> dict[str, str]:
    """Give every id in `body` a name that XML allows, each once; what they were -> what they are.

    Of an id that is given twice the first holds, as in browsers.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for element in body.iter():
        written = element.get("id")
        if written is None:
            continue
        if written in found:
            del element.attrib["id"]
            continue
        name = _named(written)
        while name in taken:
            name += "_"
        found[written] = name
        taken.add(name)
        element.set("id", name)
    return found


def _named(written: str) -> str:
    if _NAME.fullmatch(written):
        return written
    return "id-" + _NOT_NAME.sub(lambda part: part[0].encode().hex(), written)


def aim(body: _Element, places: Mapping[str, Place], own: str) -> None:
    """Make every address of the body of the article at `own` lead somewhere.

    `places`: what is in the book, by its address on the web. What leads nowhere is no link.
    """
    for anchor in body.iter("a"):
        href = anchor.attrib.pop("href", "")
        if found := _aimed(str(href), places, own):
            anchor.set("href", found)
    _aim_uses(body, places[own].ids)


def _aimed(href: str, places: Mapping[str, Place], own: str) -> str:
    address, _, fragment = href.partition("#")
    address = address or own
    place = places.get(address)
    if place is None:
        return web_address(href)
    if address == own and not fragment:
        return web_address(own)  # the article as it is there
    mark = place.ids.get(fragment) or place.ids.get(unquote(fragment))
    if address == own:
        return f"#{mark}" if mark else ""
    return f"{place.file}#{mark}" if mark else place.file


def _aim_uses(body: _Element, ids: Mapping[str, str]) -> None:
    """What drawings refer to within themselves."""
    for element in body.iter("{http://www.w3.org/2000/svg}use"):
        href = element.attrib.pop("href", "")
        if mark := ids.get(str(href).removeprefix("#")):
            element.set("href", f"#{mark}")


def web_address(url: str) -> str:
    """`url` as every reader of books takes it; "" where it leads nowhere outside of the book."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    match parts.scheme:
        case "mailto":
            return url if _MAIL.fullmatch(rest) and not parts.fragment else ""
        case "tel":
            return url if _PHONE.fullmatch(rest) else ""
        case "http" | "https":
            return _of_web(parts.scheme, parts.netloc, rest, parts.fragment)
    return ""


def _of_web(scheme: str, host: str, rest: str, fragment: str) -> str:
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return ""
    if not _HOST.fullmatch(host) or ".." in host:
        return ""
    path, mark, query = _ESCAPE.sub("%25", rest).partition("?")
    written = quote(path, safe=_KEPT.replace("?", "")) + mark + quote(query, safe=_KEPT)
    behind = f"#{quote(_ESCAPE.sub('%25', fragment), safe=_KEPT)}" if fragment else ""
    return f"{scheme}://{host}{written or '/'}{behind}"
