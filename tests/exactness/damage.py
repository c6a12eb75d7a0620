"""What may happen between two builds to a tree, and to what blogforge keeps beside it."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.output.publish import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY = (
    "garbled",
    "truncated",
    "emptied",
    "deleted",
    "edited in the middle",
    "everything deleted",
    "another site's",
    "that of long ago",
)


def damage_tree(output: Path, how: str, which: int) -> str:
    """Do `how` to one file of the tree; returns what was done to which."""
    files = [path for path in _files(output) if path.name != MANIFEST]
    if not files:
        return "nothing"
    file = files[which % len(files)]
    TREE[how](file, output)
    return f"{file.relative_to(output)} {how}"


def damage_memory(work: Path, how: str, which: int, others: dict[str, Path]) -> str:
    """Do `how` to one file of the work folder, or to all; `others` are folders to take instead."""
    if how == "everything deleted" or how in others:
        shutil.rmtree(work, ignore_errors=True)
        if how in others and others[how].exists():
            shutil.copytree(others[how], work, symlinks=True)
        return how
    files = _files(work)
    if not files:
        return "nothing"
    file = files[which % len(files)]
    size = file.stat().st_size
    if how == "garbled":
        file.write_bytes(random.Random(which).randbytes(max(size, 16)))
    elif how == "truncated":
        os.truncate(file, size // 2)
    elif how == "emptied":
        os.truncate(file, 0)
    elif how == "deleted":
        file.unlink()
    elif how == "edited in the middle" and size:
        _flip(file, which * 7919 % size)
    return f"{file.relative_to(work)} {how}"


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*")) if folder.exists() else []
    return [path for path in found if path.is_file() and not path.is_symlink()]


def _flip(file: Path, at: int = 0) -> None:
    """Change a byte where it stands: neither size nor inode changes."""
    with file.open("r+b") as stream:
        stream.seek(at)
        found = stream.read(1)
        if found:
            stream.seek(at)
            stream.write(bytes([found[0] ^ 1]))


# ---------------------------------------------------------------- each to a file and its tree


def _edited(file: Path, output: Path) -> None:
    del output
    _flip(file)


def _edited_back(file: Path, output: Path) -> None:
    del output
    status = file.stat()
    _flip(file)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def _truncated(file: Path, output: Path) -> None:
    del output
    os.truncate(file, file.stat().st_size // 2)


def _deleted(file: Path, output: Path) -> None:
    del output
    file.unlink()


def _without_folder(file: Path, output: Path) -> None:
    if file.parent != output:
        shutil.rmtree(file.parent)


def _linked(file: Path, output: Path) -> None:
    target = output.parent / "elsewhere"
    shutil.copy2(file, target)
    file.unlink()
    file.symlink_to(target)


def _touched(file: Path, output: Path) -> None:
    del output
    os.utime(file, (0, 0))


def _read_only(file: Path, output: Path) -> None:
    del output
    file.chmod(0o444)


def _swapped(file: Path, output: Path) -> None:
    other = _files(output)[0]
    if MANIFEST not in {file.name, other.name}:
        between = output.parent / "between"
        file.rename(between)
        other.rename(file)
        between.rename(other)


def _copied(file: Path, output: Path) -> None:
    """Every file another inode, as after a restore from a backup."""
    del file
    between = output.parent / "between"
    shutil.copytree(output, between, symlinks=True)
    shutil.rmtree(output)
    between.rename(output)


def _gone(file: Path, output: Path) -> None:
    del file
    shutil.rmtree(output)


TREE: dict[str, Callable[[Path, Path], None]] = {
    "edited": _edited,
    "edited, its time set back": _edited_back,
    "truncated": _truncated,
    "deleted": _deleted,
    "deleted with its folder": _without_folder,
    "made a link": _linked,
    "touched": _touched,
    "made read-only": _read_only,
    "swapped with the first": _swapped,
    "copied with all others": _copied,
    "deleted with all others": _gone,
}
