"""A look at everything that a build reads, without reading it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.config import CONFIG_FILE
from blogforge.digest import digest_bytes
from blogforge.install import PACKAGE, default_theme
from blogforge.ledger import TICK
from blogforge.model import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = (CONFIG_FILE, "authors.yaml", "authors.yml", "entities.yaml", "entities.yml")
_THEME_FOLDERS = ("templates", "static")
_FOLDERS = ("posts", "pages", "data", *_THEME_FOLDERS)


class Survey(Value, frozen=True, kw_only=True):
    """The stamps of all that is read, as one digest.

    `unsettled`: files so new that a change might not show in their stamps, with their digests.
    """

    stamps: str
    unsettled: dict[str, str]


def survey(root: Path) -> Survey | None:
    """The survey of the site in `root`, the default theme, blogforge and the libraries.

    None where stamps alone cannot tell, because a link leads to a folder.
    """
    now, root = time.time_ns(), root.absolute()
    lines: list[str] = []
    unsettled = {}
    try:
        for path, status in _everything(root):
            lines.append(f"{path}\0{status.st_size} {status.st_mtime_ns} {status.st_ino}")
            if status.st_mtime_ns + TICK >= now:
                unsettled[path] = digest_bytes(Path(path).read_bytes())
    except (_LinkedFolderError, OSError):
        return None
    lines.append(sys.version)
    return Survey(
        stamps=digest_bytes("\n".join(sorted(lines)).encode(errors="surrogateescape")),
        unsettled=unsettled,
    )


def same(before: Survey, today: Survey) -> bool:
    """Whether two surveys prove that nothing changed between them."""
    if before.stamps != today.stamps:
        return False
    return all(_digest(path) == digest for path, digest in before.unsettled.items())


def _digest(path: str) -> str:
    try:
        return digest_bytes(Path(path).read_bytes())
    except OSError:
        return ""


class _LinkedFolderError(Exception):
    """A link leads to a folder: what stands there does not show in the folder around it."""


def _everything(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    for name in _FILES:
        yield from _file(root / name)
    for name in _FOLDERS:
        yield from _below(f"{root}/{name}")
    for name in _THEME_FOLDERS:
        yield from _below(f"{default_theme()}/{name}")
    yield from _below(str(PACKAGE))
    # Installing or removing a library changes the folder that it is in.
    for place in sys.path:
        if place.endswith("-packages"):
            yield from _file(Path(place))


def _file(file: Path) -> Iterator[tuple[str, os.stat_result]]:
    try:
        yield str(file), file.stat()
    except FileNotFoundError:
        return


def _below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            if entry.is_dir():
                if entry.is_symlink():
                    raise _LinkedFolderError(entry.path)
                if entry.name != "__pycache__":
                    yield from _below(entry.path)
            else:
                yield entry.path, entry.stat()
