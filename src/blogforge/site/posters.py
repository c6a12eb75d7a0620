"""Which pages of a site have a poster, and what that says.

Articles without a picture that networks show have one of their own, and so have the front page,
sections, authors, stories and standalone pages. All others share that of the front page, also what
is unlisted or withdrawn: no poster says what a reader cannot find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.branches import branch_of, branches
from blogforge.model import within
from blogforge.posters.poster import Poster
from blogforge.site.dates import direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.config import Config
    from blogforge.images import Image
    from blogforge.model import Document, Group, Site
    from blogforge.posters.faces import Faces

FRONT = ""  # the key of the front page's, which pages without one of their own have
_GROUPS = frozenset({"section", "author", "story"})


def is_drawing(image: Image | None) -> bool:
    """Whether there is no image, or one that no network shows."""
    return image is None or image.src.lower().endswith(".svg")


def posters(site: Site, style: Poster, letters: Faces) -> dict[str, Poster]:
    """Every poster of `site` as `style` has it, by source path or group id; FRONT: the site's.

    A text with letters that `letters` has not is left out, and a poster without any.
    """
    own = {config.branch: config for config in branches(site.config)}
    found = {within(branch, FRONT): _of_front(config) for branch, config in own.items()}
    for group in site.groups:
        if group.kind in _GROUPS:
            found[group.id] = _of_group(own[group.branch], group)
    for document in (*site.posts, *site.standalones):
        if document.status == "published" and is_drawing(document.image):
            config = own[branch_of(document.lang, site.config)]
            found[document.path] = _of_document(site, document, config.title)
    dressed = {key: _dressed(poster, style, letters) for key, poster in found.items()}
    return {key: poster for key, poster in dressed.items() if poster.title or poster.brand}


def untold(site: Site, letters: Faces) -> Iterator[tuple[str, str]]:
    """Each document with letters in its title for which there is no font, and those."""
    for document in (*site.posts, *site.standalones):
        if document.status == "published" and (missing := letters.missing(document.title)):
            yield document.path, missing


def _dressed(poster: Poster, style: Poster, letters: Faces) -> Poster:
    texts = {
        name: letters.shown(text) if not letters.missing(text) else ""
        for name in ("title", "kicker", "note", "brand")
        if (text := getattr(poster, name))
    }
    shared = {"look": style.look, "accent": style.accent, "typefaces": style.typefaces}
    return structs.replace(poster, **texts, **shared)


def _of_front(config: Config) -> Poster:
    return Poster(title=config.title, note=config.dek, rtl=_is_rtl(config.language))


def _of_group(config: Config, group: Group) -> Poster:
    return Poster(
        title=group.name, note=group.dek, brand=config.title, rtl=_is_rtl(config.language)
    )


def _of_document(site: Site, document: Document, brand: str) -> Poster:
    card = site.cards.get(document.path)
    names = ", ".join(byline.name for byline in card.byline) if card else ""
    return Poster(
        title=document.title,
        kicker=card.section if card else "",
        note=names or document.dek,
        brand=brand,
        rtl=_is_rtl(document.lang),
    )


def _is_rtl(lang: str) -> bool:
    return direction(lang) == "rtl"
