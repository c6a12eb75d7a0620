"""Where in a source something stands, for errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.errors import Location, Problem

if TYPE_CHECKING:
    from blogforge.model import Source


def problem_at(source: Source, offset: int, message: str, hint: str = "") -> Problem:
    """A problem at an offset of the body; a negative offset stands for the file as a whole."""
    if offset < 0:
        return Problem(message, Location(source.path), hint)
    start = source.body.rfind("\n", 0, offset) + 1
    end = source.body.find("\n", offset)
    excerpt = source.body[start : end if end >= 0 else None].strip()
    line = source.body_line + source.body.count("\n", 0, offset)
    return Problem(message, Location(source.path, line, offset - start + 1), hint, excerpt[:200])


def problem_near(source: Source, needles: tuple[str, ...], message: str, hint: str = "") -> Problem:
    """A problem where the first of `needles` that the body has stands in it."""
    offsets = (source.body.find(needle) for needle in needles if needle)
    return problem_at(source, next((o for o in offsets if o >= 0), -1), message, hint)
