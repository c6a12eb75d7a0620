"""What the file system says of a file, to tell without reading it whether it is as it was."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from os import PathLike


class Stamp(NamedTuple):
    """A file's size in bytes, the time of its last change in nanoseconds, and its inode number.

    A tuple, as there is one for every file and they are compared by the ten thousand.
    """

    size: int
    mtime_ns: int
    inode: int


def stamp_of(path: str | PathLike[str]) -> Stamp:
    """The stamp of the file, folder or link at `path`; a link is not followed. Raises OSError."""
    status = os.lstat(path)
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def source_stamp(path: str | PathLike[str]) -> Stamp:
    """The stamp of the file at `path`, or of the one that a link there leads to. Raises OSError."""
    status = os.stat(path)  # noqa: PTH116  (ten thousand times a build)
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)
