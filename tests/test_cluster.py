"""Machines that share no memory make what one alone would have made."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from distributed import Client, LocalCluster, Scheduler, SpecCluster

from blogforge.build import build
from blogforge.edition import prepare
from blogforge.errors import ConfigError, ContentError, Location, MachineError, Problem
from blogforge.options import Options
from blogforge.pool import Crew, cluster, crew
from blogforge.pool.packing import packed, unpacked
from tests.commands import tree
from tests.crews import add, die_once, process, refuse, slow_process
from tests.invented import NOW
from tests.publications import PLUGIN_CONFIG, PLUGIN_SITE, outcomes

if TYPE_CHECKING:
    from tests.conftest import MakeSite


SCHEDULER = {"cls": Scheduler, "options": {"host": "127.0.0.1", "port": 0, "dashboard": False}}


def machines(number: int) -> Any:
    """A cluster of as many worker processes, each started again when it dies."""
    return LocalCluster(
        number,
        processes=True,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with machines(2) as running:
        yield running.scheduler_address


@pytest.fixture
def hands(address: str) -> Iterator[Crew]:
    with crew(1, address) as found:
        yield found


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.3)


# ---------------------------------------------------------------- the law


@pytest.mark.parametrize("chunk", [None, 7])
def test_results_come_in_the_order_of_the_items(hands: Crew, chunk: int | None) -> None:
    assert [*hands.map(add, 5, range(100), chunk=chunk, worth=0)] == [*range(5, 105)]


def test_the_work_is_done_elsewhere_by_all(hands: Crew) -> None:
    assert hands.remote
    assert len({*hands.map(slow_process, 0.05, range(20), chunk=1, worth=0)} - {os.getpid()}) == 2
    assert {*hands.map(process, None, range(9), worth=10)} == {os.getpid()}
    assert not hands.local.remote
    assert {*hands.local.map(process, None, range(9), worth=0)} == {os.getpid()}


def test_an_error_stands_where_its_result_would_have(hands: Crew) -> None:
    results = hands.map(refuse, 3, range(100), chunk=2, worth=0)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ContentError) as caught:
        next(results)
    assert caught.value.problems == (Problem("is too large", Location("3.md", 1)),)


def test_pages_are_the_same_without_the_sites_folder(hands: Crew, make_site: MakeSite) -> None:
    """Templates, digests and the plugin's code travel; only this machine knows the files."""
    site = make_site(PLUGIN_SITE, PLUGIN_CONFIG)
    expected = outcomes(Crew(), prepare(site, Options(now=NOW)))
    edition = prepare(site, Options(now=NOW))
    edition = edition._replace(inputs=unpacked(packed(edition.inputs)))  # which has read it all
    faulty = [path for path, (first, *_) in expected.items() if isinstance(first, Problem)]
    assert faulty == ["1.txt"]
    site.rename(site.with_name("elsewhere"))
    made = outcomes(hands, edition)
    assert {path: made[path] for path in made if path not in faulty} == {
        path: expected[path] for path in expected if path not in faulty
    }
    assert made["1.txt"][0].message == expected["1.txt"][0].message


# ---------------------------------------------------------------- losses


def test_a_worker_lost_costs_a_retry(hands: Crew, tmp_path: Path) -> None:
    scar = tmp_path / "scar"
    assert [*hands.map(die_once, scar, range(50), chunk=1, worth=0)] == [*range(50)]
    assert scar.exists()


def test_all_workers_lost_cost_a_retry(hands: Crew, address: str) -> None:
    results = hands.map(slow_process, 0.02, range(50), chunk=1, worth=0)
    first = next(results)
    with Client(address, set_as_default=False) as client:
        lost = [*client.run(os.getpid).values()]
    assert first in lost
    for worker in lost:
        os.kill(worker, signal.SIGKILL)
    rest = [*results]
    assert len(rest) == 49
    assert {*rest} - {*lost}


# ---------------------------------------------------------------- clusters that will not do


@pytest.mark.usefixtures("impatient")
def test_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with (
            pytest.raises(MachineError, match=f"no cluster answers at {address}"),
            crew(1, address),
        ):
            pass


@pytest.mark.parametrize("address", ["nonsense", "foo://bar:1", "tcp://:", "10.0.0.1"])
def test_no_address(address: str) -> None:
    with pytest.raises(ConfigError, match=f"'{address}' is no address"), crew(1, address):
        pass


@pytest.mark.usefixtures("impatient")
def test_nobody_works() -> None:
    with (
        SpecCluster(workers={}, scheduler=SCHEDULER) as running,
        pytest.raises(MachineError, match="has no workers"),
        crew(1, running.scheduler_address),
    ):
        pass


def test_dask_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ConfigError, match=r'pip install "blogforge\[cluster\]"'),
        crew(1, "tcp://a:1"),
    ):
        pass


def have_others() -> None:
    """In a worker: other versions than here."""
    others = {**cluster.versions(), "jinja2": "2.0"}
    cluster.versions = lambda: others  # type: ignore[assignment]


def have_none() -> None:
    """In a worker: a blogforge of long ago."""
    del cluster.versions


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (have_others, r"tcp://127.0.0.1:\d+ has jinja2 2\.0 instead of 3"),
        (have_none, r"tcp://127.0.0.1:\d+ has no blogforge of this version"),
    ],
)
def test_other_versions_are_refused(change: Callable[[], None], words: str) -> None:
    with machines(1) as running:
        with Client(running.scheduler_address, set_as_default=False) as client:
            client.run(change)
        with pytest.raises(ConfigError, match=words), crew(1, running.scheduler_address):
            pass


# ---------------------------------------------------------------- a whole build

LATER = datetime(2026, 1, 1, tzinfo=UTC)  # when all of our own posts are out


@pytest.fixture
def shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a small site is worth the workers."""
    monkeypatch.setattr("blogforge.renewal._WORTH_A_POOL", 0)
    monkeypatch.setattr("blogforge.content.articles._WORTH_A_POOL", 0)


@pytest.mark.usefixtures("shared_out")
def test_a_cluster_builds_the_same_tree_and_survives_a_loss(
    address: str, own_site: Path, tmp_path: Path
) -> None:
    alone, together = tmp_path / "alone", tmp_path / "together"
    once = build(own_site, Options(now=LATER, jobs=1, output=str(alone)))
    lost = []

    def progress(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("pages", 40):
            with Client(address, set_as_default=False) as client:
                lost.extend([*client.run(os.getpid).values()][:1])
            os.kill(lost[0], signal.SIGKILL)

    report = build(own_site, Options(now=LATER, cluster=address, output=str(together)), progress)
    assert lost
    assert report.pages == once.pages
    assert tree(together) == tree(alone)
