"""A tree as it stands on disk, to tell later what has been touched without reading it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import field

from blogforge.model import Value
from blogforge.stamps import Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Listing(Value, frozen=True, kw_only=True):
    """Every file and link of a tree with its stamp, every folder with its time of last change.

    Paths are relative and use forward slashes; the tree itself is the folder "". Times are in
    nanoseconds. Not to be changed by those who read it.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)


def survey(folder: Path) -> Listing:
    """The listing of `folder`, empty where it is not there; links are not followed.

    Raises OSError.
    """
    files: dict[str, Stamp] = {}
    folders: dict[str, int] = {}
    pending = [""] if os.path.lexists(folder) else []
    while pending:
        here = pending.pop()
        # The time before the names, so that a file that comes in between is noticed later.
        folders[here] = os.lstat(f"{folder}/{here}").st_mtime_ns
        prefix = f"{here}/" if here else ""
        with os.scandir(f"{folder}/{here}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(prefix + entry.name)
                else:
                    status = entry.stat(follow_symlinks=False)
                    stamp = Stamp(status.st_size, status.st_mtime_ns, entry.inode())
                    files[prefix + entry.name] = stamp
    return Listing(files=files, folders=folders)


def altered(output: Path, stamps: Mapping[str, Stamp], folders: Mapping[str, int]) -> set[str]:
    """The paths, among files with their `stamps` and `folders`, that are not as recorded.

    Whoever adds, removes or renames a file alters its folder: where no folder is altered, nothing
    foreign has come in. What cannot be looked at counts as altered.
    """
    lstat, prefix = os.lstat, f"{output}/"
    found = set()
    for path, (size, mtime_ns, inode) in stamps.items():
        try:
            status = lstat(prefix + path)
        except OSError:
            found.add(path)
            continue
        if status.st_mtime_ns != mtime_ns or status.st_size != size or status.st_ino != inode:
            found.add(path)
    for path, mtime_ns in folders.items():
        try:
            if lstat(prefix + path).st_mtime_ns != mtime_ns:
                found.add(path)
        except OSError:
            found.add(path)
    return found
