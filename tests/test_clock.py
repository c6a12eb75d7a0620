from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from blogforge.clock import EPOCH, moment_of_build
from blogforge.errors import ConfigError


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
        ("1332288000", datetime(2012, 3, 21, tzinfo=UTC)),
        ("-1", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_variable_says_when(given: str, moment: datetime) -> None:
    assert moment_of_build({EPOCH: given}) == moment
    assert moment_of_build({EPOCH: given}).tzinfo is UTC


@pytest.mark.parametrize(
    "given", ["now", "1.5", "1_000", "٣", " 12", "1e9", "99999999999999999999", "0x10", "+1"]
)
def test_what_is_no_number_of_seconds(given: str) -> None:
    with pytest.raises(ConfigError) as caught:
        moment_of_build({EPOCH: given})
    (problem,) = caught.value.problems
    assert problem.message == f"{EPOCH} is '{given}'"
    assert problem.hint


@pytest.mark.parametrize("environment", [{}, {EPOCH: ""}])
def test_the_clock_says_it_otherwise(environment: dict[str, str]) -> None:
    moment = moment_of_build(environment)
    assert moment.microsecond == 0
    assert moment.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=5)
