"""Bytes -> tree: staged first, then put in place; only what blogforge wrote is ever removed."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from blogforge.digest import digest_bytes
from blogforge.errors import ConfigError, MachineError
from blogforge.model import Value
from blogforge.output.interrupts import held_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

MANIFEST = ".blogforge"
_HEADER = "This folder is written by blogforge; each line below is the digest of a file's path."
_DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # of file managers
_SOURCES = ("posts", "pages", "templates", "static", "data")
_SHOWN = 3
_HINTS = {
    errno.EACCES: "the folder, or what is in it, belongs to somebody else or is read-only",
    errno.EPERM: "the folder, or what is in it, belongs to somebody else or is read-only",
    errno.EROFS: "the disk is mounted for reading only; name another folder",
    errno.ENOSPC: "the disk is full; make room and build again",
    errno.EDQUOT: "your share of the disk is used up; make room and build again",
    errno.ENAMETOOLONG: "give a post a shorter slug, or build into a folder nearer to the root",
    errno.EXDEV: "the output folder and the one around it must be on one disk",
}


class Tally(Value, frozen=True, kw_only=True):
    """How many files of the tree were written, left as they were, and removed.

    `changes`: each path that was written or removed, and why, sorted.
    """

    written: int
    unchanged: int
    removed: int
    changes: tuple[tuple[str, str], ...] = ()


def refuse_unsafe(output: Path, root: Path) -> None:
    """Raise ConfigError where writing to `output` could destroy what blogforge did not make.

    `root` is the site's folder. Refused: a folder that holds the sources or the home folder, one
    under version control, and one with files that are not ours.
    """
    real, site = output.resolve(), root.resolve()
    if reason := _misplaced(real, site):
        raise _refusal(output, reason)
    if real.exists() and not real.is_dir():
        raise _refusal(output, "is a file")
    if (real / ".git").exists():
        raise _refusal(output, "is under version control (it has a .git)")
    ours = _manifest(real)
    foreign = [path for path in _walk(real) if _digest(path) not in ours]
    if foreign:
        shown = ", ".join(foreign[:_SHOWN]) + (", …" if len(foreign) > _SHOWN else "")
        raise _refusal(output, f"has files that blogforge did not write: {shown}")


def _misplaced(real: Path, site: Path) -> str:
    if real == site or real in site.parents:
        return "holds the site's own sources"
    home = Path.home().resolve()
    if real == home or real in home.parents:
        return "is or holds the home folder"
    if any(real.is_relative_to((site / name).resolve()) for name in _SOURCES):
        return "is among the site's own sources"
    if ".git" in real.parts:
        return "is inside a repository's .git"
    return ""


def _refusal(output: Path, reason: str) -> ConfigError:
    hint = "name a new or empty folder: output in blogforge.yaml, or --output; what belongs to"
    return ConfigError.of(
        f"the output folder '{output}' {reason}; nothing was written or removed",
        hint=f"{hint} the site goes to static/",
    )


class Staging:
    """A tree in the making: `write` every file, then `publish`; without that nothing changes.

    Use as a context manager. `fresh` writes every file, changed or not. OSErrors become
    MachineErrors that name the file.
    """

    def __init__(self, output: Path, *, fresh: bool = False) -> None:
        self._output = output.resolve()
        self._fresh = fresh
        self._kept: list[str] = []
        self._staged: dict[str, str] = {}  # path -> why

    def __enter__(self) -> Self:
        with _machine_errors(self._output):
            self._output.parent.mkdir(parents=True, exist_ok=True)
            prefix = f".{self._output.name}.new-"
            folder = tempfile.mkdtemp(prefix=prefix, dir=self._output.parent)
        self._folder = Path(folder)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def write(self, path: str, data: bytes) -> None:
        """Stage the file at `path`, unless the tree already has it with these bytes."""
        current = self._output / path
        with _machine_errors(current):
            exists = os.path.lexists(current)
            if exists and not self._fresh and _has(current, data):
                self._kept.append(path)
                return
            staged = self._folder / path
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(data)
            self._staged[path] = "content changed" if exists else "new"

    def publish(self) -> Tally:
        """Put what is staged in place and remove what the tree had before and has no more.

        Ctrl-C is held back until that is done.
        """
        with _machine_errors(self._output), held_back():
            self._output.mkdir(exist_ok=True)
            ours = {_digest(path) for path in (MANIFEST, *self._kept, *self._staged)}
            before = _manifest(self._output)
            self._refuse_obstacles(before - ours)
            # Until the end both old and new files count as ours, so that a build cut off here
            # leaves nothing behind that the next one would take for somebody else's.
            self._write_manifest(before | ours)
            removed = self._prune(before - ours)
            for path in self._staged:
                target = self._output / path
                target.parent.mkdir(parents=True, exist_ok=True)
                (self._folder / path).replace(target)
            self._write_manifest(ours)
        changes = {**self._staged, **dict.fromkeys(removed, "removed: nothing makes it any more")}
        return Tally(
            written=len(self._staged),
            unchanged=len(self._kept),
            removed=len(removed),
            changes=tuple(sorted(changes.items())),
        )

    def _refuse_obstacles(self, pruned: frozenset[str] | set[str]) -> None:
        """Raise IsADirectoryError where a folder stands in a file's place and will stay there."""
        for path in self._staged:
            target = self._output / path
            if target.is_symlink() or not target.is_dir():
                continue
            for folder, folders, names in os.walk(target):
                files = [(Path(folder) / name).relative_to(self._output) for name in names]
                empty = not folders and not files
                if empty or any(_digest(file.as_posix()) not in pruned for file in files):
                    reason = "a folder stands where a file belongs; move it away"
                    raise IsADirectoryError(errno.EISDIR, reason, str(target))

    def _prune(self, digests: frozenset[str] | set[str]) -> list[str]:
        removed = []
        for path in list(_walk(self._output)):
            if _digest(path) in digests:
                (self._output / path).unlink()
                removed.append(path)
                self._drop_empty((self._output / path).parent)
        return removed

    def _write_manifest(self, digests: frozenset[str] | set[str]) -> None:
        temporary = self._folder / MANIFEST
        temporary.write_text("\n".join([_HEADER, *sorted(digests)]) + "\n", encoding="utf-8")
        temporary.replace(self._output / MANIFEST)

    def _drop_empty(self, folder: Path) -> None:
        while folder != self._output:
            try:
                folder.rmdir()
            except OSError:
                return  # not empty: something of ours or of a file manager is still there
            folder = folder.parent


class _machine_errors:  # noqa: N801  (reads as the statement it is)
    """Turns an OSError into a MachineError that names the file and says what to do."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, OSError):
            where = error.filename or self._path
            message = f"cannot write {where}: {error.strerror or error}"
            hint = _HINTS.get(error.errno or 0, "")
            raise MachineError.of(message, hint=hint) from error


def _has(path: Path, data: bytes) -> bool:
    with suppress(OSError):
        if path.is_symlink() or path.stat().st_size != len(data):
            return False
        return path.read_bytes() == data
    return False


def _walk(folder: Path) -> Iterator[str]:
    """Every file and link below `folder`, relative, sorted; links are not followed."""
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        links = [name for name in folders if (here / name).is_symlink()]
        folders.sort()
        for name in sorted([*names, *links]):
            if name not in _DROPPINGS:
                yield (here / name).relative_to(folder).as_posix()


def _digest(path: str) -> str:
    return digest_bytes(path.encode(errors="surrogateescape"))


def _manifest(folder: Path) -> frozenset[str]:
    """The digests of the paths that blogforge wrote, the manifest's own among them."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError) as error:
        raise MachineError.of(f"cannot read {folder / MANIFEST}: {error}") from error
    return frozenset({_digest(MANIFEST), *lines[1:]}) if lines[:1] == [_HEADER] else frozenset()
