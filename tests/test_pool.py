from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing.context import SpawnContext
from typing import Any

import pytest

from blogforge.errors import ContentError, Location, Problem
from blogforge.pool import ordered_map, workers


def double(number: int) -> int:
    return 2 * number


def add(more: int, number: int) -> int:
    return number + more


def refuse(number: int) -> int:
    if number >= 3:
        raise ContentError.of("is too large", Location(f"{number}.md", 1))
    return number


class Counting(ThreadPoolExecutor):
    """Knows how many chunks it has been given."""

    given = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given += 1
        return super().submit(*args, **kwargs)


@pytest.fixture(params=["in line", "threads", "processes"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor | None]:
    if request.param == "in line":
        yield None
    elif request.param == "threads":
        with ThreadPoolExecutor(2) as threads:
            yield threads
    else:
        with workers(2) as processes:
            yield processes


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_results_come_in_the_order_of_the_items(executor: Executor | None, chunk: int) -> None:
    assert list(ordered_map(double, range(20), executor, chunk)) == [2 * n for n in range(20)]


def test_a_partial_is_a_function(executor: Executor | None) -> None:
    assert list(ordered_map(partial(add, 5), [1, 2], executor, 1)) == [6, 7]


def test_no_items(executor: Executor | None) -> None:
    assert list(ordered_map(double, [], executor, 5)) == []


def test_an_error_keeps_its_problems_on_the_way(executor: Executor | None) -> None:
    with pytest.raises(ContentError) as caught:
        list(ordered_map(refuse, range(6), executor, 2))
    assert caught.value.problems == (Problem("is too large", Location("3.md", 1)),)


def test_items_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100_000):
            taken.append(number)
            yield number

    with Counting(2) as threads:
        results = ordered_map(double, items(), threads, 10)
        assert next(results) == 0
        assert len(taken) < 2000
        assert isinstance(results, Iterator)
        results.close()  # type: ignore[attr-defined]
        assert threads.given < 200


def test_one_job_needs_no_executor() -> None:
    with workers(1) as executor:
        assert executor is None


def test_processes_are_spawned_once_there_are_threads() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        with workers(2) as executor:
            assert isinstance(executor, ProcessPoolExecutor)
            assert isinstance(executor._mp_context, SpawnContext)
    finally:
        stop.set()
        thread.join()


def test_spawned_processes_work_too() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        with workers(2) as executor:
            assert list(ordered_map(abs, [-1, 2, -3], executor, 1)) == [1, 2, 3]
    finally:
        stop.set()
        thread.join()


def test_errors_survive_pickling() -> None:
    error = ContentError([Problem("b", Location("b.md", 2, 3), "hint", "line"), Problem("a")])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is ContentError
    assert again.problems == error.problems
    assert str(again) == str(error)
