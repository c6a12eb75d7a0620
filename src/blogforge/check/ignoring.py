"""What authors want no finding of: `check.ignore` of blogforge.yaml and of front matter."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from blogforge.config import CONFIG_FILE
from blogforge.errors import Location, Problem
from blogforge.strict_yaml import KeyPath
from blogforge.validation import did_you_mean
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from blogforge.edition import Edition

IDLE = "idle-ignore"  # the rule of those that ignore nothing


class Ignoring(Value, frozen=True, kw_only=True):
    """Findings of a rule that are not to be told: in files like `path`, whose line has `text`.

    `place` and `key` say where it is written so. `whole`: all rules have looked there, as they do
    not at what is not published.
    """

    rule: str
    path: str
    text: str
    place: str
    key: KeyPath
    whole: bool = True

    def covers(self, problem: Problem) -> bool:
        """Whether a finding is one of these; no error that stops a build ever is."""
        path = problem.location.path if problem.location else ""
        return (
            (not self.path or fnmatchcase(path, self.path))
            and (self.text in problem.message or self.text in problem.excerpt)
            and not (problem.rule == "build" and problem.level == "error")
        )


def ignored(edition: Edition) -> Iterator[Ignoring]:
    """Everything that the settings and the documents of an edition ignore."""
    for index, item in enumerate(edition.config.check.ignore):
        yield Ignoring(
            rule=item.rule,
            path=item.path,
            text=item.text,
            place=CONFIG_FILE,
            key=("check", "ignore", index, "rule"),
        )
    seen = {document.path for document in edition.site.documents}
    for document in (*edition.reading.posts, *edition.reading.standalones):
        for index, each in enumerate(document.ignored):
            yield Ignoring(
                rule=each.rule,
                path=_literal(document.path),
                text=each.text,
                place=document.path,
                key=("check", "ignore", index),
                whole=document.path in seen,
            )


def _literal(path: str) -> str:
    """The pattern of this one path."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)


def without(
    problems: Iterable[Problem], ignoring: Sequence[Ignoring], known: Collection[str]
) -> Iterator[Problem]:
    """`problems` but those that are ignored, and what ignores nothing of the rules `known`.

    `known` are the rules that have looked, of which a name can be wrong.
    """
    used: set[int] = set()
    for problem in problems:
        hits = [
            index
            for index, each in enumerate(ignoring)
            if each.rule == problem.rule and each.covers(problem)
        ]
        used.update(hits)
        if not hits:
            yield problem
    for index, each in enumerate(ignoring):
        if index not in used and each.rule in known and each.whole:
            message = f"'{each.rule}' finds nothing here that could be ignored"
            yield _idle(each, message, "take it out")


def unknown(ignoring: Iterable[Ignoring], names: Collection[str]) -> Iterator[Problem]:
    """What ignores rules that there are not among `names`."""
    for each in ignoring:
        if each.rule not in names:
            hint = did_you_mean(each.rule, names) or "docs/rules lists the rules"
            yield _idle(each, f"there is no rule '{each.rule}' to ignore", hint)


def _idle(each: Ignoring, message: str, hint: str) -> Problem:
    return Problem(message, Location(each.place), hint, level="warning", rule=IDLE, key=each.key)
