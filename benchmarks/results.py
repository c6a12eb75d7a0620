"""What was measured, kept as JSON: one session after the other."""

from __future__ import annotations

import os
import platform
import statistics
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from benchmarks.measure import Cost

if TYPE_CHECKING:
    from collections.abc import Callable


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One build."""

    peer: str
    scenario: str
    cost: Cost


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Builds of sites of one size, the peers taking turns, so that they may be compared."""

    size: int
    date: str
    machine: str
    versions: dict[str, str]  # of each peer that was measured
    skipped: dict[str, str]  # why, of each that was not
    runs: list[Run]

    def median(self, peer: str, scenario: str, of: Callable[[Cost], float]) -> float | None:
        """The median of what `of` picks; None where it was not measured."""
        found = [of(run.cost) for run in self.runs if (run.peer, run.scenario) == (peer, scenario)]
        return statistics.median(found) if found else None

    def scenarios(self) -> list[str]:
        """Those that were measured, in their order."""
        return list(dict.fromkeys(run.scenario for run in self.runs))


def load(file: Path) -> list[Session]:
    """The sessions in `file`, none where there is none."""
    return msgspec.json.decode(file.read_bytes(), type=list[Session]) if file.exists() else []


def save(file: Path, sessions: list[Session]) -> None:
    """Write the sessions to `file`."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(sessions), indent=1))


def today() -> str:
    """The date, as a session keeps it."""
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def machine() -> str:
    """Processor, cores, memory and system, as far as they can be had."""
    model = next(iter(_values("/proc/cpuinfo", "model name")), platform.processor() or "unknown")
    kib = next(iter(_values("/proc/meminfo", "MemTotal")), "0 kB").split()[0]
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    memory = f"{int(kib) / 2**20:.0f} GiB, " if int(kib) else ""
    return f"{model}, {os.cpu_count()} cores, {memory}{system}, Python {platform.python_version()}"


def _values(file: str, key: str) -> list[str]:
    """What a file of `key: value` lines says of `key`."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [line.split(":", 1)[1].strip() for line in lines if line.startswith(key)]
