"""Addresses: slugs, permalinks, and where a URL's file stands in the tree."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPELLED_OUT = {"+": " plus ", "#": " sharp ", "&": " and ", "@": " at ", "%": " percent "}
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_MAX_SLUG_BYTES = 180  # file systems allow 255 for a name


@lru_cache(maxsize=4096)  # every post names its sections, tags and authors again
def slugify(text: str) -> str:
    """`text` as a path segment: lower case, NFKC, words of any script joined by hyphens.

    Letters, marks and digits of every script are kept, so that Arabic and Hindi stay readable;
    what nobody sees (soft hyphens, joiners, signs of direction or style) is not. Returns ""
    where no letter or digit is left.
    """
    for sign, word in _SPELLED_OUT.items():
        text = text.replace(sign, word)
    if text.isascii():  # the same as below, where everything is simpler
        words = _ASCII_WORD.findall(text.lower().replace("'", ""))
        return "-".join(words)[:_MAX_SLUG_BYTES].strip("-")
    return _unicode_slug(text)


def _unicode_slug(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join(c for c in text if c not in "'’ʼ" and not _invisible(c))
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    words = (word for word in kept.split() if any(unicodedata.category(c)[0] in "LN" for c in word))
    slug = unicodedata.normalize("NFC", "-".join(words))
    return slug.encode()[:_MAX_SLUG_BYTES].decode(errors="ignore").strip("-")


def _invisible(char: str) -> bool:
    """Whether `char` is a format character or a variation selector (Unicode 16, section 23.4)."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f"


def unsafe_segment(segment: str) -> str:
    """Why `segment` may not be a part of an output path, or "" where it may."""
    if segment in {"", ".", ".."}:
        return "is empty or leaves its folder"
    if segment != segment.strip(" "):
        return "begins or ends with a space"
    if segment.startswith("."):
        return "begins with a dot"
    bad = sorted({c for c in segment if c in '/\\%?#:*"<>|' or _unseen(c)})
    if bad:
        return "has " + " ".join(repr(c)[1:-1] for c in bad)
    if len(segment.encode()) > 255:
        return "is longer than 255 bytes"
    return ""


def _unseen(char: str) -> bool:
    """Whether `char` is a control or format character other than the two that spelling needs.

    Persian and Indic scripts do, to part or join letters: Unicode 16, section 23.2.
    """
    return unicodedata.category(char) in {"Cc", "Cf"} and char not in "\u200c\u200d"


def fill(pattern: str, fields: Mapping[str, str]) -> str:
    """A permalink pattern with its {fields} filled in, without empty segments."""
    path = pattern.format_map(fields)
    segments = [segment for segment in path.split("/") if segment]
    return "/" + "".join(f"{segment}/" for segment in segments)


def encode(path: str) -> str:
    """A path in Unicode's form C, each byte that a URL may not have percent-encoded."""
    return quote(unicodedata.normalize("NFC", path), safe="/:@!$&'()*+,;=-._~")


def in_markup(path: str) -> str:
    """A path as links in Markdown and HTML name it: what either might misread is encoded."""
    return quote(path, safe="/!$*+,;=:@~")


def decode(url: str) -> str:
    """A URL's path as characters: what `encode` made it from."""
    return unquote(url)


def rooted(reference: str, base_path: str) -> str:
    """A reference from the site's root, "/about/", as one from the host's: "/blog/about/".

    Any other reference, and one that is below the base path already, is returned as it is.
    """
    if not reference.startswith("/") or reference.startswith(("//", base_path)):
        return reference
    return reference if reference == base_path[:-1] else base_path.rstrip("/") + reference


def local_url(url: str, base_path: str, origin: str = "") -> str:
    """The URL of a file as `encode` writes it, from the host's root; "" for what is elsewhere.

    `url` may be whole, with the site's `origin` in front, and have a query or a fragment.
    """
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    if origin:
        path = path.removeprefix(origin)
    if not path.startswith(base_path) or path.startswith("//"):
        return ""
    return encode(decode(path))


def place_of(url: str, base_path: str) -> str:
    """What two URLs from the host's root share that lead to one page of the site.

    "/blog/2012/mali/index.html?x#y" and "/blog/2012/mali" are both "2012/mali" below "/blog/".
    """
    path = decode(re.split(r"[?#]", url, maxsplit=1)[0]).removeprefix(base_path)
    return collision_key(path.removesuffix("index.html").strip("/"))


def output_path(path: str) -> str:
    """The file that answers for a path below the site's root: "/a/" is "a/index.html"."""
    relative = path.lstrip("/")
    return f"{relative}index.html" if path.endswith("/") else relative


def collision_key(path: str) -> str:
    """What two paths share when some file system takes them for one (case, Unicode form)."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
