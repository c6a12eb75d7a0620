"""What an editor should know before readers do: one file a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.check.rules import RULES as RULES
from blogforge.check.written import placed_in_files
from blogforge.content.places import placed
from blogforge.edition import prepare
from blogforge.errors import ContentError, Problem
from blogforge.pages.images import rendition
from blogforge.renewal import rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from blogforge.check.rule import Rule
    from blogforge.edition import Edition
    from blogforge.options import Options

BUILD = "build"  # the rule of what a build itself tells


def check(root: Path, options: Options) -> tuple[Problem, ...]:
    """Everything wrong or doubtful in the site at `root`, by path; nothing is published.

    What stops a build comes alone where it keeps the rules from looking. Raises ConfigError and
    MachineError as a build does.
    """
    try:
        edition = prepare(root, options)
    except ContentError as error:
        return tuple(_of(BUILD, error.problems))
    problems = [*_of(BUILD, edition.warnings)]
    try:
        # Pictures have been looked at, and to encode them would take long.
        pages = [page for page in edition.pages if page.render is not rendition]
        for _ in rendered(pages, edition.inputs):
            pass
    except ContentError as error:
        problems += _of(BUILD, error.problems)
    told = {problem.location for problem in problems}
    for rule in RULES.values():
        problems += (p for p in _found(rule, edition) if p.location not in told or p.key)
    problems = [*placed_in_files(problems, root)]
    return ContentError(placed(problems, edition.reading.sources)).problems


def _found(rule: Rule, edition: Edition) -> Iterator[Problem]:
    """What a rule finds, at the rule's level."""
    if rule.level != "off":
        for problem in rule.find(edition):
            yield structs.replace(problem, rule=rule.name, level=rule.level)


def _of(rule: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    return (structs.replace(problem, rule=rule) for problem in problems)
