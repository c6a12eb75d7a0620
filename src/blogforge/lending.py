"""The memory of the last build, lent to who only looks at the site: nothing new is kept in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from blogforge.build import output_folder
from blogforge.config import load_config
from blogforge.edition import Edition, prepare
from blogforge.errors import MachineError
from blogforge.memory import recall
from blogforge.output.recovery import work_folder
from blogforge.output.state import STATE_FILE, DamagedStateError, State
from blogforge.pages.traces import Traces
from blogforge.past import Memory, no_memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blogforge.content.articles import Shelf
    from blogforge.options import Options

T = TypeVar("T")


def looked_at(root: Path, options: Options, look: Callable[[Edition], T]) -> T:
    """What `look` makes of the edition of the site in `root`, which begins with what is lent.

    Raises what `prepare` and `look` raise.
    """
    try:
        return look(prepare(root, options, memory=lent(root, options)))
    except DamagedStateError:  # or a build has changed it meanwhile
        return look(prepare(root, options))


def lent(root: Path, options: Options) -> Memory:
    """The memory that `loan` gives. Raises ConfigError."""
    return loan(root, options).memory


class Loan(NamedTuple):
    """What the last build left: its memory, and how it made its pages.

    `folder`: where it is; None where there is nothing that can be used.
    """

    memory: Memory
    traces: Traces
    folder: Path | None = None


def loan(root: Path, options: Options) -> Loan:
    """What the last build of the site in `root` left; nothing where that cannot be used.

    It saves time and changes nothing. A build may change it at the same time: the shelf raises
    DamagedStateError for what is no longer there. Raises ConfigError.
    """
    folder = work_folder(output_folder(root, load_config(root), options))
    if not (folder / STATE_FILE).exists():
        return Loan(no_memory(), Traces())
    state = State(folder)
    try:
        recalled = recall(state, options)
    except (DamagedStateError, MachineError):  # which the next build tells of, and mends
        return Loan(no_memory(), Traces())
    finally:
        state.release()
    memory = recalled.memory
    shelf = _Lent(memory.shelf)
    memory = memory._replace(
        shelf=shelf, put=shelf.new.update, keep=lambda _briefs: None, compiled=None, images=None
    )
    return Loan(memory, recalled.traces, folder)


class _Lent:
    """A shelf with what is `new` beside it."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.new: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name in self.new:
            return self.new[name]
        try:
            return self._shelf[name]
        except KeyError:  # what is remembered had it
            raise DamagedStateError(name) from None
