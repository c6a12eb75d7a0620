"""HTML in feeds: as plain text, from plain text, and with whole addresses."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote, urljoin, urlsplit

_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.I
)
_ADDRESSES = ("href", "src", "poster", "cite")


def title_of(html: str) -> str:
    """A headline without its tags and entities; "a < b" and "x<y" are no tags."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def text_of(html: str) -> str:
    """The text of `html`, on one line."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).body if html.strip() else None
    return " ".join(root.text(separator=" ").split()) if root is not None else ""


def paragraphs(text: str) -> str:
    """Plain text as HTML: its paragraphs, and their lines."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return "\n".join(
        f"<p>{escape(b, quote=False).replace(chr(10), '<br>')}</p>" for b in blocks if b
    )


def whole(html: str, base: str) -> str:
    """`html` with its relative addresses made whole by `base`; fragments stay."""
    from selectolax.lexbor import LexborHTMLParser

    if not base or not any(f"{name}=" in html for name in _ADDRESSES):
        return html
    body = LexborHTMLParser(html).body
    if body is None:
        return html
    for node in body.css(",".join(f"[{name}]" for name in _ADDRESSES)):
        for name in _ADDRESSES:
            value = node.attributes.get(name)
            if value and not value.startswith("#"):
                node.attrs[name] = joined(base, value)
    return body.inner_html or ""


def path_of(address: str) -> str:
    """The path of an address, its characters as they are; "" where it is no address."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def name_of(address: str) -> str:
    """The file's name at the end of an address; "" where there is none."""
    return path_of(address).rpartition("/")[2]


def joined(base: str, address: str) -> str:
    """`address` made whole by `base`; as it is where either is no address."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address.strip()
