"""What other systems keep as HTML or by habit -> the plain text of front matter."""

from __future__ import annotations

import re
from html import unescape

from blogforge.urls import slugify

_APART = re.compile(r"</(p|div|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<!--[^<>]*-->|</?[a-zA-Z][^<>]*>")
_HANDLE = re.compile(r"(?:https?://(?:www\.)?(?:twitter|x)\.com/)?@?(\w{1,15})/?", re.IGNORECASE)


def text_of_html(html: str) -> str:
    """The words of a short piece of HTML, on one line."""
    return " ".join(unescape(_TAG.sub("", _APART.sub(" ", html))).split())


def shortened(text: str, most: int = 70) -> str:
    """`text` cut behind a word, with an ellipsis where anything is missing."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–—-") + "…"


def handle(value: str) -> str:
    """The handle in `@name`, `name` or the address of a profile; "" where there is none."""
    match = _HANDLE.fullmatch(value.strip())
    return f"@{match[1]}" if match else ""


def person_id(*names: str) -> str:
    """The id of a person: the first of `names` that makes one and is no e-mail address."""
    ids = (slugify(name) for name in names if "@" not in name)
    return next((id_ for id_ in ids if id_), "")
