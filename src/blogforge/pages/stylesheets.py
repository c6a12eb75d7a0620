"""Stylesheets put together: `@import "css/base.css";` becomes what stands in that file."""

from __future__ import annotations

import re
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from blogforge.errors import ContentError, Location
from blogforge.textfile import decode
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

# An import of a file beside the stylesheet, without conditions, on a line of its own.
_IMPORT = re.compile(r'^@import "(?![/#?])([^":?#]+\.css)";[ \t\r]*$\n?', re.MULTILINE)
# A comment, and before it what only looks like one: strings and addresses. /*! … */ is kept.
_COMMENT = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^"')]*\)|/\*!.*?\*/)|/\*.*?\*/\s*""", re.DOTALL
)


def imports(name: str, data: bytes) -> list[str]:
    """The files that the stylesheet `name`, below static/, imports as parts of itself."""
    if b"@import" not in data:
        return []
    return [_part(name, found) for found in _IMPORT.finditer(decode(data, f"static/{name}"))]


def whole(
    name: str, read: Callable[[str], bytes], names: Collection[str], within: tuple[str, ...] = ()
) -> bytes:
    """The stylesheet `name`, below static/, with each that it imports in the import's place.

    Comments are for who writes parts: what is put together has none, a tenth of what readers load.
    `read` has the bytes of each of `names`; `within` are the stylesheets that import this one.
    What is no plain import of a file stays as it is. Raises ContentError, located, for a file that
    is not there, or that imports itself.
    """
    data = read(name)
    if b"@import" not in data:
        return data
    text = decode(data, f"static/{name}")
    within = (*within, name)

    def imported(found: re.Match[str]) -> str:
        part = _part(name, found)
        fault = _fault(part, names, within)
        if fault:
            line = text.count("\n", 0, found.start()) + 1
            raise ContentError.of(fault[0], Location(f"static/{name}", line), fault[1])
        return whole(part, read, names, within).decode()

    return _COMMENT.sub(r"\1", _IMPORT.sub(imported, text)).encode()


def _part(name: str, found: re.Match[str]) -> str:
    return normpath(f"{dirname(name)}/{found[1]}").lstrip("/")


def _fault(part: str, names: Collection[str], within: tuple[str, ...]) -> tuple[str, str] | None:
    """Why `part` cannot be imported, and what to do; None where it can."""
    if part in within:
        return f"static/{part} imports itself", "leave out one of the imports"
    if part in names:
        return None
    hint = did_you_mean(part, names) or "parts of a stylesheet are files of static/"
    return f"there is no static/{part}", hint
