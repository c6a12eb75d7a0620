"""The static files of a site and of its theme: their content, and their names in the tree."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge import urls
from blogforge.digest import digest_bytes
from blogforge.errors import ContentError, Location, Problem
from blogforge.pages.branding import BRAND, LOOK, LOOKS, brand, look_part
from blogforge.pages.stylesheets import imports, whole
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogforge.config import Config

_STATIC = "static"
_PARTS = "css/"  # of the theme: the stylesheet that imports them has them
_FONTS = "fonts/"
_SEARCH = "search.js"  # of the theme: for sites that can be searched
_WELL_KNOWN = ".well-known"  # RFC 8615
_FINGERPRINTED = (".css", ".js")
_FINGERPRINT_DIGITS = 8


class Assets:
    """The files below static/ of each of `folders`, the earlier before the later, file by file.

    The last folder is the theme's. A stylesheet is one with all that it imports, and is read once.
    """

    def __init__(self, folders: Sequence[Path], config: Config) -> None:
        self._config = config
        self._folders = tuple(folders)
        self._digests: dict[str, str] = {}
        self._sheets: dict[str, bytes] = {}

    @cached_property
    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            found.update(files_below(folder / _STATIC))
        return found

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file that is published, by its name below static/, sorted.

        Not published are parts of stylesheets, and fonts of the theme that its look does without.
        Raises ContentError for links that lead to nothing, to a folder, or out of the site's.
        """
        parts = self._parts()
        found = {
            name: file
            for name, file in sorted(self._files.items())
            if name not in parts and not self._is_the_theme_s(name, _PARTS)
        }
        if not self._config.search and self._is_the_theme_s(_SEARCH, _SEARCH):
            del found[_SEARCH]
        styles = b"".join(self.content(name) for name in found if is_stylesheet(name))
        return {
            name: file
            for name, file in found.items()
            if urls.encode(name).encode() in styles or not self._is_the_theme_s(name, _FONTS)
        }

    def _is_the_theme_s(self, name: str, folder: str) -> bool:
        """Whether a file is one of the theme's in that folder, or a copy of it."""
        theirs = self._folders[-1] / _STATIC / name
        if not name.startswith(folder) or not theirs.is_file():
            return False
        return self._files[name] == theirs or self._read(name) == theirs.read_bytes()

    def _parts(self) -> set[str]:
        """The stylesheets that others import."""
        sheets = [name for name in self._files if is_stylesheet(name)]
        parts = {part for name in sheets for part in imports(name, self._read(name))}
        looks = {name for name in sheets if name.startswith(LOOKS)}
        return parts | looks if LOOK in parts else parts

    def url(self, name: str) -> str:
        """The URL of the file `name`. Raises LookupError, in words, where there is none."""
        if name not in self.files:
            hint = did_you_mean(name, self.files)
            raise LookupError(f"there is no static/{name}" + (f": {hint}" if hint else ""))
        return urls.encode(self._config.base_path + self.published_name(name))

    def published_name(self, name: str) -> str:
        """Where the file `name` stands in the tree: css and js get a fingerprint."""
        path = Path(name)
        if path.suffix not in _FINGERPRINTED:
            return name
        fingerprint = self.digest(name)[:_FINGERPRINT_DIGITS]
        return path.with_name(f"{path.stem}.{fingerprint}{path.suffix}").as_posix()

    def digest(self, name: str) -> str:
        """The digest of the file `name`."""
        if name not in self._digests:
            self._digests[name] = digest_bytes(self.content(name))
        return self._digests[name]

    def content(self, name: str) -> bytes:
        """The content of the file `name`; of a stylesheet, with all that it imports."""
        if not is_stylesheet(name):
            return self._read(name)
        if name not in self._sheets:
            self._sheets[name] = whole(name, self._read, {*self._files, LOOK, BRAND})
        return self._sheets[name]

    def _read(self, name: str) -> bytes:
        """The bytes of a file, or of a part that the settings make."""
        if name not in self._files and name == LOOK:
            part = look_part(self._config.theme)
            return self._read(part) if part else b""
        if name not in self._files and name == BRAND:
            return brand(self._config.theme, self._read)
        return self._files[name].read_bytes()

    def read_all(self) -> None:
        """Read what workers without files need to know: digests, and whole stylesheets."""
        for name in self.files:
            self.digest(name)


def is_stylesheet(name: str) -> bool:
    """Whether a file is a stylesheet, whose content is more than its own."""
    return name.endswith(".css")


def files_below(folder: Path) -> dict[str, Path]:
    """The files below `folder` by name, in Unicode's form C, whichever the file system uses.

    Dotfiles are left out. Raises ContentError for links that are not followed.
    """
    found = [(path.relative_to(folder), path) for path in sorted(folder.rglob("*"))]
    shown = [
        (relative.as_posix(), path)
        for relative, path in found
        if not any(part.startswith(".") and part != _WELL_KNOWN for part in relative.parts)
    ]
    if problems := [
        Problem(fault, Location(f"{_STATIC}/{name}"), "copy what it is to lead to")
        for name, path in shown
        if (fault := _link_fault(path, folder.parent.resolve()))
    ]:
        raise ContentError(problems)
    return {unicodedata.normalize("NFC", name): path for name, path in shown if path.is_file()}


def _link_fault(path: Path, site: Path) -> str:
    """Why the link at `path` is not followed; "" where it is, or is none."""
    if not path.is_symlink():
        return ""
    if not path.exists():
        return "this link leads nowhere"
    if not path.resolve().is_relative_to(site):
        return "this link leads out of the site's folder"
    return "this link leads to a folder, and only files are copied" if path.is_dir() else ""
