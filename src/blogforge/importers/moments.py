"""Dates as other generators write them -> dates as front matter writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blogforge.errors import MachineError

if TYPE_CHECKING:
    from datetime import tzinfo

_PLAIN_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"\d[\dT ]*:\d|\d *[ap]\.?m\b", re.I)
_NUMBERS_ONLY = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b", re.ASCII)
_NAMED_ZONE = re.compile(r"\s*\b([A-Z][A-Za-z_]+/[A-Za-z_/+-]+\d*)$")
_HOUR = 3600
# RFC 5322, section 4.3, and what newsrooms elsewhere write and nobody takes for another one.
_ZONES = {
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
    **{"UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3},
    **{"BST": 1, "WAT": 1, "CAT": 2, "SAST": 2, "MSK": 3, "EAT": 3, "HKT": 8, "AWST": 8, "JST": 9},
    **{"KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
}


def zone(name: str) -> ZoneInfo | None:
    """The time zone called `name` by the IANA, or None where there is none such."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def written(value: object, where: ZoneInfo | None = None, *, day_first: bool | None = None) -> str:
    """A date as front matter writes it: a day, or a minute with its offset where that is known.

    `value`: text in any usual form, or what TOML makes of it. A time that names no zone is in
    `where`; it stays without one where that is None. "" for nothing. `day_first`: whether
    03/04/2012 is in April. Raises ValueError for what is no date, and where that is not known.
    """
    if isinstance(value, datetime):
        return _spelled(value, where)
    if isinstance(value, date):
        return value.isoformat()
    text = " ".join(str(value or "").split())
    if not text or text.startswith("0001-01-01"):  # Go's date of nothing
        return ""
    if plain := _PLAIN_DAY.fullmatch(text):
        return _day(text, plain)
    moment = _parsed(text, day_first)
    return _spelled(moment, where) if _CLOCK.search(text) else moment.date().isoformat()


def _day(text: str, parts: re.Match[str]) -> str:
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3])).isoformat()
    except ValueError as error:
        raise ValueError(f"'{text}' is a day that does not exist") from error


def _parsed(text: str, day_first: bool | None) -> datetime:
    try:
        from dateutil import parser
    except ImportError as error:
        hint = 'pip install "blogforge[import]"'
        raise MachineError.of(
            "reading other generators' dates needs dateutil", hint=hint
        ) from error

    text = re.sub(r"([+-]\d{2}:?\d{2}) [A-Z]{3,4}$", r"\1", text)  # Go says both

    if day_first is None:
        _refuse_doubt(text)
    within: tzinfo | None = None
    if (named := _NAMED_ZONE.search(text)) and (within := zone(named[1])):
        text = text[: named.start()]
    zones = {name: hours * _HOUR for name, hours in _ZONES.items()}
    moments = []
    # With the year in front, dateutil would take the month for the day.
    day_first = bool(day_first and _NUMBERS_ONLY.match(text))
    for default in (datetime(2000, 1, 1), datetime(2001, 2, 2)):  # what is missing differs
        try:
            with catch_warnings():
                simplefilter("error", parser.UnknownTimezoneWarning)  # it would be passed over
                found = parser.parse(text, default=default, tzinfos=zones, dayfirst=day_first)
            moments.append(found)
        except parser.UnknownTimezoneWarning as error:
            raise ValueError(f"'{text}' is in a time zone that is not known") from error
        except (parser.ParserError, OverflowError, TypeError) as error:
            raise ValueError(f"'{text}' is not a date") from error
    if moments[0] != moments[1]:
        raise ValueError(f"'{text}' is not a whole date")
    return moments[0] if moments[0].tzinfo else moments[0].replace(tzinfo=within)


def _refuse_doubt(text: str) -> None:
    if (numbers := _NUMBERS_ONLY.match(text)) and numbers[1] != numbers[2]:
        first, second = int(numbers[1]), int(numbers[2])
        if first <= 12 and second <= 12:
            raise ValueError(f"'{text}' may be two dates: write the year first")


def _spelled(moment: datetime, where: ZoneInfo | None) -> str:
    moment = moment.replace(microsecond=0)
    if moment.tzinfo is None and where:
        moment = moment.replace(tzinfo=where)
    offset = moment.utcoffset()
    if offset is not None and offset % timedelta(minutes=1):
        raise ValueError(f"'{moment}' has an offset of seconds")
    text = moment.isoformat(sep=" ")
    return re.sub(r":00(?=$|[+-]\d\d:\d\d$)", "", text, count=1) if moment.second == 0 else text
