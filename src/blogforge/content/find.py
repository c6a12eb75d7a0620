"""The files of the author's folder.

Names that begin with `.` or `_` or end in `~` are ignored. Symbolic links are followed as long as
they stay inside the site's folder; one that leads out of it is a problem. A folder to which several
paths lead is read once, by the path without links where there is one.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from blogforge.errors import ConfigError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

POSTS, PAGES, DATA = "posts", "pages", "data"
_MARKDOWN = (".md", ".markdown")


class Files(Struct, frozen=True, kw_only=True):
    """Paths below the site's folder, sorted.

    `media`: what is beside posts and pages and is not Markdown. `wrong`: what an author must mend;
    `unreadable`: what the machine does not give.
    """

    posts: tuple[str, ...]
    pages: tuple[str, ...]
    data: tuple[str, ...]
    media: tuple[str, ...]
    wrong: tuple[Problem, ...]
    unreadable: tuple[Problem, ...]


def find(root: Path) -> Files:
    """The files of the site in `root`. Raises ConfigError where it has no folder posts/."""
    if not (root / POSTS).is_dir():
        hint = f"make it, and in it a file such as {POSTS}/2012-03-21-first-post.md"
        raise ConfigError.of(f"there is no folder {POSTS}/ here", Location(POSTS), hint)
    walk = _Walk(root)
    posts, pages, data = (tuple(walk.files(folder)) for folder in (POSTS, PAGES, DATA))
    return Files(
        posts=tuple(filter(is_markdown, posts)),
        pages=tuple(filter(is_markdown, pages)),
        data=data,
        media=tuple(path for path in (*pages, *posts) if not is_markdown(path)),
        wrong=tuple(walk.wrong),
        unreadable=tuple(walk.unreadable),
    )


def is_markdown(path: str) -> bool:
    """Whether `path` is read as Markdown, by the end of its name."""
    return path.lower().endswith(_MARKDOWN)


class _Walk:
    """One walk through the site's folder; collects what it cannot enter."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.real_root = root.resolve()
        self.wrong: list[Problem] = []
        self.unreadable: list[Problem] = []

    def files(self, folder: str) -> list[str]:
        """The paths of all files below `folder`, sorted; none where it does not exist."""
        if not os.path.lexists(self.root / folder):
            return []
        seen: set[tuple[int, int]] = set()
        linked: list[str] = []
        found = list(self._entry(folder, seen, linked))
        while linked:  # after all real folders, so that loops end and real paths go first
            linked.sort()
            found += self._folder(linked.pop(0), seen, linked)
        return sorted(found)

    def _entry(self, path: str, seen: set[tuple[int, int]], linked: list[str]) -> Iterator[str]:
        if fault := self._name_fault(path) or self._link_fault(path):
            shown = path.encode(errors="backslashreplace").decode()
            self.wrong.append(Problem(fault[0], Location(shown), fault[1]))
            return
        try:
            mode = (self.root / path).stat().st_mode
        except OSError as error:
            self._refused(path, error)
            return
        if stat.S_ISREG(mode):
            yield path
        elif not stat.S_ISDIR(mode):
            message = "this is neither a file nor a folder"
            self.wrong.append(Problem(message, Location(path), "take it away"))
        elif (self.root / path).is_symlink():
            linked.append(path)
        else:
            yield from self._folder(path, seen, linked)

    def _folder(self, path: str, seen: set[tuple[int, int]], linked: list[str]) -> Iterator[str]:
        try:
            status = (self.root / path).stat()
            with os.scandir(self.root / path) as entries:
                found = [(entry.name, _is_plain_file(entry)) for entry in entries]
        except OSError as error:
            self._refused(path, error)
            return
        identity = (status.st_dev, status.st_ino)
        if identity in seen:
            return
        seen.add(identity)
        for name, is_plain in found:
            if name.startswith((".", "_")) or name.endswith("~"):
                continue
            if is_plain:
                yield f"{path}/{name}"
            else:
                yield from self._entry(f"{path}/{name}", seen, linked)

    def _refused(self, path: str, error: OSError) -> None:
        message = f"this cannot be read: {error.strerror or error}"
        self.unreadable.append(Problem(message, Location(path)))

    def _name_fault(self, path: str) -> tuple[str, str] | None:
        name = path.rpartition("/")[2]
        # A name that is not UTF-8 arrives with lone surrogates (category Cs).
        if any(unicodedata.category(c) in {"Cc", "Cs"} for c in name):
            return "the name has control characters or is not UTF-8", "rename it"
        return None

    def _link_fault(self, path: str) -> tuple[str, str] | None:
        file = self.root / path
        if not file.is_symlink():
            return None
        try:
            target = file.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a link to itself, until Python 3.13
            return "this link leads nowhere", "mend or delete it"
        if not target.is_relative_to(self.real_root):
            return "this link leads out of the site's folder", "copy what it leads to"
        return None


def _is_plain_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a file with a sound name, as far as its folder tells: no call a file."""
    try:
        return entry.is_file(follow_symlinks=False) and entry.name.isprintable()
    except OSError:
        return False  # whoever looks closer says what is wrong
