"""Where an import comes from: a file, a folder, an archive, standard input or an address."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from blogforge.errors import ConfigError, ContentError, Location, MachineError, Problem
from blogforge.importers.archives import is_archive, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST_TEXT = 512 * 1024**2
_STANDARD_INPUT = "standard-input.txt"


@dataclass(frozen=True)
class Source:
    """What is read. `root` is the folder of its files; `name` what the person wrote.

    `only` is the one file that was named, a path below `root`, or "" for a folder or archive.
    `address`: of http or https, where that was named; there are no files then. `problems` grows
    as oddities are met that keep nothing out.
    """

    name: str
    root: Path
    only: str = ""
    address: str = ""
    problems: list[Problem] = field(default_factory=list)

    def files(self, *ends: str, below: str = "") -> list[str]:
        """The files whose names end so (in any case), as sorted paths with "/"; all without ends.

        Links that lead out of the source, and what is neither file nor folder, are not among
        them; nor is what lies in `.git` and other folders whose names begin with a dot.
        """
        if self.address or not self.holds_folder(below):
            return []
        if self.only:
            return [self.only] if not ends or self.only.lower().endswith(ends) else []
        return sorted(path for path in self._walk(below) if not ends or path.lower().endswith(ends))

    def path(self, name: str) -> Path:
        """Where the file `name` is. Raises ContentError where it leads out of the source."""
        path = self.root / name
        if PurePosixPath(name).is_absolute() or not path.resolve().is_relative_to(
            self.root.resolve()
        ):
            raise ContentError.of(
                "this leads out of the source", Location(name), "copy the file into it"
            )
        return path

    def holds(self, name: str) -> bool:
        """Whether there is a file `name`, inside the source."""
        try:
            return self.path(name).is_file()
        except (ContentError, OSError, ValueError):
            return False

    def holds_folder(self, name: str) -> bool:
        """Whether there is a folder `name`, inside the source."""
        try:
            return self.path(name).is_dir()
        except (ContentError, OSError, ValueError):
            return False

    def site(self, *marks: str) -> Source:
        """The source, or its one folder that holds what a site's folder does: one of `marks`.

        Archives have a folder at their top; sites may be a folder of a repository.
        """
        if self.address or self.only or self._has(marks):
            return self
        tops = dict.fromkeys(path.split("/")[0] for path in self.files() if "/" in path)
        inner = (replace(self, root=self.root / top) for top in tops)
        sites = [each for each in inner if each._has(marks)]
        return sites[0] if len(sites) == 1 else self

    def _has(self, marks: tuple[str, ...]) -> bool:
        return any(self.holds(mark) or self.holds_folder(mark) for mark in marks)

    def read(self, name: str) -> bytes:
        """What the file `name` holds. Raises MachineError, and ContentError as `path` does."""
        try:
            path = self.path(name)
            if path.stat().st_size > _LARGEST_TEXT:
                raise ContentError.of("the file is too large to be read whole", Location(name))
            return path.read_bytes()
        except OSError as error:
            raise MachineError.of(
                f"the file cannot be read: {error.strerror or error}", Location(name)
            ) from error

    def text(self, name: str) -> str:
        """What the file `name` says, with LF line ends; in which encoding is found out.

        What is neither UTF-8 nor has a byte order mark is read as Windows-1252, and told.
        """
        from blogforge.importers.encodings import text_of

        text, problem = text_of(self.read(name), name)
        if problem:
            self.problems.append(problem)
        return text

    def _walk(self, below: str) -> Iterator[str]:
        seen: set[tuple[int, int]] = set()
        folders = [below.strip("/")]
        while folders:
            folder = folders.pop()
            status = (self.root / folder).stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            for entry in os.scandir(self.root / folder):
                path = f"{folder}/{entry.name}".lstrip("/")
                if not _is_text(entry.name):
                    self._tell("the name of this file is no UTF-8; it is left out", path)
                    continue
                if entry.is_symlink() and not self._inside(path):
                    self._leads_out(path)
                elif entry.is_dir():
                    folders += [path] if not entry.name.startswith(".") else []
                elif entry.is_file():
                    yield path

    def _inside(self, path: str) -> bool:
        return (self.root / path).resolve().is_relative_to(self.root.resolve())

    def _leads_out(self, path: str) -> None:
        self._tell("this link leads out of the source; it is left out", path)

    def _tell(self, message: str, path: str) -> None:
        shown = path.encode(errors="backslashreplace").decode()
        problem = Problem(message, Location(shown))
        if problem not in self.problems:
            self.problems.append(problem)


def _is_text(name: str) -> bool:
    """Whether a file's name is UTF-8: in Python, one that is not has surrogates in it."""
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


@contextmanager
def opened(name: str) -> Iterator[Source]:
    """The source called `name`: a path, "-" for standard input, or an address.

    Archives are unpacked for as long as the context lasts. Raises ConfigError where there is
    nothing, ContentError for an archive that is broken or hostile.
    """
    if name.lower().startswith(("http://", "https://")):
        yield Source(name, Path(), address=name)
        return
    path = Path(name)
    if name != "-" and not path.exists():
        raise ConfigError.of(f"there is no '{name}'", hint="name a file, a folder or an archive")
    if path.is_dir():
        yield Source(name, path)
        return
    if name != "-" and not is_archive(path):
        yield Source(name, path.parent, only=path.name)
        return
    with TemporaryDirectory(prefix="blogforge-") as folder:
        root = Path(folder)
        if name == "-":
            (root / _STANDARD_INPUT).write_bytes(sys.stdin.buffer.read(_LARGEST_TEXT))
            yield Source(name, root, only=_STANDARD_INPUT)
        else:
            yield Source(name, root, problems=unpack(path, root))
