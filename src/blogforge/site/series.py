"""Titles that come again, such as those of a weekly column: what makes a series, and no story."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from blogforge.site.dates import babel_locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Frame = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NUMBER = re.compile(r"\d+")
_LONGEST = 24  # words of a title that are looked at
_ISSUES = 3  # so many posts under one frame are a series
_OPEN_FROM = 5  # words of a title that may differ in one: "The war in Chad" has too few
_PARTS = 12  # of one story, at most; what goes on beyond comes out for ever


def serial(titles: Sequence[tuple[str, str]]) -> list[bool]:
    """For each of `titles`, in the order of time and with its language, whether it is of a series.

    Those differ in numbers and dates alone, or in one word more. Titles that are numbered 1, 2, 3
    and so on, a dozen at most, are the parts of something that has an end, and no series.
    """
    framed: dict[Frame, list[int]] = defaultdict(list)
    for place, (title, lang) in enumerate(titles):
        for frame in _frames(title, lang):
            framed[frame].append(place)
    found = [False] * len(titles)
    for places in framed.values():
        if len(places) >= _ISSUES and not _are_parts([titles[place][0] for place in places]):
            for place in places:
                found[place] = True
    return found


def frame(title: str, lang: str) -> Frame:
    """A title's words without numbers and dates."""
    dates = _dates(lang)
    found = _WORD.findall(title.casefold())[:_LONGEST]
    return tuple(word for word in found if word not in dates and not _NUMBER.search(word))


def _frames(title: str, lang: str) -> Iterator[Frame]:
    """A title's frame, and this with each of its words in turn left open."""
    words = frame(title, lang)
    yield words
    if len(words) >= _OPEN_FROM:
        for place in range(len(words)):
            yield (*words[:place], "", *words[place + 1 :])


@lru_cache(maxsize=64)
def _dates(lang: str) -> frozenset[str]:
    """The names of months and days of the week in a language."""
    from babel.dates import get_day_names, get_month_names

    locale = babel_locale(lang)
    named = (
        names(width, context, locale).values()
        for names in (get_month_names, get_day_names)
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
    )
    return frozenset(name.casefold().rstrip(".") for names in named for name in names)


def _are_parts(titles: list[str]) -> bool:
    """Whether titles count from 1 upwards, each with its last number."""
    numbers = [_NUMBER.findall(title)[-1:] for title in titles]
    return len(titles) <= _PARTS and numbers == [[str(n)] for n in range(1, len(titles) + 1)]
