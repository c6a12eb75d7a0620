"""What an editor should know before readers do: one file a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from blogforge.build import rendered
from blogforge.check import authors, links, tags
from blogforge.content.places import placed
from blogforge.edition import Edition, Options, prepare
from blogforge.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Rule = Callable[[Edition], Iterator[Problem]]

RULES: dict[str, Rule] = {
    "unlisted-author": authors.unlisted,
    "dead-link": links.dead,
    "tag-spelling": tags.spellings,
}


def check(root: Path, options: Options) -> tuple[Problem, ...]:
    """Everything wrong or doubtful in the site at `root`, by path; nothing is published.

    What stops a build comes alone where it keeps the rules from looking. Raises ConfigError and
    MachineError as a build does.
    """
    problems: list[Problem] = []
    try:
        edition = prepare(root, options)
    except ContentError as error:
        return tuple(msgspec.structs.replace(p, rule="build") for p in error.problems)
    problems += edition.warnings
    try:
        for _ in rendered(edition):
            pass
    except ContentError as error:
        problems += (msgspec.structs.replace(p, rule="build") for p in error.problems)
    for name, rule in RULES.items():
        problems += (msgspec.structs.replace(problem, rule=name) for problem in rule(edition))
    return ContentError(placed(problems, edition.reading.sources)).problems
