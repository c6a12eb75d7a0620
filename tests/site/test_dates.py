from __future__ import annotations

from datetime import date

import pytest

from blogforge.site.dates import babel_locale, date_in_words, direction

DAY = date(2012, 3, 21)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "21 March 2012"),
        ("en-GB", "21 March 2012"),
        ("en-US", "March 21, 2012"),
        ("fr", "21 mars 2012"),
        ("fr-CA", "21 mars 2012"),
        ("de", "21. März 2012"),
        ("de-CH-1996", "21. März 2012"),
        ("ar", "21 مارس 2012"),
        ("zh-Hant", "2012年3月21日"),
    ],
)
def test_a_date_as_its_language_writes_it(lang: str, words: str) -> None:
    assert date_in_words(DAY, lang) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ("medium", "21 Mar 2012"),
        ("short", "21/03/2012"),
        ("month", "March 2012"),
        ("year", "2012"),
    ],
)
def test_lengths(length: str, words: str) -> None:
    assert date_in_words(DAY, "en", length) == words


def test_a_length_that_is_none() -> None:
    with pytest.raises(ValueError, match="not 'longish'"):
        date_in_words(DAY, "en", "longish")


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("EN", "en_GB"),
        ("en-ZZ", "en_GB"),
        ("en-GB-oxendict", "en_GB"),
        ("tlh", "en_GB"),
        ("und", "en_GB"),
        ("en-us", "en_US"),
        ("pt-BR", "pt_BR"),
        ("sr-Latn", "sr_Latn"),
        ("fr-XX-x-private", "fr"),
    ],
)
def test_the_nearest_locale(lang: str, locale: str) -> None:
    assert babel_locale(lang) == locale


@pytest.mark.parametrize("lang", ["ar", "ar-EG", "fa", "he", "ur", "yi", "dv", "pa-PK", "az-Arab"])
def test_from_right_to_left(lang: str) -> None:
    assert direction(lang) == "rtl"


@pytest.mark.parametrize("lang", ["en", "fr", "pa", "az", "ar-Latn", "tlh", "zh-Hant", "und"])
def test_from_left_to_right(lang: str) -> None:
    assert direction(lang) == "ltr"


@pytest.mark.parametrize("year", [1, 999, 1582, 9999])
def test_any_year(year: int) -> None:
    assert str(year) in date_in_words(date(year, 1, 1), "en")
    assert date_in_words(date(year, 1, 1), "en", "month").startswith("January")
