"""The tree that is not published: brought up to date beside the one that is, then exchanged.

It is the tree of the build before, so that bringing it up to date costs what has changed since.
What is unchanged is a hard link to the published file; both trees then see whatever is done to
that file in place, which is why its bytes are never taken for granted by its name: the caller of
`Staging` has looked at the published file, and the spare's is the same if it has the same inode.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from blogforge.output.listing import Listing, altered, survey
from blogforge.output.recovery import FRESH, RECORD, SPARE
from blogforge.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_NO_LINKS = {
    errno.EACCES,
    errno.EMLINK,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EPERM,
    errno.EXDEV,
}
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Spare:
    """The spare tree of the work folder `work`; `current` is the tree in `output`.

    All of its methods raise OSError. Until `keep_record`, the next build does not take it for what
    it is now, but looks for itself.
    """

    def __init__(self, work: Path, output: Path, current: Listing) -> None:
        self.folder = work / SPARE
        self._work = work
        self._output = output
        self._current = current
        work.mkdir(parents=True, exist_ok=True)
        known = _recorded(work)
        (work / RECORD).unlink(missing_ok=True)  # before anything changes
        if self.folder.is_symlink() or _folds_case(self.folder):
            discard(self.folder)
        self.folder.mkdir(exist_ok=True)
        if output.exists():
            with suppress(PermissionError):  # a colleague's, who has seen to it before
                shutil.copystat(output, self.folder)  # who may read it is its owner's affair
        listing = known or survey(self.folder)
        self._files = dict(listing.files)
        self._folders = dict(listing.folders)
        self._touched = {""}
        self._put: set[str] = set()

    def put(self, path: str, data: bytes) -> None:
        """Write a file. The one that was there may be the published one too: it is not opened."""
        self._make_room(path)
        target = f"{self.folder}/{path}"
        write_new(target, data)
        self._files[path] = stamp_of(target)
        self._put.add(path)

    def match(self, wanted: Iterable[str]) -> Listing:
        """Make it the tree of what was put and of the published files `wanted`; its listing."""
        wanted = set(wanted) - self._put
        for path in self._files.keys() - wanted - self._put:
            self._remove(path)
        for path in wanted:
            stamp = self._current.files[path]
            if path not in self._files or self._files[path].inode != stamp.inode:
                self._take(path)
            else:
                self._files[path] = stamp
        folders = folders_of(self._files)
        for path in sorted(self._folders.keys() - folders, reverse=True):
            os.rmdir(f"{self.folder}/{path}")  # noqa: PTH106  (text is faster, here and below)
            del self._folders[path]
            self._touched.add(_parent(path))
        self._date(self._changed_folders(folders))
        return Listing(files=self._files, folders=self._folders)

    def _make_room(self, path: str) -> None:
        parent = _parent(path)
        self._make_folder(parent)
        if path in self._files:
            self._remove(path)
        elif path in self._folders:
            self._remove_folder(path)
        self._touched.add(parent)

    def _make_folder(self, path: str) -> None:
        if path in self._folders:
            return
        self._make_room(path)
        os.mkdir(f"{self.folder}/{path}")  # noqa: PTH102
        self._folders[path] = 0

    def _remove(self, path: str) -> None:
        os.unlink(f"{self.folder}/{path}")  # noqa: PTH108
        del self._files[path]
        self._touched.add(_parent(path))

    def _remove_folder(self, path: str) -> None:
        shutil.rmtree(f"{self.folder}/{path}")
        for known in (self._files, self._folders):
            for below in [one for one in known if one == path or one.startswith(f"{path}/")]:
                del known[below]

    def _take(self, path: str) -> None:
        """Link the published file, or copy it where the file system has no hard links."""
        self._make_room(path)
        source, target = f"{self._output}/{path}", f"{self.folder}/{path}"
        if _linked(source, target):
            self._files[path] = self._current.files[path]
        else:
            shutil.copy2(source, target, follow_symlinks=False)
            self._files[path] = stamp_of(target)

    def _changed_folders(self, folders: Collection[str]) -> set[str]:
        """The folders whose names or files are not those of the current tree."""
        before, now = self._current.files, self._files
        files = (before.keys() - now.keys()) | self._put
        return {_parent(path) for path in files | (self._current.folders.keys() ^ folders)}

    def _date(self, changed: Collection[str]) -> None:
        """Date folders as in the current tree where they are as there, however they became so."""
        for path in self._touched & self._folders.keys():
            folder = f"{self.folder}/{path}"
            if path not in changed:
                with suppress(PermissionError):  # a colleague's; it has no meaning for readers
                    os.utime(folder, ns=(self._current.folders[path],) * 2)
            self._folders[path] = os.lstat(folder).st_mtime_ns


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that a tree with the files `paths` has, "" among them."""
    found = {""}
    for path in paths:
        parent = _parent(path)
        while parent not in found:
            found.add(parent)
            parent = _parent(parent)
    return found


def write_new(target: str, data: bytes, *, durably: bool = False) -> None:
    """Write a file that must not be there yet, `durably` onto the disk. Raises OSError."""
    descriptor = os.open(target, _NEW_FILE, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if durably:
            os.fsync(descriptor)
    except OSError as error:
        error.filename = target
        raise
    finally:
        os.close(descriptor)


def discard(folder: Path) -> None:
    """Remove a spare tree, or the link that somebody put in its place. Raises OSError."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def keep_record(work: Path, listing: Listing) -> None:
    """Note that the spare tree is the one of `listing`, which stood elsewhere until now.

    Where that fails there is no note, and the next build looks for itself.
    """
    temporary = work / f"{RECORD}.{FRESH}"
    with suppress(OSError):
        write_new(str(temporary), msgspec.msgpack.encode(moved(listing, work / SPARE)))
        temporary.replace(work / RECORD)


def moved(listing: Listing, folder: Path) -> Listing:
    """A tree that stands in `folder` now: on some file systems moving it dates it anew."""
    folders = {**listing.folders, "": stamp_of(folder).mtime_ns}
    return Listing(files=listing.files, folders=folders)


def _recorded(work: Path) -> Listing | None:
    """The listing of the spare tree; None where nobody knows it.

    Only its folders are looked at: they tell of each file that came or went, and what was done to
    the files in place was done to the published ones, which others look at.
    """
    try:
        listing = msgspec.msgpack.decode((work / RECORD).read_bytes(), type=Listing)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    unknown = "" not in listing.folders or altered(work / SPARE, {}, listing.folders)
    return None if unknown else listing


def _folds_case(folder: Path) -> bool:
    """Whether two spellings of a name are one file here.

    Then no spare tree is brought up to date, but each made anew: a page whose address changed in
    case alone would keep the old one.
    """
    return os.path.lexists(folder) and os.path.lexists(folder.with_name(folder.name.upper()))


def _linked(source: str, target: str) -> bool:
    if os.path.islink(source):  # noqa: PTH114
        return False  # what a hard link to a link is depends on the platform
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        raise
    return True


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
