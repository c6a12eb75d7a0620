"""Bytes of any origin -> text."""

from __future__ import annotations

import codecs

from blogforge.errors import Location, Problem
from blogforge.textfile import unify_line_ends

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def text_of(data: bytes, path: str) -> tuple[str, Problem | None]:
    """`data` as text with LF line ends, and what to tell of it: where it is not UTF-8.

    The encoding is that of the byte order mark, else UTF-8, else Windows-1252, whose five
    unassigned bytes are read as in ISO 8859-1 (https://encoding.spec.whatwg.org/#windows-1252).
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, errors="replace")
            return unify_line_ends(text), _lost(text, path)
    try:
        return unify_line_ends(data.decode()), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    text = "".join(_western(data))
    problem = Problem("this is no UTF-8; it was read as Windows-1252", Location(path, line))
    return unify_line_ends(text), problem


def _western(data: bytes) -> list[str]:
    table = [bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256)]
    return [table[byte] for byte in data]


def _lost(text: str, path: str) -> Problem | None:
    offset = text.find("\ufffd")
    if offset < 0:
        return None
    line = text.count("\n", 0, offset) + 1
    return Problem("some bytes here are no text", Location(path, line))
