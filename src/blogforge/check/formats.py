"""Problems as text, JSON and annotations of GitHub."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from blogforge.printing import counted, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blogforge.errors import Level, Problem


def as_text(problems: Sequence[Problem]) -> str:
    """One under the other, and how many there are."""
    lines = [f"{problem.level}: {problem}{_rule(problem)}" for problem in problems]
    if not problems:
        return "nothing to mend\n"
    return "\n".join([*lines, _counts(problems)]) + "\n"


def _counts(problems: Sequence[Problem]) -> str:
    """How many there are of each level; of notices only where there are any."""
    levels = Counter(problem.level for problem in problems)
    shown: list[Level] = ["error", "warning"]
    if levels["notice"]:
        shown.append("notice")
    return ", ".join(counted(levels[level], level) for level in shown)


def _rule(problem: Problem) -> str:
    return f"\n  rule: {problem.rule}" if problem.rule else ""


def as_json(problems: Sequence[Problem]) -> str:
    """A JSON list: path, line, column, level, rule, message, hint, excerpt; 0: not known."""
    rows = [
        {
            "path": problem.location.path if problem.location else "",
            "line": problem.location.line if problem.location else 0,
            "column": problem.location.column if problem.location else 0,
            "level": problem.level,
            "rule": problem.rule,
            "message": problem.message,
            "hint": problem.hint,
            "excerpt": problem.excerpt,
        }
        for problem in problems
    ]
    return to_json(rows) + "\n"


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands, which GitHub shows beside the lines they name.

    Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands.
    """
    return "".join(_annotation(problem) + "\n" for problem in problems)


def _annotation(problem: Problem) -> str:
    properties = {"title": problem.rule or "blogforge"}
    if problem.location:
        properties["file"] = problem.location.path
        properties |= {"line": str(problem.location.line)} if problem.location.line else {}
        properties |= {"col": str(problem.location.column)} if problem.location.column else {}
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    text = f"{problem.message}. {problem.hint}" if problem.hint else problem.message
    return f"::{problem.level} {listed}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
