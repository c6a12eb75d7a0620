"""HTML that the readers of several formats write, in the one shape that becomes Markdown well."""

from __future__ import annotations

import re
from html import escape, unescape

from blogforge.importers.embeds import frame

_VIDEO = re.compile(
    r"https?://(?:www\.|m\.|player\.)?(?:"
    r"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)|youtu\.be/)"
    r"(?P<tube>[\w-]{11})(?:[?&#].*)?"
    r"|vimeo\.com/(?:video/)?(?P<vimeo>\d+)(?:[?/#].*)?)"
)


def attribute(name: str, value: object) -> str:
    """` name="value"` for a tag, or "" where there is no value."""
    text = "" if value is None else str(value).strip()
    return f' {name}="{escape(text)}"' if text else ""


def image(src: str, alt: str = "", link: str = "") -> str:
    """An image, inside a link where it leads somewhere. `src` and `link` are addresses as text."""
    shown = f'<img src="{escape(src.strip())}" alt="{escape(" ".join(alt.split()))}">'
    return f'<a href="{escape(link.strip())}">{shown}</a>' if link.strip() else shown


def figure(content: str, caption: str = "") -> str:
    """`content` with the HTML of its caption under it."""
    line = f"<figcaption>{caption.strip()}</figcaption>" if caption.strip() else ""
    return f"<figure>{content}{line}</figure>"


def link(url: str, text: str = "") -> str:
    """A link; `text` is HTML, the address itself where there is none."""
    return f'<a href="{escape(url.strip())}">{text if text.strip() else escape(url.strip())}</a>'


def player(url: str) -> str:
    """The player of a video of YouTube or Vimeo at `url`; "" for any other address."""
    match = _VIDEO.fullmatch(unescape(url.strip()))
    if match is None:
        return ""
    return frame("youtube", match["tube"]) if match["tube"] else frame("vimeo", match["vimeo"])


def paragraph(*lines: str) -> str:
    """A paragraph of the lines of HTML that are not empty, or "" where all are."""
    kept = [line.strip() for line in lines if line.strip()]
    return f"<p>{'<br>'.join(kept)}</p>" if kept else ""


def code(text: str, language: str = "") -> str:
    """A block of code; `text` is plain text."""
    name = f' class="language-{escape(language.strip().lower())}"' if language.strip() else ""
    return f"<pre><code{name}>{escape(text, quote=False)}</code></pre>"
