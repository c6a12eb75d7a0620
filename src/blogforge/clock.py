"""The moment of a build: an input like any other, read once."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blogforge.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

EPOCH = "SOURCE_DATE_EPOCH"
_WHOLE = re.compile("-?[0-9]+")  # int() reads 1_000 and ٣ as well


def moment_of_build(environment: Mapping[str, str] = os.environ) -> datetime:
    """The time that SOURCE_DATE_EPOCH names (seconds since 1970), else the clock's, in UTC.

    Source: https://reproducible-builds.org/specs/source-date-epoch/. Raises ConfigError where the
    variable is no whole number of seconds.
    """
    given = environment.get(EPOCH, "")
    if not given:
        return datetime.now(UTC).replace(microsecond=0)
    wrong = ConfigError.of(f"{EPOCH} is '{given}'", hint="write seconds since 1970: 1332288000")
    if not _WHOLE.fullmatch(given):
        raise wrong
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise wrong from error
