"""Ghost's dates, which are in UTC, as the desk's clock showed them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone(name: str) -> ZoneInfo:
    """The zone called `name`; UTC where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def moment(value: object, clock: ZoneInfo) -> str:
    """A date as front matter has it, in the zone `clock`; "" where it is none.

    Ghost writes `2024-01-15T09:00:00.000Z`, once `2024-01-15 09:00:00`, and in its first years
    the milliseconds since 1970.
    """
    try:
        if isinstance(value, int):
            found = datetime.fromtimestamp(value / 1000, UTC)
        else:
            found = datetime.fromisoformat(str(value or "").strip())
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(clock).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""
