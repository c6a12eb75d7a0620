"""The files that are pictures made here: renditions, and posters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.config import CONFIG_FILE
from blogforge.errors import ContentError, Location, Problem
from blogforge.images import Rendition
from blogforge.model import Page, Value
from blogforge.pages.metadata import poster_url
from blogforge.pages.plan import page_at
from blogforge.pictures.kept import key_of
from blogforge.pictures.looks import UnreadableError
from blogforge.posters.faces import UnknownFontError
from blogforge.posters.recipe import key_of as key_of_poster

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.config import Config
    from blogforge.model import Site
    from blogforge.pages.views import View
    from blogforge.posters.poster import Poster


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


def posters(site: Site, config: Config) -> Iterator[Page]:
    """A page for each poster; pages that say the same share one."""
    for shown, key in {shown: key for key, shown in site.posters.items()}.items():
        yield page_at(
            poster_url(shown, config.base_path),
            config,
            render=poster,
            kind="file",
            subject=shown,
            origin=f"the social card of {key or 'the site'}",
        )


def poster(view: View, page: Page) -> bytes:
    """A poster; the page's subject is that Poster. Raises ContentError."""
    subject: Poster = page.subject
    try:
        return view.drawn(subject)
    except UnknownFontError as error:
        message = f"{page.origin} cannot be drawn: {error}"
        raise ContentError([Problem(message, Location(CONFIG_FILE))]) from error


def rendition(view: View, page: Page) -> bytes:
    """A rendition; the page's subject is a RenditionOf. Raises ContentError."""
    subject: RenditionOf = page.subject
    try:
        return view.rendition(subject.name, subject.rendition)
    except UnreadableError as error:
        message = f"the picture {page.origin} cannot be shown: {error}"
        raise ContentError([Problem(message, Location(page.origin))]) from error


def keys_kept(pages: Iterable[Page]) -> Iterator[str]:
    """The keys under which the renditions and posters among `pages` are kept."""
    for page in pages:
        if page.render is rendition:
            yield key_of(page.subject.rendition, page.subject.digest)
        elif page.render is poster:
            yield key_of_poster(page.subject)
