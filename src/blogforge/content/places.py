"""Where in a source something stands, for errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.errors import Level, Location, Problem

if TYPE_CHECKING:
    from blogforge.model import Source


def problem_at(
    source: Source, offset: int, message: str, hint: str = "", level: Level = "error"
) -> Problem:
    """A problem at an offset of the body; a negative offset stands for the file as a whole."""
    if offset < 0:
        return Problem(message, Location(source.path), hint, level=level)
    start = source.body.rfind("\n", 0, offset) + 1
    end = source.body.find("\n", offset)
    excerpt = source.body[start : end if end >= 0 else None].strip()
    line = source.body_line + source.body.count("\n", 0, offset)
    where = Location(source.path, line, offset - start + 1)
    return Problem(message, where, hint, excerpt[:200], level)


def offset_of(body: str, text: str, behind: tuple[str, ...]) -> int:
    """Where `text` first stands right behind one of some signs, else where it stands at all.

    -1 where it does not.
    """
    for sign in behind:
        offset = body.find(sign + text)
        if offset >= 0:
            return offset + len(sign)
    return body.find(text)
