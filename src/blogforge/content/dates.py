"""Dates as authors write them -> datetimes with an offset."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

PATTERN = (
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:(?:[Tt]| +)(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?) *(?P<zone>\S.*)?)?"
)
_MOMENT = re.compile(PATTERN, re.ASCII)
_DIGITS = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(\D.*)?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)
_FARTHEST = timedelta(hours=14)  # https://www.w3.org/TR/xmlschema-2/#dateTime-timezones
_MINUTE = timedelta(minutes=1)
HINT = "write it as 2012-03-21, 2012-03-21 10:00 or 2012-03-21T10:00:00+01:00"


class DateError(ValueError):
    """Why a text is no date (the end of a sentence), and what to write instead."""

    def __init__(self, message: str, hint: str = HINT) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment that `text` names, with a fixed offset; in `zone` where it names none.

    A local time that `zone` skips is moved forward by what was skipped; of one that happens twice,
    the first is meant. Raises DateError.
    """
    parts = _MOMENT.fullmatch(text.strip())
    if parts is None:
        raise DateError(f"is not a date: '{text}'", _rewritten(text.strip()))
    naive = _local(parts["date"], parts["time"])
    try:
        result = _at(naive, _offset(parts["zone"])) if parts["zone"] else _within(naive, zone)
        result.astimezone(UTC)  # years 1 and 9999 have edges
    except OverflowError:
        raise DateError(f"is out of range: '{text}'") from None
    return result


def _local(date: str, time: str | None) -> datetime:
    clock = (time or "0:00").split(":")
    second, _, fraction = (clock[2] if len(clock) > 2 else "0").partition(".")
    year, month, day = map(int, date.split("-"))
    try:
        microsecond = int(fraction[:6].ljust(6, "0"))
        return datetime(year, month, day, int(clock[0]), int(clock[1]), int(second), microsecond)
    except ValueError:
        if _impossible_day(date):
            hint = _end_of_month(year, month) if day > 28 else HINT
            raise DateError(f"is a date that does not exist: '{date}'", hint) from None
        raise DateError(f"is a time that does not exist: '{time}'") from None


def _rewritten(text: str) -> str:
    """The hint for a date that has its year first but not its digits or hyphens."""
    if (parts := _DIGITS.fullmatch(text)) is None:
        return HINT
    date = f"{parts[1]}-{parts[3]:0>2}-{parts[4]:0>2}"
    whole = date + (parts[5] or "")
    return HINT if _impossible_day(date) or not _MOMENT.fullmatch(whole) else f"write {whole}"


def _end_of_month(year: int, month: int) -> str:
    if not (year and 1 <= month <= 12):
        return HINT
    last = monthrange(year, month)[1]
    return f"{month_name[month]} {year} ends on the {last}{'st' if last == 31 else 'th'}"


def _impossible_day(date: str) -> bool:
    try:
        datetime.strptime(date, "%Y-%m-%d")
    except ValueError:
        return True
    return False


def _offset(zone: str) -> timedelta:
    if zone in {"Z", "z", "UTC", "GMT"}:
        return timedelta(0)
    parts = _OFFSET.fullmatch(zone)
    if parts is None:
        raise DateError(
            f"has an unknown time zone: '{zone}'", "write an offset such as Z or +01:00"
        )
    offset = timedelta(hours=int(parts[2]), minutes=int(parts[3]))
    if int(parts[3]) > 59 or offset > _FARTHEST:
        raise DateError(f"has an impossible offset: '{zone}'", "write one from -14:00 to +14:00")
    return -offset if parts[1] == "-" else offset


def _within(naive: datetime, zone: ZoneInfo) -> datetime:
    # Through UTC, because a local time that the clocks skip is not what `zone` shows then.
    real = naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return _at(real.replace(tzinfo=None), real.utcoffset() or timedelta(0))


def _at(naive: datetime, offset: timedelta) -> datetime:
    # RFC 3339 knows whole minutes only; local mean times of the 19th century have seconds.
    return naive.replace(fold=0, tzinfo=timezone(round(offset / _MINUTE) * _MINUTE))
