"""Pictures that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from blogforge import urls
from blogforge.check.addresses import is_relative
from blogforge.check.referrals import PICTURES
from blogforge.config import CONFIG_FILE
from blogforge.content.authors import AUTHORS_FILE
from blogforge.errors import Location, Problem
from blogforge.pages.metadata import logo_url
from blogforge.site.media import media_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.proof import Proof


def missing(proof: Proof) -> Iterator[Problem]:
    """A picture of a body, a post, an author or the publisher, on this site, and not in its tree.

    An author's picture is beside posts, named from the site's folder, or in static/.
    """
    yield from _in_bodies(proof)
    yield from _of_documents(proof)
    yield from _of_authors(proof)
    yield from _of_publisher(proof)


def _in_bodies(proof: Proof) -> Iterator[Problem]:
    site_url = proof.edition.site.config.url
    for document, referral in proof.referrals():
        if referral.tag in PICTURES and proof.addresses.place(referral.target, document.url).dead:
            written = referral.written
            hint = _where(written, document.path, site_url)
            yield referral.problem(document.path, _message(written), hint)


def _of_documents(proof: Proof) -> Iterator[Problem]:
    edition = proof.edition
    reading = edition.reading
    given = {document.path: document.image for document in (*reading.posts, *reading.standalones)}
    for document in edition.site.documents:
        written, image = given[document.path], document.image
        if image and written and proof.addresses.place(image.src, document.url).dead:
            hint = _where(written.src, document.path, edition.site.config.url)
            where = Location(document.path)
            message = _message(written.src)
            yield Problem(message, where, hint, level="warning", key=("image", "src"))


def _of_authors(proof: Proof) -> Iterator[Problem]:
    edition, addresses = proof.edition, proof.addresses
    config = edition.site.config
    for author in edition.reading.authors.values():
        if media_path(author.image, "") in edition.reading.media:
            continue
        if is_relative(author.image):
            message = f"the picture {author.image} would be another on every page"
            hint = f"begin with a slash: /{author.image}"
        elif author.image and addresses.place(urls.rooted(author.image, config.base_path)).dead:
            message = _message(author.image)
            hint = _where(author.image, AUTHORS_FILE, config.url)
        else:
            continue
        at = (author.id, "image")
        yield Problem(message, Location(AUTHORS_FILE), hint, level="warning", key=at)


def _of_publisher(proof: Proof) -> Iterator[Problem]:
    config = proof.edition.site.config
    logo = config.publisher.logo
    if logo and proof.addresses.place(logo_url(config)).dead:
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
