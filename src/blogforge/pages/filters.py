"""Template filters: dates in words and for machines, and the direction of a language."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import pass_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

Length = Literal["long", "medium", "short", "month", "year"]
_SKELETONS = {"month": "yMMMM", "year": "y"}


@lru_cache(maxsize=256)
def babel_locale(lang: str) -> str:
    """The nearest locale that Babel has for a BCP 47 language; English where it has none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    for candidate in (lang.replace("-", "_"), lang.partition("-")[0]):
        try:
            return str(Locale.parse(candidate))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


@lru_cache(maxsize=65536)
def date_in_words(day: date, lang: str, length: Length = "long") -> str:
    """A date as `lang` writes it: "21 March 2012" for en.

    Plain `en` is written day first, as most of the world's English does; `en-US` month first.
    """
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415

    locale = "en_GB" if lang == "en" else babel_locale(lang)
    if length in _SKELETONS:
        midnight = datetime.combine(day, time.min, UTC)
        return format_skeleton(_SKELETONS[length], midnight, locale=locale)
    return format_date(day, format=length, locale=locale)


@pass_context
def _date(context: Context, moment: datetime, length: Length = "long") -> str:
    return date_in_words(moment.date(), _language(context), length)


@pass_context
def _time(context: Context, moment: datetime) -> str:
    from babel.dates import format_time  # noqa: PLC0415

    lang = _language(context)
    return format_time(
        moment.time(), "HH:mm" if lang == "en" else "short", locale=babel_locale(lang)
    )


def _language(context: Context) -> str:
    lang: str = context["page"].lang
    return lang


def iso(moment: datetime) -> str:
    """A moment in RFC 3339, with its offset; Z for UTC."""
    if moment.utcoffset() == timedelta(0):
        return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return moment.isoformat(timespec="seconds")


@lru_cache(maxsize=256)
def direction(lang: str) -> str:
    """`rtl` for a language written from right to left, else `ltr`."""
    from babel import Locale  # noqa: PLC0415

    return "rtl" if Locale.parse(babel_locale(lang)).text_direction == "rtl" else "ltr"


FILTERS: dict[str, Callable[..., Any]] = {
    "date": _date,
    "time": _time,
    "iso": iso,
    "direction": direction,
}
