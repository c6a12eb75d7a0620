"""Files as the text an author wrote: UTF-8, LF line ends, only characters that a feed may hold."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from blogforge.errors import ContentError, Location, MachineError, Problem

if TYPE_CHECKING:
    from pathlib import Path

# Char of XML 1.0 (https://www.w3.org/TR/xml/#charsets): what an RSS or Atom feed may contain.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_BYTE_ORDER_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_UTF8_MARK = b"\xef\xbb\xbf"
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
_LAST_OF_PLANE = "\uffff".encode()[:2]  # as U+FFFE begins too; surrogates are no UTF-8
_MOST_PROBLEMS = 10  # of one kind in one file
_EXCERPT = 160


def read_bytes(file: Path, path: str) -> bytes:
    """What `file` holds; MachineError (naming it `path`) where the machine does not give it."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise MachineError.of(
            f"the file cannot be read: {error.strerror or error}", Location(path)
        ) from error


def decode(data: bytes, path: str) -> str:
    """`data` as text with LF line ends, without its byte order mark, form feeds made spaces.

    Raises ContentError, located, for another encoding than UTF-8 and for control characters.
    """
    if other := _other_encoding(data):
        message = f"the file is {other}, not UTF-8"
        raise ContentError.of(message, Location(path, 1, 1), "save it as UTF-8")
    mark = len(_UTF8_MARK) if data.startswith(_UTF8_MARK) else 0
    try:
        text = data[mark:].decode()
    except UnicodeDecodeError as error:
        raise ContentError([_not_utf8(data, mark + error.start, path)]) from error
    # A form feed is white space in HTML and plain text, but no character of XML.
    text = unify_line_ends(text).replace("\f", " ")
    if _may_be_illegal(data) and (problems := illegal_characters(text, path)):
        raise ContentError(problems)
    return text


def unify_line_ends(text: str) -> str:
    """`text` with CRLF and CR made LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def illegal_characters(
    text: str, path: str, first_line: int = 1, pattern: re.Pattern[str] = ILLEGAL
) -> list[Problem]:
    """A problem for each of the first characters of `text` that match `pattern`.

    The pattern may match characters that are not printable, and no others.
    """
    if text.replace("\n", "").isprintable():
        return []
    return [
        Problem(
            f"the character U+{ord(match.group()):04X} is not allowed here",
            location_of(text, match.start(), path, first_line),
            "delete it (an editor may not show it)",
            excerpt(line_at(text, match.start())),
        )
        for match in islice(pattern.finditer(text), _MOST_PROBLEMS)
    ]


def location_of(text: str, offset: int, path: str, first_line: int = 1) -> Location:
    """Where the character `offset` of `text` stands, when `text` begins at `first_line`."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Location(path, first_line + text.count("\n", 0, offset), offset - line_start + 1)


def line_at(text: str, offset: int) -> str:
    """The whole line in which the character `offset` of `text` stands."""
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : len(text) if end < 0 else end]


def excerpt(line: str) -> str:
    """`line` as an error shows it: without what a terminal would act on, and not too long."""
    spaced = line.rstrip().replace("\t", " ")
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in spaced)
    return shown if len(shown) <= _EXCERPT else shown[: _EXCERPT - 1] + "…"


def _may_be_illegal(data: bytes) -> bool:
    """Whether the UTF-8 `data` may have a character that ILLEGAL matches; quicker than to look."""
    return len(data.translate(None, _CONTROLS)) < len(data) or _LAST_OF_PLANE in data


def _other_encoding(data: bytes) -> str:
    for mark, name in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return name
    head = data[:64]
    # In UTF-16 every other byte of Western text is NUL; UTF-8 text has none.
    if len(head) >= 4 and max(head[::2].count(0), head[1::2].count(0)) * 4 >= len(head):
        return "UTF-16"
    return ""


def _not_utf8(data: bytes, offset: int, path: str) -> Problem:
    before = unify_line_ends(data[:offset].decode(errors="replace").removeprefix("\ufeff"))
    rest = re.split(rb"[\r\n]", data[offset:], maxsplit=1)[0]
    line = line_at(before, len(before)) + rest.decode(errors="replace")
    return Problem(
        f"the file is not UTF-8: byte {offset} is 0x{data[offset]:02x}",
        location_of(before, len(before), path),
        "save it as UTF-8",
        excerpt(line),
    )
