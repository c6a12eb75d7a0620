"""The crew of nobody but this process, and what all crews have in common."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar, TypeVar, overload

from blogforge.pool.outcomes import Function, attempts, settled

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")
Kept = TypeVar("Kept", bound=BaseException)

WORTH = 200  # items; below, starting workers takes longer than they save
_CHUNKS_A_JOB = 8  # at least, so that jobs end together
_LARGEST_CHUNK = 32  # so that few results are on their way at once


class Crew:
    """`jobs` workers for a build; here it is this process that does the work.

    `remote`: workers may be on other machines, where the site's folder is not.
    """

    remote: ClassVar[bool] = False

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs

    @property
    def local(self) -> Crew:
        """The crew for what needs the site's folder."""
        return self

    @overload
    def map(
        self,
        function: Callable[[Shared, Item], Result],
        shared: Shared,
        items: Sequence[Item],
        *,
        chunk: int | None = None,
        worth: int = WORTH,
    ) -> Iterator[Result]: ...

    @overload
    def map(
        self,
        function: Callable[[Shared, Item], Result],
        shared: Shared,
        items: Sequence[Item],
        *,
        chunk: int | None = None,
        worth: int = WORTH,
        keep: type[Kept],
    ) -> Iterator[Result | Kept]: ...

    def map(  # noqa: PLR0913  (three of them are options)
        self,
        function: Callable[[Shared, Item], Any],
        shared: Shared,
        items: Sequence[Item],
        *,
        chunk: int | None = None,
        worth: int = WORTH,
        keep: type[BaseException] | tuple[()] = (),
    ) -> Iterator[Any]:
        """`function(shared, item)` of each item, in the items' order, as the results are needed.

        `function` is a function of a module. `shared` reaches each worker once; workers see it
        and the items as they are when the first result is asked for. They take `chunk` items at a
        time; below `worth` items nobody but this process works.

        An error of the type `keep` is a result. Any other is raised where its item's result would
        have stood, and what has not begun is left out. Raises MachineError where workers cannot be
        had or die.
        """
        if len(items) < max(worth, 1):
            return settled(attempts(function, shared, items), keep)
        size = chunk or max(1, min(_LARGEST_CHUNK, len(items) // (self.jobs * _CHUNKS_A_JOB)))
        return settled(self._outcomes(function, shared, items, size), keep)

    @contextmanager
    def aside(
        self, function: Callable[[Shared, Item], Result], shared: Shared, item: Item
    ) -> Iterator[Callable[[], Result]]:
        """`function(shared, item)`, which workers may work out while the block goes on.

        Whoever calls what is given gets the result, or what the function raised; once only.
        """
        yield partial(function, shared, item)

    def _outcomes(
        self, function: Function, shared: object, items: Sequence[Any], size: int
    ) -> Generator[Any, None, None]:
        """The outcomes of `items`, in order; workers take `size` items at a time."""
        del size
        return attempts(function, shared, items)
