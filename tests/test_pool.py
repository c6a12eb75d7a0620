"""What many do together is what one would have done alone."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blogforge.edition import prepare
from blogforge.errors import ContentError, Location, MachineError, Problem
from blogforge.options import Options
from blogforge.pool import Crew, crew
from blogforge.pool.processes import Processes, Start, start_method
from tests.crews import (
    Heavy,
    add,
    counted,
    die,
    fail,
    large,
    leave,
    name_of,
    process,
    refuse,
    uncopied,
)
from tests.invented import NOW
from tests.publications import PLUGIN_CONFIG, PLUGIN_SITE, outcomes

if TYPE_CHECKING:
    from tests.conftest import MakeSite

STARTS: list[Start] = [
    start for start in ("fork", "spawn") if start in multiprocessing.get_all_start_methods()
]
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.fixture(params=STARTS)
def processes(request: pytest.FixtureRequest) -> Crew:
    return Processes(2, request.param)


@pytest.fixture(params=["alone", *STARTS])
def hands(request: pytest.FixtureRequest) -> Crew:
    return Crew() if request.param == "alone" else Processes(2, request.param)


# ---------------------------------------------------------------- the law


@pytest.mark.parametrize("chunk", [None, 1, 3, 1000])
def test_results_come_in_the_order_of_the_items(hands: Crew, chunk: int | None) -> None:
    assert [*hands.map(add, 5, range(20), chunk=chunk, worth=0)] == [*range(5, 25)]


def test_no_items(hands: Crew) -> None:
    assert [*hands.map(add, 5, [], worth=0)] == []


def test_an_error_stands_where_its_result_would_have(hands: Crew) -> None:
    results = hands.map(refuse, 3, range(100), chunk=2, worth=0)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ContentError) as caught:
        next(results)
    assert caught.value.problems == (Problem("is too large", Location("3.md", 1)),)


def test_errors_to_be_kept_are_results(hands: Crew) -> None:
    results = [*hands.map(refuse, 3, range(5), worth=0, keep=ContentError)]
    assert results[:3] == [0, 1, 2]
    assert [str(error) for error in results[3:]] == ["3.md:1: is too large", "4.md:1: is too large"]


def test_exiting_is_an_error_like_any_other(hands: Crew) -> None:
    with pytest.raises(SystemExit) as caught:
        list(hands.map(leave, 7, range(3), worth=0))
    assert caught.value.args == (7,)


# ---------------------------------------------------------------- who does it


def test_few_items_are_no_work_for_others(processes: Crew) -> None:
    assert {*processes.map(process, None, range(9), worth=10)} == {os.getpid()}
    assert os.getpid() not in {*processes.map(process, None, range(10), worth=10)}


def test_one_job_needs_no_other_process() -> None:
    with crew(1) as hands:
        assert {*hands.map(process, None, range(9), worth=0)} == {os.getpid()}


def test_several_jobs_are_processes_of_their_own() -> None:
    with crew(2) as hands:
        assert len({*hands.map(process, None, range(99), worth=0, chunk=1)} - {os.getpid()}) == 2


def test_processes_are_spawned_beside_threads() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert start_method() == "spawn"
    finally:
        stop.set()
        thread.join()


# ---------------------------------------------------------------- what it costs


@pytest.mark.skipif("fork" not in STARTS, reason="needs fork")
def test_forks_inherit_what_cannot_be_copied() -> None:
    shared, item = threading.Lock(), threading.Lock()
    with pytest.raises(TypeError):
        pickle.dumps(shared)
    assert all(Processes(2, "fork").map(process, shared, [item] * 9, worth=0))


def test_spawned_workers_unpack_what_they_share_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    names = [*Processes(2, "spawn").map(name_of, Heavy(log), range(50), chunk=1, worth=0)]
    assert names == [f"log {number}" for number in range(50)]
    assert log.stat().st_size == 2


def test_work_goes_on_only_as_results_are_taken(processes: Crew, tmp_path: Path) -> None:
    log = tmp_path / "log"
    results = processes.map(counted, log, range(10_000), chunk=10, worth=0)
    assert next(results) == 0
    time.sleep(0.3)  # time enough for far more
    begun = log.stat().st_size
    assert begun < 500
    assert isinstance(results, Iterator)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
    assert log.stat().st_size < 500


def test_results_may_be_larger_than_any_buffer(processes: Crew) -> None:
    results = processes.map(large, 3_000_000, range(40), chunk=2, worth=0)
    assert [int.from_bytes(result) for result in results] == [*range(40)]


# ---------------------------------------------------------------- what goes wrong


def test_an_error_that_cannot_be_copied_arrives_as_its_words(processes: Crew) -> None:
    with pytest.raises(RuntimeError, match="UnwieldyError: the box, for 0") as caught:
        list(processes.map(fail, "the box", range(3), worth=0))
    assert "in fail\n" in caught.value.__notes__[0]  # where in the worker


def test_a_result_that_cannot_be_copied_is_an_error(processes: Crew) -> None:
    with pytest.raises(TypeError, match="generator"):
        list(processes.map(uncopied, None, range(3), worth=0))


@needs_signals
@pytest.mark.parametrize("last", [0, 50])
def test_a_worker_that_dies_is_an_error(processes: Crew, last: int) -> None:
    with pytest.raises(MachineError, match=r"a worker process died .*\(killed by signal 9\)"):
        list(processes.map(die, last, range(100), chunk=1, worth=0))


@needs_signals
def test_a_worker_that_dies_while_it_answers_is_an_error(processes: Crew) -> None:
    """A queue of all workers would wait for the rest of the answer for ever."""
    results = processes.map(large, 5_000_000, range(100), chunk=1, worth=0)
    next(results)
    time.sleep(0.3)  # until all of them are in the midst of an answer that nobody takes
    for worker in multiprocessing.active_children():
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(MachineError, match="a worker process died"):
        list(results)


STOPPED = """
import signal, sys
from blogforge.pool.processes import Processes
from tests.crews import sleep

def stop(number, frame):
    raise KeyboardInterrupt

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, stop)
    try:
        list(Processes(2, sys.argv[1]).map(sleep, "begun", [600.0] * 9, chunk=1, worth=0))
    except KeyboardInterrupt:
        sys.exit(130)
"""


@needs_signals
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(
    ("signals", "whole_group", "status"),
    [
        ((signal.SIGINT,), True, 130),  # Ctrl-C
        ((signal.SIGTERM,), False, 130),
        ((signal.SIGTERM,), True, 130),  # as systemd does
        ((signal.SIGKILL,), False, -signal.SIGKILL),
    ],
)
def test_no_worker_outlives_its_parent(  # noqa: PLR0917
    start: Start,
    signals: tuple[signal.Signals, ...],
    whole_group: bool,
    status: int,
    tmp_path: Path,
    repository: Path,
) -> None:
    script = tmp_path / "script.py"
    script.write_text(STOPPED, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, start],
        env={**os.environ, "PYTHONPATH": str(repository)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stdout is not None
        assert [parent.stdout.readline() for _ in range(2)] == ["begun\n"] * 2
        for number in signals:
            (os.killpg if whole_group else os.kill)(parent.pid, number)
        try:
            # Each worker holds the other end: they close with the last of them, not before.
            said, complained = parent.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(parent.pid, signal.SIGKILL)
            raise
    assert (parent.returncode, said, complained) == (status, "", "")


# ---------------------------------------------------------------- aside


def test_work_aside_gives_its_result_when_it_is_asked_for(hands: Crew) -> None:
    with hands.aside(add, 5, 1) as result:
        assert result() == 6
    with hands.aside(add, 5, 1):
        pass  # nobody wants it


def test_an_error_aside_is_raised_where_the_result_is_asked_for(hands: Crew) -> None:
    with hands.aside(refuse, 3, 4) as result, pytest.raises(ContentError, match="too large"):
        result()


@pytest.mark.skipif("fork" not in STARTS, reason="needs fork")
def test_work_aside_is_done_meanwhile() -> None:
    with Processes(2, "fork").aside(process, None, 0) as result:
        assert result() != os.getpid()


@pytest.mark.skipif("fork" not in STARTS, reason="needs fork")
def test_a_worker_aside_that_dies_is_an_error() -> None:
    with Processes(2, "fork").aside(die, 0, 0) as result, pytest.raises(MachineError):
        result()


def test_errors_survive_pickling() -> None:
    error = ContentError([Problem("b", Location("b.md", 2, 3), "hint", "line"), Problem("a")])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is ContentError
    assert again.problems == error.problems
    assert str(again) == str(error)


# ---------------------------------------------------------------- pages


def test_pages_are_the_same_whoever_renders_them(hands: Crew, make_site: MakeSite) -> None:
    site = make_site(PLUGIN_SITE, PLUGIN_CONFIG)
    expected = outcomes(Crew(), prepare(site, Options(now=NOW)))
    assert outcomes(hands, prepare(site, Options(now=NOW))) == expected
    assert expected["0.txt"] == (b"Hello no. 0!", ("engine:", "config:dek"))
    assert b"ABOUT A!" in expected["2012/03/01/a/index.html"][0]
    assert expected["1.txt"] == (
        Problem(
            "the plugin 'greeter' fails: ValueError: no greeting for no. 1",
            Location("greeter.py", 22),
            excerpt='raise ValueError("no greeting for " + page.title)',
        ),
    )
