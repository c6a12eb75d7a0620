"""Where in a source something stands, for errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.errors import Level, Location, Problem
from blogforge.strict_yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blogforge.model import Source

FRONT_LINE = 2  # of a file: the first is the opening "---"


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


def placed(problems: Iterable[Problem], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """`problems`, those of a front-matter key with the line and column where it stands."""
    for problem in problems:
        source = sources.get(problem.location.path) if problem.location else None
        if source is None or not problem.key:
            yield problem
            continue
        front = parse(source.front, source.path, FRONT_LINE)
        if problem.key[0] not in front.values:
            yield problem  # it is written in another way, or the file's name says it
            continue
        found = front.problem(problem.message, problem.key)
        yield structs.replace(problem, location=found.location, excerpt=found.excerpt)
