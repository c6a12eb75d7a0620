"""What a browser gets for an address."""

from __future__ import annotations

import mimetypes

from msgspec import field

from blogforge.model import Value

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
_TYPES = mimetypes.MimeTypes(filenames=())  # Python's own table, whatever the machine's says
for _suffix, _type in {
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():  # which Python calls otherwise, or knows in its newest version only
    _TYPES.add_type(_type, _suffix)


class Shown(Value, frozen=True, kw_only=True):
    """An answer. `digest` tells it from the page that a browser has; `location`: go there instead.

    `content` is `body` without the script that every page ends with; `styles` are the addresses
    of the site's style sheets by name.
    """

    status: int = 200
    media_type: str = HTML
    body: bytes = b""
    content: bytes = b""
    digest: str = ""
    location: str = ""
    styles: dict[str, str] = field(default_factory=dict)


def media_type(path: str) -> str:
    """The content type of the file at `path`, by its suffix, as hosts of static files tell it."""
    found = _TYPES.guess_type(path)[0] or "application/octet-stream"
    textual = found.startswith("text/") or found.endswith(("xml", "json", "javascript"))
    return f"{found}; charset=utf-8" if textual else found
