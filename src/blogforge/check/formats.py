"""Problems in the forms in which `check` prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.check.sarif import as_sarif
from blogforge.check.text import as_text
from blogforge.printing import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blogforge.errors import Problem


def as_json(problems: Sequence[Problem]) -> str:
    """A JSON list: path, line, column, level, rule, message, hint, excerpt, edit; 0: not known.

    `edit`: what `--fix` would write in the place of what stands there; null: nothing.
    """
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
            "edit": problem.edit,
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
    "sarif": as_sarif,
}
