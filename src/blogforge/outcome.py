"""How a build ended, for the next one to see whether there is anything to do."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from blogforge.errors import Problem
from blogforge.model import Skipped, Value
from blogforge.output.listing import Listing
from blogforge.survey import Survey, same

if TYPE_CHECKING:
    from blogforge.config import Config
    from blogforge.options import Options
    from blogforge.output.state import State

_OUTCOME, _TREE = "outcome", "tree"


class Outcome(Value, frozen=True, kw_only=True):
    """A build that published. `choices`: the options that decide what is; `now`: its moment."""

    survey: Survey | None
    choices: tuple[bool, bool]
    now: datetime
    posts: int
    files: int
    skipped: tuple[Skipped, ...]
    warnings: tuple[Problem, ...]
    next_change_at: datetime | None


def choices_of(options: Options) -> tuple[bool, bool]:
    """The options that decide what is published."""
    return options.drafts, options.future


def recall_outcome(state: State) -> Outcome | None:
    """How the last build ended; None where there was none. Raises DamagedStateError."""
    return state.table(_OUTCOME, Outcome)


def recall_tree(state: State) -> Listing:
    """The tree as the last build left it. Raises DamagedStateError."""
    return state.table(_TREE, Listing) or Listing(files={}, folders={})


def remember_outcome(state: State, outcome: Outcome, tree: Listing) -> None:
    """Put what is now published."""
    state.put(_OUTCOME, outcome)
    state.put(_TREE, tree)


def still_holds(
    state: State, today: Survey | None, config: Config, options: Options
) -> Outcome | None:
    """The last build's outcome, where nothing that it read has changed since, nor time says so.

    `today`: what is there to be read. The tree is another matter. Raises DamagedStateError.
    """
    if config.plugins or options.clean or not options.trust_mtime:  # plugins may read anything
        return None
    last = recall_outcome(state)
    if last is None or last.survey is None or last.choices != choices_of(options):
        return None
    now = options.moment()
    if now < last.now or (last.next_change_at is not None and now >= last.next_change_at):
        return None
    return last if today is not None and same(last.survey, today) else None
