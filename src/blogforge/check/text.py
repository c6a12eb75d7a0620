"""Problems as people read them: file by file, and in the end how many there are of each rule."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from blogforge.printing import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blogforge.errors import Level, Problem

    Paint = Callable[[str, str], str]

_LEVELS: dict[Level, str] = {"error": "red", "warning": "yellow", "notice": "cyan"}
_INDENT = " " * 6


def as_text(problems: Sequence[Problem], *, colours: bool = False) -> str:
    """One under the other below the name of their file, with how many there are of each rule."""
    if not problems:
        return "nothing to mend\n"
    paint = _painted if colours else _plain
    lines: list[str] = []
    for path, group in groupby(problems, _path):
        lines += [paint(path or "the site", "bold")]
        for problem in group:
            lines += _lines(problem, paint)
        lines.append("")
    return "\n".join([*lines, *_counts(problems)]) + "\n"


def _path(problem: Problem) -> str:
    return problem.location.path if problem.location else ""


def _lines(problem: Problem, paint: Paint) -> Iterator[str]:
    """`6:5 warning: …` with the rule behind it, and below the line and the hint."""
    where = problem.location
    place = f"{where.line}:{where.column} " if where and where.column else ""
    if where and where.line and not place:
        place = f"{where.line} "
    rule = paint(f"[{problem.rule}]", "dim") if problem.rule else ""
    level = paint(problem.level, _LEVELS[problem.level])
    yield f"  {place}{level}: {problem.message} {rule}".rstrip()
    if problem.excerpt and where and where.line:
        yield paint(f"{_INDENT}| {problem.excerpt}", "dim")
    if problem.hint:
        yield f"{_INDENT}hint: {problem.hint}"


def _counts(problems: Sequence[Problem]) -> Iterator[str]:
    """How many there are of each rule, and of each level; of notices only where there are any."""
    rules = Counter(problem.rule for problem in problems if problem.rule)
    mended = Counter(problem.rule for problem in problems if problem.edit)
    for rule, number in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
        able = f", {mended[rule]} of which --fix can mend" if mended[rule] else ""
        yield f"{number:>6}  {rule}{able}"
    levels = Counter(problem.level for problem in problems)
    shown = [level for level in _LEVELS if level != "notice" or levels[level]]
    yield ", ".join(counted(levels[level], level) for level in shown)


# ---------------------------------------------------------------- colours


def _plain(text: str, _: str) -> str:
    return text


def _painted(text: str, style: str) -> str:
    import click

    if style in {"bold", "dim"}:
        return click.style(text, bold=style == "bold", dim=style == "dim" or None)
    return click.style(text, fg=style)
