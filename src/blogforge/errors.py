"""Problems as values, and the exceptions that carry them.

BlogforgeError              exit status
├── ContentError            1  something an author wrote
├── ConfigError             2  the command line or blogforge.yaml
├── MachineError            3  disk, permission, lock
└── DeployError             4  the place that a publication is sent to
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Self

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

Level = Literal["error", "warning", "notice"]


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a file of the site: its path, line and column from 1 (0: unknown)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`path:line:column`, as far as it is known."""
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Edit(msgspec.Struct, frozen=True):
    """A text that stands in a file of the site, and what to write instead."""

    old: str
    new: str


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong: where, what, the line it stands in, and what to write instead.

    `rule` names the check that found it; empty for problems that stop a build. `key` is the
    front-matter key it is about, where its line is still to be found. `edit` mends it without a
    second thought: what stands at the location (with a key: the whole value) is replaced.
    """

    message: str
    location: Location | None = None
    hint: str = ""
    excerpt: str = ""
    level: Level = "error"
    rule: str = ""
    key: tuple[str | int, ...] = ()
    edit: Edit | None = None

    def __str__(self) -> str:
        """The problem as an author reads it; one to three lines."""
        head = f"{self.location}: {self.message}" if self.location else self.message
        lines = [head]
        if self.excerpt and self.location and self.location.line:
            lines.append(f"  {self.location.line} | {self.excerpt}")
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


class BlogforgeError(Exception):
    """The root of what blogforge raises on purpose; carries every problem of the run, sorted."""

    exit_status: ClassVar[int] = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=_order))
        super().__init__(self.problems)

    @classmethod
    def of(cls, message: str, location: Location | None = None, hint: str = "") -> Self:
        """An error of a single problem."""
        return cls([Problem(message, location, hint)])

    def __str__(self) -> str:
        """Every problem, one under the other."""
        return "\n".join(map(str, self.problems))


class ContentError(BlogforgeError):
    """What an author wrote cannot be published as it is."""

    exit_status = 1


class ConfigError(BlogforgeError):
    """The command line or the configuration is wrong."""

    exit_status = 2


class MachineError(BlogforgeError):
    """The machine did not let us: disk, permission, lock."""

    exit_status = 3


class DeployError(BlogforgeError):
    """What a publication is sent to did not take it, or not all of it."""

    exit_status = 4


def _order(problem: Problem) -> tuple[Location, str]:
    return (problem.location or Location(""), problem.message)
