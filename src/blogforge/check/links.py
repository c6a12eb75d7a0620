"""Links in bodies that lead nowhere on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from blogforge import urls
from blogforge.content.places import offset_of, problem_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.edition import Edition
    from blogforge.errors import Problem
    from blogforge.model import Document

_ATTRIBUTES = (("a[href]", "href"), ("img[src]", "src"), ("source[src]", "src"))


def dead(edition: Edition) -> Iterator[Problem]:
    """A link or picture whose address is on this site, and nothing is there."""
    site = edition.site
    here = {page.path for page in edition.pages}
    documents: list[Document] = [*site.posts, *site.unlisted, *site.standalones]
    for document in documents:
        html = site.articles[document.path].html
        for address in dict.fromkeys(_addresses(html)):
            if not _leads_somewhere(address, document, site.config.url, here):
                source = edition.reading.sources[document.path]
                yield problem_at(
                    source,
                    offset_of(source.body, address, ("](", '="', ": ")),
                    f"links to {address}, and there is nothing",
                    "correct it, or take the link out",
                    "warning",
                )


def _addresses(html: str) -> Iterator[str]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for selector, attribute in _ATTRIBUTES:
        for node in tree.css(selector):
            yield (node.attributes.get(attribute) or "").strip()


def _leads_somewhere(address: str, document: Document, site_url: str, here: set[str]) -> bool:
    """Whether `address` is elsewhere, or a page or file of the site."""
    try:
        target = urlsplit(urldefrag(urljoin(urljoin(site_url, document.url), address)).url)
        site = urlsplit(site_url)
        if (target.scheme, target.netloc) != (site.scheme, site.netloc):
            return True
    except ValueError:
        return False  # no address at all: "http://["
    if not target.path.startswith(site.path):
        return True  # the same host, and another site on it
    path = urls.decode("/" + target.path.removeprefix(site.path))
    return urls.output_path(path) in here or urls.output_path(f"{path}/") in here
