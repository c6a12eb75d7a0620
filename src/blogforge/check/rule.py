"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from blogforge.edition import Edition
from blogforge.errors import Problem
from blogforge.settings import Severity
from blogforge.value import Value

Finder = Callable[[Edition], Iterator[Problem]]


class Rule(Value, frozen=True, kw_only=True):
    """Something that an editor should know; docs/rules/NAME.md explains it.

    `find` None: no look at the edition alone finds it, but `check` itself.

    `level` is that of what it finds, unless the site's `check.rules` says otherwise. `mends`:
    `check --fix` mends what it finds, where that is safe (a finding says how: Problem.edit).
    """

    name: str
    level: Severity
    summary: str
    find: Finder | None
    mends: bool = False
