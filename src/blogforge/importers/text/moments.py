"""Dates as pages print them -> dates as front matter writes them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from email.utils import parsedate_tz
from functools import cache
from typing import Literal

from blogforge.value import Value

# In whose words a date is read; Arabic has two sets of months.
_LANGUAGES = "en", "fr", "de", "es", "it", "pt", "nl", "sv", "pl", "ru", "tr", "ar", "ar_SY"
_LABEL = re.compile(
    r"(?P<updated>(?:last )?(?:updated|modified)|mise? à jour|aktualisiert|actualizado|تحديث)?"
    r"(?:(?:first )?(?:published|posted|date|publié|veröffentlicht|publicado|نشر)|le|am|el)?"
    r"(?: ?(?:on|at|le|am|el|في))? ?:? ?",
    re.I,
)
_TIME = (
    r"(?:[ ,]*(?:[-–—|·@•]|at|um|à|a las)? ?(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)"
    r"(?::(?P<second>\d\d))?| (?=[ap]\.?m)|(?=[ap]\.?m))"
    r" ?(?P<half>[ap]\.?m\.?)?(?: uhr)?(?: ?\(?(?P<zone>[a-z]{1,5}|[+-]\d\d:?\d\d)\)?)?)?\.?"
)
_ORDINAL = r"(?:st|nd|rd|th|\.|er|º)?"


class Moment(Value, frozen=True, kw_only=True):
    """When a text appeared or was changed, as front matter writes it."""

    kind: Literal["date", "updated"]
    value: str  # "" for 3/4/2012, which is two days


def moment(text: str) -> Moment | None:
    """What a line says of when it was published; None if it is no date.

    Source of the names of months and days: Unicode's CLDR, by Babel.
    """
    line = " ".join("".join(map(_digit, text)).split())
    label = _LABEL.match(line)
    rest = line[label.end() :] if label else line
    kind: Literal["date", "updated"] = "updated" if label and label["updated"] else "date"
    first, _, behind = rest.partition(" ")
    after_day = [behind] if first.strip(",.").casefold() in _days() else []  # Mar. is also mardi
    for said in [rest, *after_day]:
        for pattern in _patterns():
            match = pattern.fullmatch(said)
            value = _written(match) if match else None
            if value is not None:
                return Moment(kind=kind, value=value)
    return None


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


@cache
def _months() -> dict[str, int]:
    from babel.dates import get_month_names

    return {
        name.strip(".").casefold(): number
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    } | {"sept": 9}


@cache
def _days() -> frozenset[str]:
    from babel.dates import get_day_names

    return frozenset(
        name.strip(".").casefold()
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, locale=language).values()
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    month = rf"(?P<name>{names})\.?"
    forms = (
        r"(?P<year>[12]\d{3})(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})T?",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        rf"(?P<day>\d{{1,2}}){_ORDINAL} (?:de )?{month},? (?:del? )?(?P<year>\d{{4}})",
        rf"{month} (?P<day>\d{{1,2}}){_ORDINAL},? (?P<year>\d{{4}})",
        r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})",
        r"(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d{4})",
    )
    return tuple(re.compile(form + _TIME, re.I) for form in forms)


def _written(match: re.Match[str]) -> str | None:
    """The date; "" if it may be two, None if there is no such day."""
    found = match.groupdict()
    if "one" in found:
        one, other = int(found["one"]), int(found["other"])
        if one != other and max(one, other) <= 12:
            return ""
        month, day = (one, other) if other > 12 else (other, one)
    else:
        month = int(found.get("month") or 0) or _months()[found["name"].casefold()]
        day = int(found["day"])
    try:
        written = date(int(found["year"]), month, day).isoformat()
    except ValueError:
        return None
    return written + _clock(found) if found["hour"] else written


def _clock(found: dict[str, str]) -> str:
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or int(found["minute"] or 0) > 59:
        return ""
    return f"T{hour:02}:{found['minute'] or '00'}:{found['second'] or '00'}{_offset(found['zone'])}"


def _offset(zone: str | None) -> str:
    """A zone's offset, by RFC 5322's table; "" where it is not there: the site's zone holds."""
    parsed = parsedate_tz(f"1 Jan 2000 00:00:00 {zone.upper()}") if zone else None
    seconds = parsed[9] if parsed else None
    known = zone and (zone[0] in "+-" or zone.upper() in {"UTC", "GMT", "UT", "Z"} or seconds)
    if seconds is None or not known:
        return ""
    sign = "-" if seconds < 0 else "+"
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{sign}{hours:02}:{minutes:02}"
