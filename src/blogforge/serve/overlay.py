"""What is wrong, as a page shows it over what it was before."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogforge.errors import Problem


def overlay(problems: Sequence[Problem]) -> str:
    """The HTML of every problem, with place, excerpt and hint; "" where there is none.

    A reader closes it without a script: a form of the method "dialog" closes its dialog.
    """
    if not problems:
        return ""
    title = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
    listed = "".join(map(_item, problems))
    return (
        f'<dialog open aria-labelledby="title"><form method="dialog">'
        f'<h2 id="title">{title}</h2><button aria-label="Close">×</button></form>'
        f'<ul role="alert">{listed}</ul></dialog>'
    )


def _item(problem: Problem) -> str:
    place = f"<code>{escape(str(problem.location))}</code>: " if problem.location else ""
    lines = [f"<p>{place}{escape(problem.message)}</p>"]
    if problem.excerpt and problem.location and problem.location.line:
        lines.append(f"<pre>{problem.location.line} | {escape(problem.excerpt)}</pre>")
    if problem.hint:
        lines.append(f"<p>hint: {escape(problem.hint)}</p>")
    return f"<li>{''.join(lines)}</li>"
