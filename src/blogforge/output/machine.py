"""What the machine refuses, said so that an author can act on it."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from blogforge.errors import MachineError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_OTHERS = "the folder, or what is in it, belongs to somebody else or is read-only"
_MOUNTED = "the output folder is a mount point; build into a folder below it"
_HINTS = {
    errno.EACCES: _OTHERS,
    errno.EPERM: _OTHERS,
    errno.EROFS: "the disk is mounted for reading only; name another folder",
    errno.ENOSPC: "the disk is full; make room and build again",
    errno.EDQUOT: "your share of the disk is used up; make room and build again",
    errno.EMFILE: "too many files are open at once; raise the limit (ulimit -n) and build again",
    errno.ENFILE: "too many files are open on this machine; end other programs and build again",
    errno.ENAMETOOLONG: "give a post a shorter slug, or build into a folder nearer to the root",
    errno.EXDEV: "the output folder and the one around it must be on one disk",
    errno.EBUSY: _MOUNTED,
}


class machine_errors:  # noqa: N801  (reads as the statement it is)
    """Turns an OSError into a MachineError that names the file and says what to do.

    `path` is named where the error itself names none.
    """

    def __init__(self, path: str | Path) -> None:
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


def refuse_mounted(output: Path) -> None:
    """Raise MachineError where `output` cannot be exchanged as it is a file system of its own."""
    if os.path.ismount(output):
        message = f"the output folder '{output}' is a mount point, which cannot be replaced whole"
        raise MachineError.of(message, hint="build into a folder below it: output: NAME/site")
