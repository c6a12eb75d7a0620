"""Dates in words, and what else follows from a language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Literal, get_args

Length = Literal["long", "medium", "short", "day", "month", "month-name", "year"]
_SKELETONS = {"day": "MMMMd", "month": "yMMMM", "year": "y"}
# Not LLL, by which Babel 2.18 gives some languages the names of the one that asked before them.
_PATTERNS = {"month-name": "MMM"}
_DAY_FIRST = "en_GB"  # as most of the world's English writes dates
# Unicode's property bidi class, of the scripts in use: https://www.unicode.org/reports/tr9/
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})


@lru_cache(maxsize=256)
def babel_locale(lang: str) -> str:
    """The nearest locale that Babel has for a BCP 47 language, less and less of it compared.

    Day first for English of no known country, and English for a language that it does not know.
    Source: RFC 4647, section 3.4, Lookup.
    """
    from babel import Locale, UnknownLocaleError

    subtags = lang.split("-")
    while subtags:
        try:
            locale = str(Locale.parse("_".join(subtags)))
        except (UnknownLocaleError, ValueError):
            subtags.pop()
        else:
            named = "US" in lang.upper().split("-")
            return _DAY_FIRST if locale in {"en", "en_US"} and not named else locale
    return _DAY_FIRST


@lru_cache(maxsize=65536)
def date_in_words(day: date, lang: str, length: Length = "long") -> str:
    """A date as `lang` writes it: "21 March 2012" for en, "March 21, 2012" for en-US.

    `day` is "21 March", `month` "March 2012", `month-name` "Mar", `year` "2012".
    Raises ValueError for a length that is none of ours.
    """
    from babel.dates import format_date, format_skeleton

    if length not in get_args(Length):
        known = ", ".join(get_args(Length))
        raise ValueError(f"a date can be {known}; not '{length}'")
    if length in _SKELETONS:
        midnight = datetime.combine(day, time.min, UTC)
        return format_skeleton(_SKELETONS[length], midnight, locale=babel_locale(lang))
    written = _PATTERNS.get(length, length)
    return format_date(day, format=written, locale=babel_locale(lang))


@lru_cache(maxsize=4096)
def time_in_words(moment: time, lang: str) -> str:
    """A time of day as `lang` writes it: "17:30" for en, "5:30 PM" for en-US."""
    from babel.dates import format_time

    return format_time(moment, "short", locale=babel_locale(lang))


@lru_cache(maxsize=256)
def language_name(lang: str) -> str:
    """What a language calls itself, as a menu shows it: "Français" for fr; unknown ones their tag.

    Source: Unicode CLDR.
    """
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return lang
    name = locale.get_display_name() or lang
    return name[:1].upper() + name[1:]


def span_in_words(first: date, last: date, lang: str) -> str:
    """The days from one to another: "12 – 18 March 2012" for en."""
    from babel.dates import format_interval

    return format_interval(first, last, "yMMMMd", locale=babel_locale(lang))


def list_in_words(names: Sequence[str], lang: str) -> str:
    """Names as `lang` lists them: "Ann, Bo and Cy" for en; "" for none."""
    from babel.lists import format_list

    return format_list(names, locale=babel_locale(lang))


@lru_cache(maxsize=256)
def direction(lang: str) -> str:
    """`rtl` for a language written from right to left, else `ltr`.

    The script that the tag names decides, else the likeliest one of the language in its country.
    """
    from babel.core import get_global

    language, *rest = lang.replace("_", "-").split("-")
    script = next((subtag for subtag in rest if len(subtag) == 4 and subtag.isalpha()), "")
    if not script:
        likely = get_global("likely_subtags")
        names = (*(f"{language.lower()}_{country.upper()}" for country in rest), language.lower())
        found = next((likely[name] for name in names if name in likely), "")
        script = next((subtag for subtag in found.split("_") if len(subtag) == 4), "")
    return "rtl" if script.title() in _RIGHT_TO_LEFT else "ltr"
