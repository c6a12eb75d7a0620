"""The images of a book: in formats that every reader of books shows, and in the book itself.

Source: EPUB 3.3, section 3.2, Core media types: JPEG, PNG, GIF, WebP and SVG, but not AVIF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.content.dom import parse
from blogforge.digest import digest_bytes
from blogforge.epub.drawings import drawing
from blogforge.model import Value
from blogforge.pictures.looks import UnreadableError, is_picture
from blogforge.pictures.privacy import without_metadata
from blogforge.site.pictures import file_of
from blogforge.urls import local_url

if TYPE_CHECKING:
    from collections.abc import Collection

    from blogforge.model import Site
    from blogforge.pages.views import View

_DIGITS = 12
# How files of each kind begin, and what ends their names.
_KINDS = (
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"GIF8", "gif", "image/gif"),
)
_SVG = ("svg", "image/svg+xml")


class Resource(Value, frozen=True, kw_only=True):
    """A file of the book beside its text; `type` is a media type."""

    href: str
    type: str
    data: bytes


class Album:
    """The images of a book, each once however often it is shown.

    `static` are the names of static files.
    """

    def __init__(self, view: View, site: Site, static: Collection[str]) -> None:
        self._view = view
        self._site = site
        self._static = static
        self._media = {url: path for path, url in site.media.items()}
        self.base = site.config.url
        self._known: dict[str, str] = {}
        self.resources: dict[str, Resource] = {}

    def href(self, src: str) -> str:
        """Where the image at an address is in the book; "" where it cannot be in one."""
        if src in self.resources:
            return src
        if src not in self._known:
            self._known[src] = self._taken(src)
        return self._known[src]

    def _taken(self, src: str) -> str:
        config = self._site.config
        url = local_url(src, config.base_path, config.origin)
        picture = self._site.pictures.get(url)
        if picture is not None and picture.shared is not None:
            return self._kept(self._view.rendition(picture.name, picture.shared))
        name = file_of(url, self._media, self._static, config.base_path) if url else ""
        if not name:
            return ""
        data = self._view.file(name)
        if name.lower().endswith(".svg"):
            return self._kept_drawing(data)
        try:
            return self._kept(without_metadata(data) if is_picture(name) else b"")
        except UnreadableError:  # of which the build tells
            return ""

    def _kept(self, data: bytes) -> str:
        found = next((kind for kind in _KINDS if data.startswith(kind[0])), None)
        if found is not None:
            return self.keep(data, *found[1:])
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return self.keep(data, "webp", "image/webp")
        return ""

    def _kept_drawing(self, data: bytes) -> str:
        from lxml import etree

        text = data.decode(errors="replace")
        begin = text.find("<svg")
        found = drawing(parse(text[begin:])) if begin >= 0 else None
        if found is None:
            return ""
        etree.cleanup_namespaces(found)
        return self.keep(etree.tostring(found, encoding="utf-8", xml_declaration=True), *_SVG)

    def keep(self, data: bytes, ending: str, kind: str) -> str:
        """Put a file into the book, and tell where it is there."""
        href = f"images/{digest_bytes(data)[:_DIGITS]}.{ending}"
        self.resources[href] = Resource(href=href, type=kind, data=data)
        return href
