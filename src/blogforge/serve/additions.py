"""What the preview adds to a page before </body>, and never publishes.

Badges and mistakes stand in a shadow tree of their own, where the theme's styles do not reach them.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.digest import digest_bytes
from blogforge.serve.overlay import overlay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blogforge.errors import Problem

EVENTS = "/_blogforge/events"
SCRIPT = "/_blogforge/preview.js"
RELATED = "/_blogforge/related"
EMPTY_PAGE = (
    b'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
    b'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    b"<title>Not ready</title>\n<body>\n</body>\n</html>\n"
)
_BODY_END = re.compile(rb"</body\s*>", re.I)
_LINK = re.compile(rb"""<a\s[^>]*?href=["']([^"'>]+)["']""", re.I)
_HERE = Path(__file__).parent


def with_badges(
    html: bytes, url: str, words: Mapping[str, str], problems: Sequence[Problem]
) -> bytes:
    """The page at `url` with its own badge, those of the pages that it links to, and `problems`.

    `words`: what the badge of each unpublished page says, by URL.
    """
    linked = {unescape(found.decode("utf-8", "replace")) for found in _LINK.findall(html)}
    shown = {link: words[link] for link in sorted(linked & words.keys())}
    badge = f'<p role="status">{escape(words[url])}</p>' if url in words else ""
    added = badge + overlay(problems)
    markup = _shadow(added) if added else ""
    if shown:
        data = json.dumps(shown).replace("<", "\\u003c")
        markup += f'<script type="application/json" id="blogforge-badges">{data}</script>\n'
    return _before_body_end(html, markup.encode()) if markup else html


def with_script(html: bytes, digest: str, *, explained: bool = False) -> bytes:
    """The page with the script that keeps it fresh; `digest` is of the page before.

    `explained`: it can be asked why its related articles are what they are.
    """
    related = f' data-related="{RELATED}"' if explained else ""
    data = f'data-events="{EVENTS}" data-seen="{digest}"{related}'
    return _before_body_end(html, f'<script src="{SCRIPT}" {data}></script>\n'.encode())


def digest_of(html: bytes) -> str:
    """What tells the page that a browser has from the one that it should have."""
    return digest_bytes(html)


@cache
def script() -> bytes:
    """The script of every page."""
    return b"".join((_HERE / name).read_bytes() for name in ("preview.js", "why.js"))


@cache
def _styles() -> str:
    return (_HERE / "preview.css").read_text(encoding="utf-8")


def _shadow(markup: str) -> str:
    return (
        f'<blogforge-preview><template shadowrootmode="open"><style>{_styles()}</style>'
        f"{markup}</template></blogforge-preview>\n"
    )


def _before_body_end(html: bytes, markup: bytes) -> bytes:
    ends = list(_BODY_END.finditer(html))
    place = ends[-1].start() if ends else len(html)
    return html[:place] + markup + html[place:]
