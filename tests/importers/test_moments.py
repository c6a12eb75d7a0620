"""Dates as other generators write them."""

from datetime import UTC, date, datetime

import pytest

from blogforge.content.dates import moment
from blogforge.importers.moments import written, zone

PARIS = zone("Europe/Paris")
DATES: list[tuple[object, str]] = [
    ("2012-03-21", "2012-03-21"),
    ("2012/3/1", "2012-03-01"),
    ("2012-03-21 21:30", "2012-03-21 21:30+01:00"),
    ("2022-11-24T10:56:58", "2022-11-24 10:56:58+01:00"),
    ("2020-01-28T15:02:30.012Z", "2020-01-28 15:02:30+00:00"),
    ("2018-03-09 09:00:00 -0400", "2018-03-09 09:00-04:00"),
    ("2012-03-21 21:30:00 +0000 UTC", "2012-03-21 21:30+00:00"),
    ("2021-05-01T00:00:00+05:30", "2021-05-01 00:00+05:30"),
    ("Mon, 02 Jan 2006 15:04:05 MST", "2006-01-02 15:04:05-07:00"),
    ("2012-03-21 10:00 AEST", "2012-03-21 10:00+10:00"),
    ("2012-03-21 10:00 Asia/Karachi", "2012-03-21 10:00+05:00"),
    ("January 2, 2006", "2006-01-02"),
    ("2 Jan 2006 3:04 PM", "2006-01-02 15:04+01:00"),
    ("13/04/2012", "2012-04-13"),
    ("0001-01-01T00:00:00Z", ""),
    ("", ""),
    (None, ""),
    (date(2012, 3, 21), "2012-03-21"),
    (datetime(2012, 3, 21, 7, 5, tzinfo=UTC), "2012-03-21 07:05+00:00"),
]


@pytest.mark.parametrize(("value", "expected"), DATES)
def test_a_date_is_written_as_front_matter_has_it(value: object, expected: str) -> None:
    assert written(value, PARIS) == expected
    assert PARIS is not None
    if expected:
        assert moment(expected, PARIS)


def test_without_a_zone_nobody_guesses_one() -> None:
    assert written("2012-03-21 21:30") == "2012-03-21 21:30"


@pytest.mark.parametrize(
    "value",
    ["03/04/2012", "2012", "March 2012", "2012-02-31", "no", "9" * 40, "2012-03-21 10:00 XYZ"],
)
def test_what_is_no_one_day_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=value):
        written(value, PARIS)


def test_which_comes_first_may_be_known() -> None:
    assert written("2012-03-04 10:00 -0400", day_first=True) == "2012-03-04 10:00-04:00"
    assert written("03/04/2012", day_first=True) == "2012-04-03"
    assert written("03/04/2012", day_first=False) == "2012-03-04"
