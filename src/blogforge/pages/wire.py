"""How text, times and addresses are written where machines read them: feeds, metadata, sitemaps."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

# XML 1.0, section 2.2: what a document may not hold, not even as a character reference.
# Printable text, as Unicode has it, holds none of it.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What urljoin, which takes its time, leaves as it is: most addresses with a host, of most others
# the path from the root, and of most that lead to a part of the same page all.
_COMPLETE = re.compile(
    r"https?://[\w.-]+(?::\d+)?(?:/[\w.%~/-]*)?(?:\?[\w.%~/=&+-]+)?(?:#[\w.%~/=-]+)?", re.ASCII
)
_ROOTED = re.compile(r"/(?:[\w%~-][\w.%~-]*/)*(?:[\w%~-][\w.%~-]*)?", re.ASCII)
_WITHIN = re.compile(r"#[\w.%~/=:-]+", re.ASCII)
# URL standard, basic URL parser: what is cut off at both ends, and what is left out anywhere.
_MINUTE = timedelta(minutes=1)
_URL_MARGIN = "".join(map(chr, range(0x21)))
_URL_BREAKS = str.maketrans("", "", "\t\n\r")


def plain(text: str) -> str:
    """`text` without the characters that XML forbids (control characters, lone surrogates)."""
    return text if text.isprintable() else _NOT_XML.sub("", text)


def whole(moment: datetime) -> datetime:
    """`moment` without fractions of a second, in an offset of whole minutes.

    Local mean times, as of before 1900, have offsets that no wire format can write: they
    become UTC. Raises ValueError for a moment without offset, which would be a guess.
    """
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{moment} has no offset from UTC")
    if offset % _MINUTE:
        moment = moment.astimezone(UTC)
    return moment.replace(microsecond=0) if moment.microsecond else moment


def timestamp(moment: datetime) -> str:
    """`moment` as RFC 3339, ISO 8601 and the W3C's date format all have it."""
    return whole(moment).isoformat()


@lru_cache(maxsize=4096, typed=True)  # Markup("a") equals "a"
def absolute(url: str, base: str) -> str:
    """`url` as a browser resolves it on the page `base`.

    An address that nothing can resolve ("http://[") is returned as it stands: links are the
    business of the link check, not of whoever writes them down.
    """
    url = url.strip(_URL_MARGIN).translate(_URL_BREAKS)
    try:
        if _COMPLETE.fullmatch(url):
            return url
        if _ROOTED.fullmatch(url):
            return _origin(base) + url
        if _WITHIN.fullmatch(url) and "#" not in base and _COMPLETE.fullmatch(base):
            return base + url
        return urljoin(base, url)
    except ValueError:
        return url


@lru_cache(maxsize=4096)
def _origin(base: str) -> str:
    return urljoin(base, "/")[:-1]


def present(fields: dict[str, Any]) -> dict[str, Any]:
    """`fields` without those that say nothing."""
    return {name: value for name, value in fields.items() if value}
