"""The pictures that a site shows: who names them, and in which widths and formats readers get them.

Each rendition has an address of its own, which changes with the picture, so that caches need never
ask again, and a page changes exactly when a picture on it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.digest import digest_value
from blogforge.images import Picture, Rendition
from blogforge.model import Value
from blogforge.pictures.looks import DRAWING, is_shown
from blogforge.urls import decode, local_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from blogforge.config import Config
    from blogforge.model import Site
    from blogforge.pictures.looks import Look
    from blogforge.settings import ImagesConfig

# What networks ask of a picture beside a link, and enough for a feed.
# Source: https://developers.google.com/search/docs/appearance/structured-data/article
SHARED_WIDTH = 1200
_COMMON = frozenset({"jpeg", "png", "gif"})  # formats that everybody shows
_SUFFIXES = {"jpeg": "jpg"}
_DIGITS = 8
_ALL = 100  # the quality of what loses nothing


class Mention(Value, frozen=True, kw_only=True):
    """Where a picture is named: in the file at `path`, at its key, or in its body where none."""

    url: str
    path: str
    key: tuple[str, ...] = ()


def picture_url(src: str, config: Config) -> str:
    """The key of an image's address in `Site.pictures`; "" where none of this site can be there."""
    url = local_url(src, config.base_path, config.origin)
    return url if is_shown(url) else ""


def mentions(site: Site, authors_file: str) -> Iterator[Mention]:
    """Every place of something published that names a picture of this site."""
    for document in site.documents:
        if document.image and (url := picture_url(document.image.src, site.config)):
            yield Mention(url=url, path=document.path, key=("image", "src"))
        for place in site.briefs[document.path].pictures:
            if is_shown(place):
                yield Mention(url=place, path=document.path)
    for author in site.authors.values():
        if url := picture_url(author.image, site.config):
            yield Mention(url=url, path=authors_file, key=(author.id, "image"))


def file_of(url: str, media: dict[str, str], static: Collection[str], base_path: str) -> str:
    """The name of the file that is published at `url`; "" where there is none.

    `media`: URL -> source path; `static`: the names below static/.
    """
    if url in media:
        return media[url]
    name = decode(url).removeprefix(base_path)
    return f"static:{name}" if name in static else ""


def picture_of(url: str, name: str, digest: str, look: Look, settings: ImagesConfig) -> Picture:
    """The picture at `url`, of which a look has been taken, with its renditions.

    What moves has none, and neither has a drawing, which suits every screen.
    """
    plain = Picture(
        name=name,
        digest=digest,
        url=url,
        width=look.width,
        height=look.height,
        color=look.color if look.opaque else "",
    )
    if look.moving or look.format == DRAWING:
        return plain
    widths = sorted({min(width, look.width) for width in settings.widths})
    renditions = [
        _rendition(plain, form, width, settings)
        for form in dict.fromkeys(settings.formats)
        for width in widths
    ]
    shared = None
    if look.format not in _COMMON or look.width > SHARED_WIDTH:
        form = "png" if look.format in {"png", "gif"} or not look.opaque else "jpeg"
        shared = _rendition(plain, form, min(SHARED_WIDTH, look.width), settings)
    return structs.replace(plain, shared=shared, renditions=tuple(renditions))


def _rendition(picture: Picture, form: str, width: int, settings: ImagesConfig) -> Rendition:
    quality = getattr(settings.quality, form, _ALL)
    fingerprint = digest_value((picture.name, picture.digest, quality))[:_DIGITS]
    stem = picture.url.rpartition(".")[0]
    return Rendition(
        url=f"{stem}.{fingerprint}.{width}.{_SUFFIXES.get(form, form)}",
        width=width,
        height=max(1, round(picture.height * width / picture.width)),
        format=form,
        quality=quality,
    )
