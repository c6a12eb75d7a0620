"""A published tree, read back as a reader's browser would."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

# Where HTML says an address: https://html.spec.whatwg.org/multipage/indices.html#attributes-3.
ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
METADATA = ("og:url", "og:image", "article:author")


class Link(NamedTuple):
    """An address in a page: what it says, and the tag that says it."""

    address: str
    tag: str


class Tree:
    """The published site in a folder, as it will be found at `url`."""

    def __init__(self, root: Path, url: str) -> None:
        self.root = root
        self.url = url
        self._site = urlsplit(url)
        self._ids: dict[str, frozenset[str]] = {}

    @cached_property
    def files(self) -> frozenset[str]:
        """Every published file."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.root).as_posix() for path in found)

    @cached_property
    def digests(self) -> dict[str, str]:
        """The digest of every file."""
        return {
            name: hashlib.sha256((self.root / name).read_bytes()).hexdigest()
            for name in sorted(self.files)
        }

    def named(self, suffix: str) -> list[str]:
        """The files whose names end so, sorted."""
        return sorted(name for name in self.files if name.endswith(suffix))

    def html(self, name: str) -> LexborHTMLParser:
        """A page, parsed."""
        return LexborHTMLParser((self.root / name).read_text(encoding="utf-8"))

    def pages(self) -> Iterator[tuple[str, LexborHTMLParser]]:
        """Every page, parsed one after the other."""
        for name in self.named(".html"):
            yield name, self.html(name)

    def address_of(self, name: str) -> str:
        """Where a file is found."""
        return urljoin(self.url, name.removesuffix("index.html"))

    def file_at(self, address: str) -> str | None:
        """The file at an address; empty for one of another site, None where nothing is."""
        target = urlsplit(urldefrag(address).url)
        if target.scheme in {"mailto", "tel", "data"} or target.netloc != self._site.netloc:
            return ""
        if not target.path.startswith(self._site.path):
            return ""
        path = unquote(target.path.removeprefix(self._site.path))
        name = f"{path}index.html" if path.endswith("/") or not path else path
        return name if name in self.files else None

    def dead(self, base: str, links: Iterable[Link]) -> list[str]:
        """The links of a page at `base` to files or fragments of this site that are not there."""
        return [link.address for link in links if not self._leads(urljoin(base, link.address))]

    def _leads(self, address: str) -> bool:
        target = self.file_at(address)
        fragment = unquote(urldefrag(address).fragment)
        if not target or not fragment:
            return target is not None
        return fragment in self._ids_of(target)

    def _ids_of(self, name: str) -> frozenset[str]:
        if name not in self._ids:
            nodes = self.html(name).css("[id]") if name.endswith(".html") else []
            self._ids[name] = frozenset(node.attributes["id"] or "" for node in nodes)
        return self._ids[name]


def links(page: LexborHTMLParser) -> Iterator[Link]:
    """Every address that a page names."""
    for tag, attributes in ATTRIBUTES.items():
        for node in page.css(tag):
            for attribute in attributes:
                value = node.attributes.get(attribute)
                if value is not None:
                    for address in _addresses(attribute, value):
                        yield Link(address, tag)
    for name in METADATA:
        for node in page.css(f'meta[property="{name}"]'):
            yield Link(node.attributes.get("content") or "", "meta")


def _addresses(attribute: str, value: str) -> list[str]:
    if attribute == "srcset":
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value.strip()]


def template_links(page: LexborHTMLParser) -> list[Link]:
    """What the templates link to: every address but those of an article's own text."""
    for body in page.css(".article-body"):
        body.decompose()
    return list(links(page))
