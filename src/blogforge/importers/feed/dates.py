"""Dates in feeds, in good forms and bad -> dates as front matter writes them."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_tz

from blogforge.importers.text.moments import moment

_ZONE = re.compile(r"[+-]\d{4}\b|\b(?:UTC?|GMT|Z|[ECMPA][SD]T)\b")
_FRACTION = re.compile(r"\.\d+")


def written(text: str) -> str:
    """The date that `text` says, with its offset where it has a known one; "" if it says none.

    Sources: RFC 3339 (Atom, JSON Feed), RFC 5322 (RSS), and what pages print.
    """
    text = " ".join(text.split())
    if not text:
        return ""
    return _iso(text) or _mail(text) or _printed(text)


def _iso(text: str) -> str:
    try:
        found = datetime.fromisoformat(_FRACTION.sub("", text))
    except ValueError:
        return ""
    if found.year < 1000:
        return ""
    bare = "T" not in text.upper() and ":" not in text
    return found.date().isoformat() if bare else found.isoformat()


def _mail(text: str) -> str:
    parsed = parsedate_tz(text)
    if parsed is None:
        return ""
    try:
        found = datetime(*parsed[:6])
    except ValueError:
        return ""
    if found.year < 1000:
        return ""
    seconds = parsed[9]
    if seconds is None or not _ZONE.search(text):  # an unknown zone is taken for UTC
        return found.isoformat()
    sign, minutes = ("-" if seconds < 0 else "+"), abs(seconds) // 60
    return f"{found.isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}"


def _printed(text: str) -> str:
    told = moment(text)
    return told.value if told else ""
