"""With which headers a host is to serve a file, where a deployment can say so."""

from __future__ import annotations

import mimetypes
import re
from typing import TYPE_CHECKING

from blogforge.output.manifest import MANIFEST
from blogforge.pages.metadata import FEED_FILES

if TYPE_CHECKING:
    from collections.abc import Callable

# Names with a digest in them, of which the bytes never change: style.9be0045a.css,
# chart.3518f4bd.400.avif, cards/0adc85e2a603d527.png, and search's fragments and indexes.
_FINGERPRINTED = re.compile(
    r"\.[0-9a-f]{8}\.(css|js|\d+\.\w+)$|(^|/)[0-9a-f]{16}\.\w+$|_[0-9a-f]{6,}\.pf_\w+$"
)
_HTML = "text/html; charset=utf-8"
_TYPES = mimetypes.MimeTypes(filenames=())  # Python's own table, whatever the machine's says
_OURS = {
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
_BY_NAME = {
    FEED_FILES["rss"]: "application/rss+xml; charset=utf-8",
    FEED_FILES["atom"]: "application/atom+xml; charset=utf-8",
    FEED_FILES["json"]: "application/feed+json; charset=utf-8",
    "llms.txt": "text/markdown; charset=utf-8",
    MANIFEST: "text/plain; charset=utf-8",
    "_headers": "text/plain; charset=utf-8",
    "_redirects": "text/plain; charset=utf-8",
}
_OF_OTHERS = (".php", ".asp", ".aspx", ".xml")  # old addresses, which are pages all the same
_DOCTYPE = b"<!doctype html>"

FOREVER = "public, max-age=31536000, immutable"
ASK = "public, max-age=0, must-revalidate"
_MINUTES = "public, max-age=300, must-revalidate"
_DAY = "public, max-age=86400"
_PICTURES = ("image/", "font/", "audio/", "video/")


def content_type(path: str, data: Callable[[], bytes]) -> str:
    """The media type of the file at `path`; `data` gives its bytes where its name does not tell."""
    name = path.rpartition("/")[2]
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if name in _BY_NAME:
        return _BY_NAME[name]
    if suffix in _OF_OTHERS and data()[: len(_DOCTYPE)].lower() == _DOCTYPE:
        return _HTML
    found = _OURS.get(suffix) or _TYPES.guess_type(name)[0] or "application/octet-stream"
    textual = found.startswith("text/") or found in {"application/json", "application/xml"}
    return f"{found}; charset=utf-8" if textual and "charset" not in found else found


def cache_control(path: str, media_type: str) -> str:
    """How long readers may keep the file at `path` without asking whether it has changed.

    A page is asked for anew each time, which costs no more than an answer of 304, so that a
    correction reaches everybody at once. Source of the words: RFC 9111, section 5.2; RFC 8246.
    """
    if _FINGERPRINTED.search(path):
        return FOREVER
    if media_type.startswith(_PICTURES):
        return _DAY
    is_feed = path.rpartition("/")[2] in FEED_FILES.values()
    return _MINUTES if is_feed else ASK
