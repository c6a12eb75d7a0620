"""Worker processes of this machine, started afresh for each map and gone at its end.

Each has a line of its own to its parent. A queue that all share cannot do: a worker that is killed
while it writes leaves half a message and a lock behind, and everybody would wait for ever.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from blogforge.errors import MachineError
from blogforge.pool.crews import Crew, Result
from blogforge.pool.outcomes import Failure, Function, attempts, portable
from blogforge.pool.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnContext
    from multiprocessing.process import BaseProcess

Start = Literal["fork", "spawn"]

_NEW_OBJECTS = 50_000  # between two looks of a worker's garbage collector
_KEPT = 4 * 2**20  # bytes; a chunk's answer is seldom larger
_AHEAD = 4  # chunks for each worker beyond the one that is wanted: so many lie in memory


class Processes(Crew):
    """`jobs` processes; `start` says how they begin, else the machine does."""

    def __init__(self, jobs: int, start: Start | None = None) -> None:
        super().__init__(jobs)
        self._start = start

    @contextmanager
    def aside(
        self, function: Callable[[Any, Any], Result], shared: Any, item: Any
    ) -> Iterator[Callable[[], Result]]:
        """As any crew does; a process of its own where one can be forked."""
        if (self._start or start_method()) != "fork":
            yield partial(function, shared, item)
            return
        with _team("fork", 1, _inherit, (function, shared, [item])) as (worker,):
            worker.give(0, slice(1))

            def result() -> Result:
                _, (outcome,) = worker.answer()
                if isinstance(outcome, Failure):
                    outcome.reraise()
                return cast("Result", outcome)

            yield result

    def _outcomes(
        self, function: Function, shared: object, items: Sequence[Any], size: int
    ) -> Generator[Any, None, None]:
        spans = [slice(begin, begin + size) for begin in range(0, len(items), size)]
        jobs = min(self.jobs, len(spans))
        if (self._start or start_method()) == "fork":
            tasks = _Tasks(spans.__getitem__, len(spans), 2)
            team = _team("fork", jobs, _inherit, (function, shared, items))
        else:
            # A task may fill the line: only a worker that does not write itself will read it.
            tasks = _Tasks(lambda number: packed(items[spans[number]]), len(spans), 1)
            team = _team("spawn", jobs, _unpack, (packed((function, shared)),))
        with team as workers:
            for answer in _answers(workers, tasks):
                yield from answer


def start_method() -> Start:
    """How workers begin: forked where that is safe, since it is quick and they inherit everything.

    It is not beside other threads, whose locks would stay locked, nor on macOS, whose libraries
    have threads of their own.
    Source: https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
    """
    able = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return "fork" if able and threading.active_count() == 1 else "spawn"


# ---------------------------------------------------------------- the parent


class _Tasks(NamedTuple):
    """What is to be done: `total` tasks, made by number; a worker is given `each` at once."""

    make: Callable[[int], object]
    total: int
    each: int


class _Worker(NamedTuple):
    """A process, the line to it, and the numbers of the tasks that it has not answered."""

    process: BaseProcess
    line: Connection
    given: deque[int]

    def give(self, number: int, task: object) -> None:
        """Send a task."""
        try:
            self.line.send(task)
        except OSError as error:
            raise self._died() from error
        self.given.append(number)

    def answer(self) -> tuple[int, list[Any]]:
        """The number of a task and what came of it; waits for it."""
        try:
            return self.given.popleft(), self.line.recv()
        except (OSError, EOFError) as error:
            raise self._died() from error

    def _died(self) -> MachineError:
        self.process.join(1)
        code = self.process.exitcode or 0
        how = f"killed by signal {-code}" if code < 0 else f"exit status {code}"
        hint = "the machine may be short of memory: --jobs 1 needs the least"
        return MachineError.of(
            f"a worker process died in the middle of its work ({how})", hint=hint
        )


def _answers(workers: Sequence[_Worker], tasks: _Tasks) -> Iterator[list[Any]]:
    """What comes of the tasks, in order."""
    done: dict[int, list[Any]] = {}
    following = 0
    for wanted in range(tasks.total):
        while True:
            for _ in range(min(tasks.total, wanted + _AHEAD * len(workers)) - following):
                idlest = min(workers, key=lambda worker: len(worker.given))
                if len(idlest.given) == tasks.each:
                    break
                idlest.give(following, tasks.make(following))
                following += 1
            if wanted in done:
                break
            ready = set(wait([worker.line for worker in workers if worker.given]))
            done.update(worker.answer() for worker in workers if worker.line in ready)
        yield done.pop(wanted)


@contextmanager
def _team(
    start: Start, jobs: int, target: Callable[..., None], arguments: tuple[Any, ...]
) -> Iterator[list[_Worker]]:
    """`jobs` workers; they are killed at the end, whatever they are at: they own nothing."""
    workers: list[_Worker] = []
    try:
        with _uninterrupted():
            for _ in range(jobs):
                workers.append(_hire(start, target, arguments))
        yield workers
    finally:
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.line.close()
            worker.process.join()
            worker.process.close()


def _hire(start: Start, target: Callable[..., None], arguments: tuple[Any, ...]) -> _Worker:
    context = cast("SpawnContext", multiprocessing.get_context(start))  # or another: all have these
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, *arguments), daemon=True)
    try:
        process.start()
    except OSError as error:
        ours.close()
        words = f"cannot start a worker process: {error.strerror or error}"
        raise MachineError.of(words, hint="--jobs 1 needs none") from error
    finally:
        theirs.close()  # else nobody would notice that the worker's own is gone
    return _Worker(process, ours, deque())


_STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Signals wait until the block is done; a process started in it has to let them in again."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---------------------------------------------------------------- the workers


def _inherit(line: Connection, function: Function, shared: object, items: Sequence[Any]) -> None:
    """Work as a fork, which has everything already."""
    gc.freeze()  # what nobody looks at stays shared with the parent
    gc.set_threshold(_NEW_OBJECTS)
    gc.enable()  # a parent that ends soon may do without; a worker would hoard its rubbish
    _work(line, function, shared, items.__getitem__)


def _unpack(line: Connection, data: bytes) -> None:
    """Work as a new process."""
    function, shared = unpacked(data)
    _work(line, function, shared, unpacked)


def _work(
    line: Connection, function: Function, shared: object, items_of: Callable[[Any], Sequence[Any]]
) -> None:
    """Answer tasks until the parent has no more."""
    _leave_signals_to_parent()
    # glibc's malloc takes what it sees freed as a measure of what to keep for the next chunk: else
    # it gives the memory of every chunk back, and page faults cost more than the answers.
    # Source: https://man7.org/linux/man-pages/man3/mallopt.3.html, "dynamic mmap threshold"
    bytearray(_KEPT)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        while True:
            _reply(line, attempts(function, shared, items_of(line.recv())))
    except (OSError, EOFError):
        os._exit(0)  # the parent wants nothing more


def _reply(line: Connection, outcomes: Iterator[Any]) -> None:
    try:
        line.send(portable(outcomes))
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001  (whatever the class of a result does as it is copied)
        line.send([Failure(error).portable()])


def _leave_signals_to_parent() -> None:
    """Ctrl-C reaches all processes of a terminal; the parent ends its workers."""
    for number in _STOPPING:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)


def _end_with_parent() -> None:
    """End this process as soon as its parent has ended, even by SIGKILL."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
