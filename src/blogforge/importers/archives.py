"""Archives -> folders: .zip and .tar, compressed or not, from anybody.

Nothing is written outside of the folder, no link or device is made, and size, number and depth
are bounded while unpacking, whatever the archive says of itself.
"""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from blogforge.errors import ContentError, Location, Problem
from blogforge.urls import collision_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENDS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_MOST_BYTES = 4 * 1024**3
_MOST_ENTRIES = 200_000
_CHUNK = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError,
           NotImplementedError, RuntimeError, OverflowError)  # fmt: skip


class _Entry(NamedTuple):
    name: str
    kind: str  # "file", "folder" or what else it is
    open: Callable[[], IO[bytes] | None]


def is_archive(path: Path) -> bool:
    """Whether `path` is unpacked, by the end of its name."""
    return path.name.lower().endswith(_ENDS)


def unpack(path: Path, folder: Path, most_bytes: int = _MOST_BYTES) -> list[Problem]:
    """Unpack the archive into `folder`; what is told of it: links and the like, left out.

    Raises ContentError, naming the entry, for one that climbs out or is too large, and where the
    archive is broken.
    """
    problems: list[Problem] = []
    left = most_bytes
    written: set[str] = set()
    try:
        for number, entry in enumerate(_entries(path)):
            if number >= _MOST_ENTRIES:
                raise _refused(path, entry.name, f"there are more than {_MOST_ENTRIES} entries")
            if entry.kind not in {"file", "folder"}:
                message = f"{entry.kind} in the archive; it is left out"
                problems.append(Problem(message, Location(entry.name)))
                continue
            target = folder / _safe(path, entry.name)
            if entry.kind == "folder":
                target.mkdir(parents=True, exist_ok=True)
                continue
            key = collision_key(target.as_posix())
            if key in written:
                message = "an archive has this name twice; the first is taken"
                problems.append(Problem(message, Location(entry.name)))
                continue
            written.add(key)
            left -= _write(entry, target, left, path)
    except _BROKEN as error:
        raise ContentError.of(
            f"the archive cannot be unpacked: {error}", Location(path.name), "export it again"
        ) from error
    return problems


def _write(entry: _Entry, target: Path, left: int, archive: Path) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    stream = entry.open()
    assert stream, entry  # only files are opened
    with stream as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise _refused(archive, entry.name, "unpacked it is too large")
            file.write(chunk)
    return size


def _entries(path: Path) -> Iterator[_Entry]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                yield _Entry(info.filename, _zip_kind(info), partial(archive.open, info))
        return
    with tarfile.open(path) as tar:
        for member in tar:
            yield _Entry(member.name, _tar_kind(member), partial(tar.extractfile, member))


def _zip_kind(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    if mode and stat.S_IFMT(mode) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return "a device"
    return "folder" if info.is_dir() else "file"


def _tar_kind(member: tarfile.TarInfo) -> str:
    if member.isfile():
        return "file"
    if member.isdir():
        return "folder"
    return "a link" if member.issym() or member.islnk() else "a device"


def _safe(archive: Path, name: str) -> str:
    """The entry's path below the folder. Raises ContentError where it leads elsewhere."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", "."}]
    if name.startswith(("/", "\\")) or ".." in parts or any(":" in part for part in parts[:1]):
        raise _refused(archive, name, "it leads out of the archive")
    if not parts and not name.strip("./\\"):
        return "."
    if any(len(part.encode(errors="replace")) > 255 or "\0" in part for part in parts):
        raise _refused(archive, name[:80], "no file can have this name")
    return "/".join(parts)


def _refused(archive: Path, entry: str, why: str) -> ContentError:
    shown = entry.encode(errors="backslashreplace").decode()
    return ContentError.of(
        f"the archive's entry {shown!r} is refused: {why}",
        Location(archive.name),
        "nothing was imported; unpack it yourself if you trust it, and name the folder",
    )
