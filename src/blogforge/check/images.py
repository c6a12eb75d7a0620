"""Pictures that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from blogforge import urls
from blogforge.check.addresses import Addresses, as_written, is_relative, referred
from blogforge.config import CONFIG_FILE
from blogforge.content.authors import AUTHORS_FILE
from blogforge.content.places import problem_at
from blogforge.errors import Location, Problem
from blogforge.pages.metadata import logo_url
from blogforge.site.media import media_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.edition import Edition

_PICTURES = (("img", "src"), ("source", "src"), ("video", "poster"))


def missing(edition: Edition) -> Iterator[Problem]:
    """A picture of a body, a post, an author or the publisher, on this site, and not in its tree.

    An author's picture is beside posts, named from the site's folder, or in static/.
    """
    addresses = Addresses(edition)
    yield from _in_bodies(edition, addresses)
    yield from _of_documents(edition, addresses)
    yield from _of_authors(edition, addresses)
    yield from _of_publisher(edition, addresses)


def _in_bodies(edition: Edition, addresses: Addresses) -> Iterator[Problem]:
    site = edition.site
    for document in edition.site.documents:
        for address in referred(site.articles[document.path].html, _PICTURES):
            if addresses.nothing_at(address, document.url):
                source = edition.reading.sources[document.path]
                offset, written = as_written(source, address, site.config.base_path)
                hint = _where(written, document.path, site.config.url)
                yield problem_at(source, offset, _message(written), hint, "warning")


def _of_documents(edition: Edition, addresses: Addresses) -> Iterator[Problem]:
    reading = edition.reading
    given = {document.path: document.image for document in (*reading.posts, *reading.standalones)}
    for document in edition.site.documents:
        written = given[document.path]
        if document.image and written and addresses.nothing_at(document.image.src, document.url):
            yield Problem(
                _message(written.src),
                Location(document.path),
                _where(written.src, document.path, edition.site.config.url),
                level="warning",
                key=("image", "src"),
            )


def _of_authors(edition: Edition, addresses: Addresses) -> Iterator[Problem]:
    config = edition.site.config
    for author in edition.reading.authors.values():
        if media_path(author.image, "") in edition.reading.media:
            continue
        if is_relative(author.image):
            message = f"the picture {author.image} would be another on every page"
            hint = f"begin with a slash: /{author.image}"
        elif author.image and addresses.nothing_at(urls.rooted(author.image, config.base_path)):
            message = _message(author.image)
            hint = _where(author.image, AUTHORS_FILE, config.url)
        else:
            continue
        at = (author.id, "image")
        yield Problem(message, Location(AUTHORS_FILE), hint, level="warning", key=at)


def _of_publisher(edition: Edition, addresses: Addresses) -> Iterator[Problem]:
    config = edition.site.config
    logo = config.publisher.logo
    if logo and addresses.nothing_at(logo_url(config)):
        hint = _where("/" + logo.lstrip("/"), CONFIG_FILE, config.url)
        at = ("publisher", "logo")
        yield Problem(_message(logo), Location(CONFIG_FILE), hint, level="warning", key=at)


def _message(written: str) -> str:
    return f"the picture {written} is not there"


def _where(written: str, path: str, site_url: str) -> str:
    """Where the file would have to be for a reference in the document at `path`."""
    if written.startswith(site_url):
        written = "/" + written.removeprefix(site_url)
    try:
        file = unquote(urlsplit(written).path)
    except ValueError:
        file = ""
    base = urlsplit(site_url).path
    if file.startswith("/"):
        return f"put it at static/{file.removeprefix(base).lstrip('/')}"
    place = media_path(file, path)
    if not file or place.startswith("../"):
        return "correct it, or take the picture out"
    return f"put it at {place}"
