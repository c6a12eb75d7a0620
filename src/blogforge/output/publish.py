"""Bytes -> tree: all is staged beside it, then the whole tree is exchanged in one step."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from blogforge.errors import MachineError
from blogforge.model import Value
from blogforge.output.interrupts import held_back
from blogforge.output.listing import Listing, altered, survey
from blogforge.output.lock import locked
from blogforge.output.machine import machine_errors
from blogforge.output.manifest import MANIFEST, manifest_of, path_digest, read_manifest
from blogforge.output.recovery import FRESH, output_of, work_folder
from blogforge.output.safety import refuse_unsafe
from blogforge.output.spare import Spare, discard, folders_of, keep_record, moved, write_new
from blogforge.output.switch import switch
from blogforge.output.sync import sync
from blogforge.stamps import Stamp, stamp_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path
    from types import TracebackType

__all__ = [
    "MANIFEST",
    "Listing",
    "Published",
    "Staging",
    "Tally",
    "altered",
    "locked",
    "refuse_unsafe",
    "work_folder",
]

_SHOWN = 3


class Tally(Value, frozen=True, kw_only=True):
    """How many files of the tree were written, left as they were, and removed.

    `changes`: each path that was written or removed, and why, sorted.
    """

    written: int
    unchanged: int
    removed: int
    changes: tuple[tuple[str, str], ...] = ()


class Published(Value, frozen=True, kw_only=True):
    """The tree after a build: what became of it, and its listing, for the next one's `known`."""

    tally: Tally
    files: dict[str, Stamp]
    folders: dict[str, int]


class Staging:
    """A tree in the making: `keep` or `write` each file, then `publish`; else nothing changes.

    Use as a context manager, holding the lock of `work_folder(output)`. `fresh` writes every file,
    changed or not. `known` is the listing of the tree if the caller knows it: what the last build's
    `Published` says, and `altered` found nothing that is not so any more. Without it Staging looks
    through the tree itself. OSErrors become MachineErrors that name the file; the tree is then as
    it was.
    """

    def __init__(self, output: Path, *, fresh: bool = False, known: Listing | None = None) -> None:
        self._work = work_folder(output)
        self._output = output_of(self._work)
        self._fresh = fresh
        self._known = known if known and known.folders else None
        self._kept: list[str] = []
        self._changes: dict[str, str] = {}  # path -> why
        self._spare: Spare | None = None
        # The first file to be written waits, as there may be no second: a single file needs no
        # spare tree.
        self._first: tuple[str, bytes] | None = None

    def __enter__(self) -> Self:
        with machine_errors(self._output):
            self._current = self._known or survey(self._output)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._spare and isinstance(error, OSError | MachineError):
            with suppress(OSError):  # the disk may be full: give back what was taken
                discard(self._spare.folder)

    def keep(self, path: str) -> None:
        """Leave the file at `path` as it is; the caller knows that it is what it should be."""
        self._kept.append(path)

    def write(self, path: str, data: bytes) -> None:
        """Stage the file at `path`, unless the tree already has it with these bytes."""
        target = f"{self._output}/{path}"
        with machine_errors(target):
            exists = path in self._current.files
            if exists and not self._fresh and _has(target, data):
                self._kept.append(path)
                return
            self._changes[path] = "content changed" if exists else "new"
            self._put(path, data)

    def publish(self) -> Published:
        """Make what is staged the tree, and nothing else but what was never ours.

        One step for readers: they find the old tree or the new one. Ctrl-C is held back meanwhile.
        """
        with machine_errors(self._output):
            removed, foreign = self._left_over()
            self._refuse_obstacles(foreign)
            wanted = [*self._kept, *foreign, *self._manifest(removed)]
            listing = self._current
            if self._first and not removed and self._first[0] in listing.files:
                listing = self._replace(*self._first)
            elif self._first or self._spare:
                listing = self._exchange(wanted)
        changes = {**self._changes, **dict.fromkeys(removed, "removed: nothing makes it any more")}
        tally = Tally(
            written=len(self._changes),
            unchanged=len(self._kept),
            removed=len(removed),
            changes=tuple(sorted(changes.items())),
        )
        return Published(tally=tally, files=listing.files, folders=listing.folders)

    # ------------------------------------------------------------ what the tree will be

    def _left_over(self) -> tuple[list[str], list[str]]:
        """The files that nobody staged: those that were ours, and somebody else's, which stay."""
        staged = {MANIFEST, *self._kept, *self._changes}
        left = self._current.files.keys() - staged
        ours = read_manifest(self._output) if left else frozenset()
        removed = [path for path in left if path_digest(path) in ours]
        return sorted(removed), sorted(left.difference(removed))

    def _refuse_obstacles(self, foreign: Collection[str]) -> None:
        """Raise IsADirectoryError where somebody else's file stands in the way of one of ours."""
        if not foreign:
            return
        staged = {*self._kept, *self._changes}
        for path in sorted(staged & folders_of(foreign)):
            reason = "a folder stands where a file belongs; move it away"
            raise IsADirectoryError(errno.EISDIR, reason, f"{self._output}/{path}")
        for path in sorted(folders_of(staged) & {*foreign}):
            reason = "a file stands where a folder belongs; move it away"
            raise NotADirectoryError(errno.ENOTDIR, reason, f"{self._output}/{path}")

    def _manifest(self, removed: Collection[str]) -> list[str]:
        """Stage the manifest; its path where the tree has it already."""
        same_paths = not removed and "new" not in self._changes.values()
        if self._known and same_paths and not self._fresh:
            return [MANIFEST]
        data = manifest_of([*self._kept, *self._changes])
        if MANIFEST in self._current.files and _has(f"{self._output}/{MANIFEST}", data):
            return [MANIFEST]
        self._put(MANIFEST, data)
        return []

    def _put(self, path: str, data: bytes) -> None:
        if self._spare is None and self._first is None:
            self._first = path, data
        else:
            self._opened().put(path, data)

    def _opened(self) -> Spare:
        if self._spare is None:
            self._spare = Spare(self._work, self._output, self._current)
            if self._first:
                self._spare.put(*self._first)
                self._first = None
        return self._spare

    # ------------------------------------------------------------ the moment

    def _replace(self, path: str, data: bytes) -> Listing:
        """Publish the only file that changed: renaming it over the old one is one step, too."""
        self._work.mkdir(parents=True, exist_ok=True)
        fresh, target, folder = self._work / FRESH, self._output / path, path.rpartition("/")[0]
        fresh.unlink(missing_ok=True)
        try:
            write_new(str(fresh), data, durably=True)
            self._refuse_arrivals({folder: self._current.folders[folder]})
            fresh.replace(target)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
            raise
        return Listing(
            files={**self._current.files, path: stamp_of(target)},
            folders={**self._current.folders, folder: stamp_of(target.parent).mtime_ns},
        )

    def _exchange(self, wanted: Collection[str]) -> Listing:
        """Publish a whole tree, and keep the old one as the spare of the next build."""
        spare = self._opened()
        listing = spare.match(wanted)
        sync(self._work)
        self._refuse_arrivals(self._current.folders)
        with held_back():
            switch(spare.folder, self._output)
            self._spare = None  # it is the old tree now
            if self._current.folders:  # there was a tree before
                keep_record(self._work, self._current)
        return moved(listing, self._output)

    def _refuse_arrivals(self, folders: Mapping[str, int]) -> None:
        """Raise MachineError where somebody put files into the tree while it was made anew."""
        if arrived := altered(self._output, {}, folders):
            where = ", ".join(str(self._output / path) for path in sorted(arrived)[:_SHOWN])
            message = f"somebody else changed the output folder during the build: {where}"
            raise MachineError.of(message, hint="build again")


def _has(path: str, data: bytes) -> bool:
    """Whether the file at `path`, not being a link, holds `data`."""
    with suppress(FileNotFoundError):
        status = os.lstat(path)
        if stat.S_ISREG(status.st_mode) and status.st_size == len(data):
            with open(path, "rb") as file:  # noqa: PTH123
                return file.read() == data
    return False
