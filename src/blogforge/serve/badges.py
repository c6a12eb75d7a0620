"""What is shown and not published yet: a draft, or a post whose time is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from blogforge.model import Post

if TYPE_CHECKING:
    from datetime import datetime

    from blogforge.model import Document, Site


class Badges(NamedTuple):
    """The words of each badge by the URL of its page, and when the first of them is outdated."""

    words: dict[str, str]
    next_change_at: datetime | None


def badges(site: Site) -> Badges:
    """The badges of `site` at its moment."""
    words: dict[str, str] = {}
    changes = []
    for document in (*site.posts, *site.unlisted, *site.standalones):
        appears = _appears(document, site.now)
        if document.status == "draft":
            words[document.url] = "Draft"
        elif appears:
            words[document.url] = f"Scheduled for {_date(appears, site.config.timezone)}"
            changes.append(appears)
    return Badges(words, min(changes, default=None))


def _appears(document: Document, now: datetime) -> datetime | None:
    """When a document appears by itself; None where it has no time to come."""
    if not isinstance(document, Post):
        return None
    moment = max(document.date, document.embargo or document.date)
    return moment if moment > now else None


def _date(moment: datetime, zone: str) -> str:
    from babel.dates import format_datetime

    local = moment.astimezone(ZoneInfo(zone))
    return str(format_datetime(local, "d MMMM y, HH:mm", locale="en"))
