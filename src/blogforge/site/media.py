"""Files beside posts and pages: where they are published, and the images that name them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import msgspec

from blogforge import urls
from blogforge.errors import ContentError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blogforge.config import Config
    from blogforge.images import Image
    from blogforge.model import Site


def media_urls(paths: Iterable[str], config: Config) -> dict[str, str]:
    """Where each file beside posts and pages would be published: source path -> URL."""
    media = f"{config.base_path}media/"
    return {path: media + urls.encode(path.partition("/")[2]) for path in paths}


def resolve_image(image: Image, path: str, media: Mapping[str, str], config: Config) -> Image:
    """The image of the document at `path` with a URL as its `src`.

    A relative `src` is a file beside the document; one that begins with a slash is in static/.
    Raises ContentError where a relative one names no file.
    """
    if "://" in image.src or image.src.startswith("//"):
        return image
    if image.src.startswith("/"):
        url = config.base_path + urls.encode(urls.decode(image.src.lstrip("/")))
        return msgspec.structs.replace(image, src=url)
    target = media_path(image.src, path)
    if target not in media:
        message = f"the image '{image.src}' is not there"
        hint = f"put the file at {target}, or begin with a slash for one in static/"
        raise ContentError([Problem(message, Location(path), hint, key=("image", "src"))])
    return msgspec.structs.replace(image, src=media[target])


def with_portraits(site: Site, media: Mapping[str, str]) -> Site:
    """`site`, its authors' images that name files among `media` with the URLs of those.

    They are named from the site's folder, as in `posts/portraits/ines.png`, and are published for
    authors who are shown.
    """
    beside = {
        key: path
        for key, author in site.authors.items()
        if (path := media_path(author.image, "")) in media
    }
    found = {
        key: msgspec.structs.replace(site.authors[key], image=media[path])
        for key, path in beside.items()
    }
    used = {path: media[path] for path in sorted({*site.media, *beside.values()})}
    return msgspec.structs.replace(site, authors={**site.authors, **found}, media=used)


def media_path(src: str, path: str) -> str:
    """Which file a relative `src`, percent-encoded or not, means in the document at `path`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), urls.decode(src)))
