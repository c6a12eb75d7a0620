"""What is at an address: what the rules share that follow links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from blogforge import urls
from blogforge.pages.subjects import Redirect

if TYPE_CHECKING:
    from blogforge.edition import Edition
    from blogforge.model import Page


class Place(NamedTuple):
    """Where an address leads: on this site or elsewhere, to a page or to nothing."""

    here: bool
    page: Page | None = None
    fragment: str = ""

    @property
    def dead(self) -> bool:
        """Whether it is on this site, and nothing is there."""
        return self.here and self.page is None

    @property
    def redirect(self) -> str:
        """The URL that a page there leads on to; empty where it does not."""
        subject = self.page.subject if self.page else None
        return subject.target if isinstance(subject, Redirect) else ""


_ELSEWHERE = Place(here=False)
_NOWHERE = Place(here=True)


class Addresses:
    """Every address of an edition's tree."""

    def __init__(self, edition: Edition) -> None:
        self.site_url = edition.site.config.url
        self._site = urlsplit(self.site_url)
        self._pages = {page.path: page for page in edition.pages}
        self._known: dict[tuple[str, str], Place] = {}

    def place(self, address: str, page_url: str = "") -> Place:
        """Where `address` leads, as the page at `page_url` has it.

        `page_url` is relative to the host's root; empty: the home page.
        """
        whole = address.startswith("/") or "://" in address
        key = (address, "" if whole else page_url)
        if key not in self._known:
            self._known[key] = self._place(*key)
        return self._known[key]

    def _place(self, address: str, page_url: str) -> Place:
        site = self._site
        try:
            page = urljoin(self.site_url, page_url)
            url, fragment = urldefrag(urljoin(page, address))
            target = urlsplit(url)
        except ValueError:
            return _NOWHERE  # no address at all: "http://["
        if (target.scheme, target.netloc) != (site.scheme, site.netloc):
            return _ELSEWHERE
        if not target.path.startswith(site.path):
            return _ELSEWHERE  # the same host, and another site on it
        path = urls.decode("/" + target.path.removeprefix(site.path))
        found = self._pages.get(urls.output_path(path))
        found = found or self._pages.get(urls.output_path(f"{path}/"))
        return Place(here=True, page=found, fragment=unquote(fragment))


def is_relative(address: str) -> bool:
    """Whether an address means something else on each page: neither whole, nor from the root."""
    parts = urlsplit(address)
    return bool(parts.path) and not (parts.scheme or parts.netloc or address.startswith("/"))
