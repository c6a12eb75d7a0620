"""The files that are made of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.errors import ContentError, Location, Problem
from blogforge.model import Page, Rendition, Value
from blogforge.pages.plan import page_at
from blogforge.pictures.kept import key_of
from blogforge.pictures.looks import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.config import Config
    from blogforge.model import Site
    from blogforge.pages.views import View


class RenditionOf(Value, frozen=True, kw_only=True):
    """What a page of a rendition is about: the picture's file, by name and digest, and how."""

    name: str
    digest: str
    rendition: Rendition


def renditions(site: Site, config: Config) -> Iterator[Page]:
    """A page for each rendition of each picture."""
    for picture in site.pictures.values():
        for made in (*picture.renditions, *filter(None, [picture.shared])):
            yield page_at(
                made.url,
                config,
                render=rendition,
                kind="file",
                subject=RenditionOf(name=picture.name, digest=picture.digest, rendition=made),
                origin=picture.name.replace("static:", "static/", 1),
            )


def rendition(view: View, page: Page) -> bytes:
    """A rendition; the page's subject is a RenditionOf. Raises ContentError."""
    subject: RenditionOf = page.subject
    try:
        return view.rendition(subject.name, subject.rendition)
    except UnreadableError as error:
        message = f"the picture {page.origin} cannot be shown: {error}"
        raise ContentError([Problem(message, Location(page.origin))]) from error


def renditions_kept(pages: Iterable[Page]) -> Iterator[str]:
    """The keys under which the renditions among `pages` are kept."""
    for page in pages:
        if page.render is rendition:
            yield key_of(page.subject.rendition, page.subject.digest)
