"""The digest of each of the author's files, read again only where the file may have changed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from blogforge.digest import digest_bytes
from blogforge.stamps import Stamp, source_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# A file changed twice within one tick of its file system's clock has one time for two contents.
# FAT counts in 2 s; nothing in use is coarser.
TICK = 2_000_000_000  # ns


class Entry(Struct, frozen=True, array_like=True):
    """A file as it was when it was last read.

    `settled`: it was then so old that every later change must show in its stamp.
    """

    path: str
    stamp: Stamp
    digest: str
    settled: bool


class Ledger:
    """Entries by path. With `trust` a file whose stamp is as it was is not read again.

    Source: racy entries, https://git-scm.com/docs/racy-git.
    """

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        *,
        trust: bool = True,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self._before = {entry.path: entry for entry in entries} if trust else {}
        self._now: dict[str, Entry] = {}
        self._opened = clock()  # nothing is read before

    def unchanged(self, path: str, stamp: Stamp) -> str:
        """The digest of the file at `path`, if its stamp proves that it is as it was; else ""."""
        entry = self._before.get(path)
        if entry is None or not entry.settled or entry.stamp != stamp:
            return ""
        self._now[path] = entry
        return entry.digest

    def note(self, path: str, stamp: Stamp, digest: str) -> None:
        """Remember a file whose `stamp` was taken before it was read."""
        settled = stamp.mtime_ns + TICK < self._opened
        self._now[path] = Entry(path=path, stamp=stamp, digest=digest, settled=settled)

    def digest(self, path: str, file: Path) -> str:
        """The digest of `file`, which the ledger calls `path`. Raises OSError."""
        stamp = source_stamp(file)
        if found := self.unchanged(path, stamp):
            return found
        digest = digest_bytes(file.read_bytes())
        self.note(path, stamp, digest)
        return digest

    def entries(self) -> list[Entry]:
        """What was asked for since the ledger was opened, by path."""
        return [entry for _, entry in sorted(self._now.items())]
