"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from blogforge.check.proof import Proof
from blogforge.check.sheet import Sheet
from blogforge.errors import Problem
from blogforge.settings import Severity
from blogforge.value import Value

Finder = Callable[[Proof], Iterator[Problem]]
DocumentFinder = Callable[[Sheet], Iterator[Problem]]


class Rule(Value, frozen=True, kw_only=True):
    """Something that an editor should know; docs/rules/NAME.md explains it.

    `level` is that of what it finds, unless the site's `check.rules` says otherwise. `mends`:
    `check --fix` mends what it finds, where that is safe (a finding says how: Problem.edit).
    `of_document` finds what a document shows by itself, and is asked again only when that changes;
    `find` what takes the whole site. Neither: `check` itself finds it.
    """

    name: str
    level: Severity
    summary: str
    find: Finder | None = None
    of_document: DocumentFinder | None = None
    mends: bool = False
