"""What a target is, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from blogforge.config import Config
    from blogforge.deploy.plan import Plan, Standing
    from blogforge.deploy.tree import Tree

Done = Callable[[int], None]  # told of so many files that are done


class Target(Protocol):
    """A place where readers find the tree.

    `look` and `carry_out` raise DeployError where the place fails, MachineError where this machine
    does. Cut off at any moment, `carry_out` leaves no page that points at what is missing, and
    carried out again, by a plan of what stands there then, it completes the work.
    """

    @property
    def place(self) -> str:
        """Where it is, as people know it, without secrets."""

    def look(self, tree: Tree) -> Standing:
        """What stands there, and how much of it is as in `tree`. Changes nothing."""

    def carry_out(self, tree: Tree, plan: Plan, done: Done) -> None:
        """Do what `plan` says; `done` is told of files as they are done."""


class Surroundings(NamedTuple):
    """What a target may use here: the site's folder `root`, and a folder `work` of its own.

    `name`: the target's.
    """

    root: Path
    work: Path
    config: Config
    name: str
