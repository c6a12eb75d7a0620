"""What an editor should know before readers do: one file a rule."""

from __future__ import annotations

import os
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from blogforge.build import output_folder
from blogforge.check import outside
from blogforge.check.ignoring import IDLE, ignored, unknown, without
from blogforge.check.levels import levels
from blogforge.check.notes import KEPT, notes_of
from blogforge.check.proof import Proof
from blogforge.check.rules import BUILD, OUTSIDE
from blogforge.check.rules import RULES as RULES
from blogforge.check.unseen import unseen
from blogforge.check.written import placed_in_files
from blogforge.content.places import placed
from blogforge.edition import prepare
from blogforge.errors import ContentError, Problem
from blogforge.lending import Loan, loan
from blogforge.output.recovery import work_folder
from blogforge.output.state import DamagedStateError
from blogforge.pages.traces import Traces
from blogforge.past import no_memory
from blogforge.pool import crew
from blogforge.renewal import rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from blogforge.check.outside.asking import Asking
    from blogforge.check.rule import Rule
    from blogforge.edition import Edition
    from blogforge.errors import Level
    from blogforge.options import Options


class Wanted(NamedTuple):
    """What is to be looked at: by the rules `only`, where some are named.

    `asking`: how other sites are asked about links that lead there; None: they are not.
    """

    only: tuple[str, ...] = ()
    asking: Asking | None = None


EVERYTHING = Wanted()
_NO_ADDRESS = "doubtful-link"  # where nobody need be asked whether it is dead


def check(root: Path, options: Options, wanted: Wanted = EVERYTHING) -> tuple[Problem, ...]:
    """Everything wrong or doubtful in the site at `root`, by path; nothing is published.

    All rules look that are not off, unless some are `wanted`. What stops a
    build comes alone where it keeps the rules from looking. Raises ConfigError and MachineError as
    a build does, ConfigError also where a rule is named that there is not.
    """
    try:
        return _checked(root, options, wanted, loan(root, options))
    except DamagedStateError:  # or a build has changed it meanwhile
        return _checked(root, options, wanted, Loan(no_memory(), Traces()))


def _checked(root: Path, options: Options, wanted: Wanted, lent: Loan) -> tuple[Problem, ...]:
    """What `check` finds, beginning with what the last build has lent."""
    with crew(options.jobs or os.cpu_count() or 1, options.cluster) as workers:
        try:
            edition = prepare(root, options, memory=lent.memory, crew=workers)
        except ContentError as error:
            return tuple(_of(BUILD, error.problems))
        chosen = levels(edition.config, root, wanted.only)
        if wanted.asking is None:
            chosen = {name: level for name, level in chosen.items() if name not in OUTSIDE}
        problems = [] if wanted.only else [*_of(BUILD, edition.warnings)]
        try:
            for _ in rendered(unseen(edition, lent.traces), edition.inputs, workers):
                pass
        except ContentError as error:
            problems += _of(BUILD, error.problems)
        proof = Proof(edition, notes_of(edition, workers, lent.folder and lent.folder / KEPT), root)
    places = {problem.location for problem in problems}
    for name, level in chosen.items():
        found = _found(RULES[name], level, proof)
        problems += (p for p in found if p.location not in places or p.key)
    if wanted.asking and not OUTSIDE.isdisjoint(chosen):
        folder = work_folder(output_folder(root, edition.config, options))
        asked = outside.findings(proof, chosen, folder, wanted.asking)
        told = {problem.location for problem in problems if problem.rule == _NO_ADDRESS}
        new = (p for p in asked if p.location not in told or p.key)
        problems += [structs.replace(p, level=chosen[p.rule]) for p in new]
    problems = [*_placed(problems, root, edition)]
    ignoring = [*ignored(edition)]
    # What other sites answer today, they may not answer tomorrow.
    looked = (set(chosen) if wanted.only else {BUILD, *chosen}) - OUTSIDE
    left = [*without(problems, ignoring, looked), *unknown(ignoring, {BUILD, *RULES})]
    return ContentError(_placed(_idle_at(chosen.get(IDLE), left), root, edition)).problems


def _found(rule: Rule, level: Level, proof: Proof) -> Iterator[Problem]:
    """What a rule finds, at this level."""
    noted = (notes.found.get(rule.name, ()) for notes in proof.notes.values())
    for problem in chain(chain.from_iterable(noted), rule.find(proof) if rule.find else ()):
        yield structs.replace(problem, rule=rule.name, level=level)


def _idle_at(level: Level | None, problems: Iterable[Problem]) -> Iterator[Problem]:
    """`problems`, with what ignores nothing at this level; None: without it."""
    for problem in problems:
        if problem.rule != IDLE:
            yield problem
        elif level:
            yield structs.replace(problem, level=level)


def _placed(problems: Iterable[Problem], root: Path, edition: Edition) -> Iterator[Problem]:
    """`problems`, those of a key whose line is not known yet with that."""
    for problem in problems:
        if problem.location and problem.location.line:
            yield problem
        else:
            yield from placed(placed_in_files([problem], root), edition.reading.sources)


def _of(rule: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    return (structs.replace(problem, rule=rule) for problem in problems)
