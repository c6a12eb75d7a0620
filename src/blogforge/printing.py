"""How commands print what several of them print."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from datetime import datetime


def counted(number: int, noun: str) -> str:
    """1, "post" -> "1 post"; 2 -> "2 posts"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def clock(at: datetime, timezone: str) -> str:
    """A moment in an IANA time zone to the minute: "2026-03-21 10:00 CET".

    At the ends of the calendar, which the zone may not have: in its own zone.
    """
    from zoneinfo import ZoneInfo

    with suppress(OverflowError):
        at = at.astimezone(ZoneInfo(timezone))
    return f"{at:%Y-%m-%d %H:%M %Z}"


def to_json(value: object) -> str:
    """A value as JSON that people can read, too."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
