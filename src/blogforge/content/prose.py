"""Front matter's prose, and the words of it that YAML takes for a comment.

YAML reads `title: Route #9 closed` as "Route": what an author wrote would be lost without a word.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from yaml.events import ScalarEvent

from blogforge.errors import Location, Problem
from blogforge.textfile import excerpt
from blogforge.yaml_mistakes import QUOTE, quoting

if TYPE_CHECKING:
    from yaml.events import Event

    from blogforge.strict_yaml import KeyPath, Written

# The fields that readers see as they were written, by the names on their key path.
_PROSE = frozenset(
    {
        *(("title",), ("dek",), ("summary",), ("excerpt",), ("description",), ("subtitle",)),
        *(("kicker",), ("dateline",), ("story",), ("section",), ("category",), ("categories",)),
        *(("tags",), ("key_points",), ("corrections", "text"), ("sources",), ("sources", "title")),
        *(("image", "alt"), ("image", "caption"), ("image", "credit")),
    }
)
_BEHIND = re.compile(r"[ \t]+(?P<sign>#)")
# Where nothing stands before it, '# ' is a note to oneself, and '#word' was meant as text.
_INSTEAD = re.compile(r"[ \t]+(?P<sign>#)[^\s#]")


def keep_comments(written: Written) -> tuple[Written, list[Problem]]:
    """`written` with the comments behind prose as parts of it, and a problem for each of them.

    The values are kept whole so that an empty one is not told as a second mistake.
    """
    if "#" not in written.text or not isinstance(written.values, dict):
        return written, []
    lines = written.text.split("\n")
    problems: list[Problem] = []
    values = deepcopy(written.values)
    for at, (_, event) in written.places.items():
        comment = _comment(event, lines) if _is_prose(at) else None
        if comment is None:
            continue
        number, column = comment
        line = lines[number]
        holder = values
        for step in at[:-1]:
            holder = holder[step]
        holder[at[-1]] = f"{holder[at[-1]] or ''} {line[column:]}".strip()
        location = Location(written.path, written.first_line + number, column + 1)
        message = "everything behind ' #' is a comment and would be lost"
        problems.append(Problem(message, location, quoting(line) or QUOTE, excerpt(line)))
    return replace(written, values=values), problems


def _is_prose(at: KeyPath) -> bool:
    return tuple(step for step in at if isinstance(step, str)) in _PROSE


def _comment(event: Event, lines: list[str]) -> tuple[int, int] | None:
    """The line and column, from 0, of the '#' behind a plain scalar on its line."""
    if not isinstance(event, ScalarEvent) or not event.implicit[0] or event.end_mark is None:
        return None
    line, column = event.end_mark.line, event.end_mark.column
    if line >= len(lines):
        return None
    found = (_BEHIND if event.value else _INSTEAD).match(lines[line], column)
    return (line, found.start("sign")) if found else None
