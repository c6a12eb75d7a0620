"""Files into the site's folder: what is new or has changed, and never over an author's edit."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from blogforge.digest import digest_bytes
from blogforge.errors import ConfigError
from blogforge.importers.journal import Entry
from blogforge.output.machine import machine_errors
from blogforge.output.single import write_file
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.importers.journal import Journal

# new, updated: written; kept: the author has changed it, gone: has deleted it, so that it stays so.
Fate = Literal["new", "updated", "unchanged", "kept", "gone"]


class Output(Value, frozen=True, kw_only=True):
    """A file to be written: the key of what it is made from, its path and its bytes."""

    key: str
    path: str
    data: bytes | Path


class Written(Value, frozen=True, kw_only=True):
    """What became of each path."""

    fates: dict[str, Fate]

    def count(self) -> Counter[Fate]:
        """How many files had which fate."""
        return Counter(self.fates.values())

    def of(self, fate: Fate) -> list[str]:
        """The paths of that fate, sorted."""
        return sorted(path for path, each in self.fates.items() if each == fate)


def write(outputs: Iterable[Output], site: Path, journal: Journal) -> Written:
    """Write what is to be written below the folder `site`; all of it only to be told, if dry.

    Raises ConfigError, before anything is written, where a path leads out of the folder, and
    MachineError.
    """
    outputs = list(outputs)
    for output in outputs:
        _refuse_outside(site, output.path)
    return Written(fates={output.path: _write(output, site, journal) for output in outputs})


def _write(output: Output, site: Path, journal: Journal) -> Fate:
    file = site / output.path
    with machine_errors(file):
        data = output.data.read_bytes() if isinstance(output.data, Path) else output.data
        entry = Entry(path=output.path, digest=digest_bytes(data))
        fate = _fate(output.key, entry, file, journal)
    if fate in {"new", "updated"} and not journal.dry:
        journal.begin(output.key, entry)
        write_file(file, data)
    if fate in {"new", "updated", "unchanged"}:
        journal.add(output.key, entry)
    return fate


def _fate(key: str, entry: Entry, file: Path, journal: Journal) -> Fate:
    known = journal.entries.get(key)
    begun = journal.begun.get(key)
    if not os.path.lexists(file):
        return "gone" if known and known.path == entry.path else "new"
    if known == entry:
        return "unchanged"
    current = digest_bytes(file.read_bytes())
    if current == entry.digest:
        return "unchanged"  # an import that was cut off has written it
    ours = {each.digest for each in (known, begun) if each}
    return "updated" if current in ours else "kept"


def _refuse_outside(site: Path, path: str) -> None:
    real = (site / path).parent.resolve()
    if not real.is_relative_to(site.resolve()) or (site / path).is_symlink():
        raise ConfigError.of(
            f"'{path}' leads out of {site}; nothing was written",
            hint="take the link away, or import into another folder",
        )
