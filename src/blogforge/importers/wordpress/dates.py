"""WordPress's dates: a local one and the same in UTC, whose difference is the offset."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

_FARTHEST = timedelta(hours=14)
# WordPress exports no zone. Of these the first is proposed whose clocks showed all local dates.
_ZONES = (
    *("UTC", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Athens", "Europe/Moscow"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    *("America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Bogota", "America/Halifax"),
    *("America/Mexico_City", "America/Caracas", "Africa/Lagos", "Africa/Nairobi", "Africa/Cairo"),
    *("Africa/Johannesburg", "Asia/Beirut", "Asia/Jerusalem", "Asia/Tehran", "Asia/Dubai"),
    *("Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Shanghai"),
    *("Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"),
)


def moment(local: str, utc: str) -> str:
    """The date that WordPress writes twice, as front matter has it; "" where it has none.

    A draft's date in UTC is nothing but zeros: its local one stays without an offset.
    """
    here, there = _parsed(local), _parsed(utc)
    if there is None or (here is not None and abs(here - there) > _FARTHEST):
        return here.isoformat(" ", "seconds" if here.second else "minutes") if here else ""
    offset = (here or there) - there
    whole = (here or there).replace(tzinfo=timezone(_rounded(offset)))
    return whole.isoformat(timespec="seconds")


def later_day(date: str, other: str) -> bool:
    """Whether the day of `other` is later than that of `date`, both as `moment` writes them."""
    return bool(date) and other[:10] > date[:10]


def zone(pairs: Iterable[tuple[str, str]]) -> str:
    """The zone in which each local date is the one in UTC beside it; "" where none fits all."""
    known = {(_parsed(local), _parsed(utc)) for local, utc in pairs}
    moments = [(here, there) for here, there in known if here and there]
    offsets = [(there, _rounded(here - there)) for here, there in moments]
    if not offsets:
        return ""
    for name in _ZONES:
        clock = ZoneInfo(name)
        if all(
            there.replace(tzinfo=UTC).astimezone(clock).utcoffset() == offset
            for there, offset in offsets
        ):
            return name
    return ""


def _rounded(offset: timedelta) -> timedelta:
    """`offset` to the minute: the two dates may have been taken one after the other."""
    return timedelta(minutes=round(offset.total_seconds() / 60))


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None
