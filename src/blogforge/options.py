"""What the command line says of a build."""

from __future__ import annotations

from datetime import datetime

from blogforge.clock import moment_of_build
from blogforge.model import Value


class Options(Value, frozen=True, kw_only=True):
    """What is asked of a build.

    `now` None: the clock. `jobs` 0: every core. `cluster`: the address of a Dask scheduler.
    `clean`: as if there had been no build before. `trust_mtime` false: every file is read.
    """

    output: str = ""
    drafts: bool = False
    future: bool = False
    now: datetime | None = None
    jobs: int = 0
    cluster: str = ""
    clean: bool = False
    trust_mtime: bool = True

    def moment(self) -> datetime:
        """The moment of the build. Raises ConfigError where SOURCE_DATE_EPOCH is none."""
        return self.now or moment_of_build()
