"""Names of pages that do not say how they are called."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote, urljoin, urlsplit

_TITLE = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1>", re.S | re.I)
_BODY = re.compile(r"<body\b[^>]*>(.*?)(?:</body>|\Z)", re.S | re.I)
_HEAD = 20_000  # characters in which a title is looked for
_HEADING = re.compile(r"\A\s*#[ \t]+(.*)\n")


def title_of(page: str, name: str) -> str:
    """The title of an HTML document, or else its file's `name` as words."""
    if found := _TITLE.search(page[:_HEAD]):
        words = html.unescape(re.sub(r"<[^>]+>", "", found[2]))
        if words.strip():
            return " ".join(words.split())
    words = re.sub(r"[-_\s]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def section_of(category: str) -> str:
    """A category as a section is called: one in lower case may be the name of a folder."""
    words = category.replace("-", " ").replace("_", " ") if category.islower() else category
    return words[:1].upper() + words[1:]


def inner_html(page: str) -> str:
    """What an HTML document shows; what is no whole document, as it is."""
    found = _BODY.search(page)
    return found[1] if found else page


def last_part(address: str) -> str:
    """The part of an address that names a page: "mali" of "/2012/03/mali.html"; no number."""
    part = unquote(address.rstrip("/").rpartition("/")[2])
    part = re.sub(r"\.html?$", "", part)
    return "" if part.isdigit() or part == "index" else part


def path_of(address: str) -> str:
    """The path of an address, "" of what is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """The host of an address, with its port; "" of what has none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def joined(base: str, address: str) -> str:
    """`address` as a link on the page at `base` means it; as it is where it is none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def web_address(*addresses: str) -> str:
    """The first of `addresses` that is one of the web, with a host."""
    web = ("http://", "https://")
    return next((each for each in addresses if each.startswith(web) and host_of(each)), "")


def heading_of(body: str) -> tuple[str, str]:
    """The heading that opens a Markdown body, and the rest; ("", body) where none does."""
    found = _HEADING.match(body)
    title = found[1].strip().rstrip("#").rstrip() if found else ""
    return (title, body[found.end() :]) if found and title else ("", body)
