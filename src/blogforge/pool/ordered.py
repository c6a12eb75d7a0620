"""An ordered map over any concurrent.futures.Executor, or in line."""

from __future__ import annotations

import multiprocessing
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Result = TypeVar("Result")

# Chunks on their way at once: enough to keep every core of a large machine busy, few enough
# to hold only a part of the items and results in memory.
_IN_FLIGHT = 64


def ordered_map(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    executor: Executor | None,
    chunk: int,
) -> Iterator[Result]:
    """`function` of each item, in the items' order; in line where there is no executor.

    An executor gets `chunk` items at a time, so `function` and items must pickle if it uses other
    processes: a function of a module, or a `functools.partial` of one. The first exception in
    order is raised; chunks that have not begun are then cancelled.
    """
    if executor is None:
        yield from map(function, items)
        return
    waiting: deque[Future[list[Result]]] = deque()
    try:
        for part in _chunks(items, chunk):
            waiting.append(executor.submit(partial(_each, function), part))
            if len(waiting) >= _IN_FLIGHT:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def workers(jobs: int) -> Iterator[Executor | None]:
    """An executor of `jobs` processes, or None for a single job; it is shut down at the end."""
    if jobs <= 1:
        yield None
        return
    executor = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(_start_method()))
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _start_method() -> str:
    """Forking is quick and inherits what is loaded, but unsafe once there are threads."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    return "fork" if forks and threading.active_count() == 1 else "spawn"


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part


def _each(function: Callable[[Item], Result], items: list[Item]) -> list[Result]:
    return [function(item) for item in items]
