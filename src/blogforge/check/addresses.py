"""What the rules share that follow addresses: where they stand, and whether something is there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from blogforge import urls
from blogforge.content.places import offset_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.edition import Edition
    from blogforge.model import Source

_BEFORE = ("](", "](<", '="', "='", ": ")


def referred(html: str, attributes: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The addresses in (tag, attribute) pairs of a body, each once, in order."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    found = (
        (node.attributes.get(attribute) or "").strip()
        for tag, attribute in attributes
        for node in tree.css(f"{tag}[{attribute}]")
    )
    return tuple(dict.fromkeys(found))


def as_written(source: Source, address: str, base_path: str) -> tuple[int, str]:
    """Where an address of the HTML stands in its source, and how it is written there.

    The offset is negative where it does not: engines encode, and the site's path is put in front.
    """
    for spelling in dict.fromkeys(_spellings(address, base_path)):
        if (offset := offset_of(source.body, spelling, _BEFORE)) >= 0:
            return offset, spelling
    return -1, address


def _spellings(address: str, base_path: str) -> Iterator[str]:
    below = address
    if address.startswith(base_path):
        below = "/" + address.removeprefix(base_path)
    for spelling in (address, below):
        yield spelling
        yield unquote(spelling)


class Addresses:
    """Every address of an edition's tree."""

    def __init__(self, edition: Edition) -> None:
        self.site_url = edition.site.config.url
        self.here = frozenset(page.path for page in edition.pages)

    def nothing_at(self, address: str, page_url: str = "") -> bool:
        """Whether `address`, as the page at `page_url` has it, is of this site and leads nowhere.

        `page_url` is relative to the host's root; empty: the home page.
        """
        try:
            page = urljoin(self.site_url, page_url)
            target = urlsplit(urldefrag(urljoin(page, address)).url)
            site = urlsplit(self.site_url)
            if (target.scheme, target.netloc) != (site.scheme, site.netloc):
                return False
        except ValueError:
            return True  # no address at all: "http://["
        if not target.path.startswith(site.path):
            return False  # the same host, and another site on it
        path = urls.decode("/" + target.path.removeprefix(site.path))
        return self.here.isdisjoint((urls.output_path(path), urls.output_path(f"{path}/")))


def is_relative(address: str) -> bool:
    """Whether an address means something else on each page: neither whole, nor from the root."""
    parts = urlsplit(address)
    return bool(parts.path) and not (parts.scheme or parts.netloc or address.startswith("/"))
