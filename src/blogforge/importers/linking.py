"""Old addresses -> the files that answer for them."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from blogforge.importers.found import SCHEME
from blogforge.importers.names import host_of, joined
from blogforge.urls import collision_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.importers.found import Found, Item

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.I)
_NAMING = {"p", "page_id", "attachment_id", "post"}  # queries that are a page's name
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w{3,4}$)|-scaled(?=\.\w{3,4}$)")


class Target(NamedTuple):
    """Where something is now: its path below the site's folder, or an address from its root.

    `key`: of the item that it is, if it is one.
    """

    path: str = ""
    url: str = ""
    key: str = ""


class Addresses:
    """All that the old site's addresses lead to, in any of their spellings.

    `url`: of the old site, where it is known.
    """

    def __init__(self, hosts: Iterable[str], url: str = "") -> None:
        self.hosts = set(hosts)
        self.url = url
        self.targets: dict[str, Target] = {}
        self.names: dict[str, Target] = {}

    def add(self, target: Target, addresses: Iterable[str], names: Iterable[str] = ()) -> None:
        """Let `addresses` of the old site, and names that readers give, lead to `target`."""
        for address in filter(None, addresses):
            if (place := self.place(address)) is not None:
                self.targets.setdefault(place, target)
        for name in filter(None, names):
            self.names.setdefault(collision_key(name.lstrip("/")), target)

    def place(self, address: str) -> str | None:
        """What all spellings of an old address share; None for one of another site."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.netloc and bare_host(parts.netloc) not in self.hosts:
            return None
        if parts.scheme not in {"", "http", "https"}:
            return None
        path = _INDEX.sub("/", unquote(parts.path)).strip("/")
        named = sorted(pair for pair in parse_qsl(parts.query) if pair[0] in _NAMING)
        query = "&".join(f"{key}={value}" for key, value in named)
        return collision_key(f"{path}?{query}" if query else path)

    def find(self, destination: str, item: Item) -> Target | None:
        """What a destination in the body of `item` means; None where that is nothing we know."""
        if destination.startswith(SCHEME):
            return self._named(unquote(destination.removeprefix(SCHEME).partition("#")[0]))
        path = destination.partition("#")[0].partition("?")[0]
        if not path and "?" not in destination:
            return None
        relative = not _SCHEME.match(destination) and not path.startswith("/")
        if relative and path:
            beside = posixpath.normpath(
                posixpath.join(posixpath.dirname(item.origin.path), unquote(path))
            )
            if found := self._named(beside) or self._named(unquote(path)):
                return found
        whole = joined(item.old or "/", destination) if relative else destination
        return self._at(whole)

    def lookup(self, address: str) -> Target | None:
        """What an address or a name of the source means, wherever it stands."""
        return self._at(address) or self._named(unquote(address))

    def is_old(self, destination: str) -> bool:
        """Whether a destination is of the old site, so that it should lead somewhere here."""
        if destination.startswith(SCHEME):
            return True
        return self.place(destination) is not None and bool(host_of(destination))

    def _at(self, address: str) -> Target | None:
        place = self.place(address)
        if place is None:
            return None
        found = self.targets.get(place) or self.targets.get(unsized(place))
        return found or self.targets.get(place.partition("?")[0] or place)

    def _named(self, name: str) -> Target | None:
        key = collision_key(name.lstrip("/"))
        return self.names.get(key) or self.names.get(key.strip("/"))


def unsized(address: str) -> str:
    """The address of the picture that WordPress made a smaller copy of: gun-300x200.jpg."""
    return _SIZED.sub("", address)


def bare_host(netloc: str) -> str:
    """A host without its port, user name and `www.`, in lower case."""
    host = netloc.rpartition("@")[2].lower()
    return re.sub(r":\d*$", "", host).removeprefix("www.").rstrip(".")


def hosts_of(found: Found, url: str) -> list[str]:
    """The hosts of the old site: of its settings, of `url`, and of most items' addresses."""
    hosts = [bare_host(host_of(each)) for each in (found.settings.get("url", ""), url)]
    counted = Counter(bare_host(host_of(item.old)) for item in found.items if "://" in item.old)
    hosts += [host for host, _ in counted.most_common(1)]
    return [host for host in dict.fromkeys(hosts) if host]


def relative(path: str, here: str) -> str:
    """The way from the document at `here` to the file at `path`, as a link says it."""
    if path.startswith("static/"):
        return quote(path.removeprefix("static"), safe="/~+,;=@!$'*&")
    way = posixpath.relpath(path, posixpath.dirname(here))
    return way if re.fullmatch(r"[\w./-]+", way) else quote(way, safe="/~+,;=@")
