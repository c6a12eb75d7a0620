"""The workers of a Dask cluster, which share neither memory nor disk with this machine.

What fails there is done again here: where a worker only lacked a file it succeeds, and an error is
the same as in a build without a cluster.
"""

from __future__ import annotations

import asyncio
import platform
import re
import threading
from collections import deque
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import cache, cached_property, partial
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING, Any, ClassVar

from blogforge.errors import ConfigError, MachineError
from blogforge.pool.crews import Crew
from blogforge.pool.outcomes import Failure, Function, attempts, portable
from blogforge.pool.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from distributed import Client, Future

_PATIENCE = 4  # seconds: for an answer at the address, for a first worker
_RETURN = 30  # seconds: for a worker to come back when all are lost
_VOYAGES = 4  # times that a map is taken up again when all workers are lost
_AHEAD = 4  # chunks on their way for each worker: so many answers lie in memory

# Libraries are used by one thread at a time, as in a build without a cluster: feedgen sets the
# locale of the whole process, and threads of one process win nothing.
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def connected(address: str, local: Crew) -> Iterator[Cluster]:
    """The cluster whose scheduler is at `address`, such as `tcp://10.0.0.1:8786`.

    `local` is the crew of this machine.

    Raises ConfigError where Dask is not installed, the address is none, or a worker has other
    versions than this machine; MachineError where nobody answers or there are no workers.
    """
    client = _client(address)
    try:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            hint = f"start one: dask worker {address}"
            raise MachineError.of(f"the cluster at {address} has no workers", hint=hint) from error
        _refuse_other_versions(client)
        yield Cluster(client, address, local)
    finally:
        client.close()


class Cluster(Crew):
    """The workers of a connected client: a job for each of their threads."""

    remote: ClassVar[bool] = True

    def __init__(self, client: Client, address: str, local: Crew) -> None:
        super().__init__(sum(client.nthreads().values()))
        self._client = client
        self._address = address
        self._local = local

    @property
    def local(self) -> Crew:
        """The crew of this machine."""
        return self._local

    def _outcomes(
        self, function: Function, shared: object, items: Sequence[Any], size: int
    ) -> Generator[Any, None, None]:
        chunks = [items[begin : begin + size] for begin in range(0, len(items), size)]
        shipment = _Shipment(packed((function, shared)))
        for chunk, answer in zip(chunks, self._answers(shipment, chunks), strict=True):
            for item, outcome in zip(chunk, answer, strict=True):
                if isinstance(outcome, Failure):
                    yield from attempts(function, shared, [item])
                else:
                    yield outcome

    def _answers(self, shipment: _Shipment, chunks: Sequence[Sequence[Any]]) -> Iterator[list[Any]]:
        """What comes of the chunks, in order.

        Dask gives the work of a lost worker to another. Only the shipment, once nobody is left who
        has it, is ours to send again.
        """
        done = 0
        for _ in range(_VOYAGES):
            try:
                for answer in self._voyage(shipment, chunks[done:]):
                    done += 1
                    yield answer
            except CancelledError:
                continue
            except OSError as error:  # a TimeoutError too
                raise self._lost() from error
            return
        raise self._lost()

    def _voyage(self, shipment: _Shipment, chunks: Sequence[Sequence[Any]]) -> Iterator[list[Any]]:
        there = self._client.scatter(shipment, broadcast=True, hash=False, timeout=_RETURN)
        # Not by the client's executor, which never ends where a result is lost on its way here.
        # What is on its way when nobody wants it any more, Dask leaves out by itself.
        submit = partial(self._client.submit, _answer, there, pure=False, wanted=versions())
        waiting: deque[Future[list[Any]]] = deque()
        for chunk in chunks:
            waiting.append(submit(packed(chunk)))
            if len(waiting) > _AHEAD * self.jobs:
                yield self._result(waiting.popleft())
        while waiting:
            yield self._result(waiting.popleft())

    def _result(self, future: Future[list[Any]]) -> list[Any]:
        from distributed import KilledWorker

        try:
            answer: list[Any] = future.result()
        except KilledWorker as error:
            raise self._lost() from error
        except (ImportError, AttributeError) as error:  # of what a plugin uses, as it is unpacked
            hint = "install on the cluster's workers what is installed here"
            raise ConfigError.of(f"a worker at {self._address}: {error}", hint=hint) from error
        return answer

    def _lost(self) -> MachineError:
        hint = "they may be short of memory; without --cluster this machine does all the work"
        return MachineError.of(f"the cluster at {self._address} lost its workers", hint=hint)


# ---------------------------------------------------------------- on the workers


class _Shipment:
    """A function and what it shares, unpacked once where it arrives."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __reduce__(self) -> tuple[type[_Shipment], tuple[bytes]]:
        """As it was sent, whether it has been unpacked meanwhile or not."""
        return _Shipment, (self._data,)

    @cached_property
    def unpacked(self) -> tuple[Function, Any]:
        """The function and what it shares."""
        function, shared = unpacked(self._data)
        return function, shared


def _answer(shipment: _Shipment, data: bytes, wanted: dict[str, str]) -> list[Any]:
    """The outcomes of packed items; raises ConfigError in a worker of other versions."""
    if difference := _difference(wanted, versions()):
        raise _other_versions(difference)
    with _ONE_AT_A_TIME:
        function, shared = shipment.unpacked
        return portable(attempts(function, shared, unpacked(data)))


# ---------------------------------------------------------------- a cluster that will do


def _client(address: str) -> Client:
    try:
        from distributed import Client
        from distributed.comm.core import connect
    except ImportError as error:
        hint = 'pip install "blogforge[cluster]"'
        raise ConfigError.of("--cluster needs blogforge[cluster]", hint=hint) from error

    async def knock() -> None:
        (await connect(address, timeout=_PATIENCE)).abort()

    try:
        asyncio.run(knock())  # a client that cannot connect would complain for ever after
        return Client(address, timeout=_PATIENCE, set_as_default=False, name="blogforge")
    except ValueError as error:
        hint = "write the scheduler's, such as tcp://10.0.0.1:8786"
        raise ConfigError.of(f"--cluster: '{address}' is no address", hint=hint) from error
    except OSError as error:
        hint = "start it there: dask scheduler"
        raise MachineError.of(f"no cluster answers at {address}", hint=hint) from error


@cache
def versions() -> dict[str, str]:
    """The version of Python, of blogforge and of all that it needs, by name.

    The same on all machines, they make the same bytes, and code of plugins can be sent.
    """
    found = {"python": ".".join(platform.python_version_tuple()[:2])}
    waiting = ["blogforge"]
    while waiting:
        name = waiting.pop()
        try:
            known = distribution(name)
        except PackageNotFoundError:  # what is for another system
            continue
        if name not in found:
            found[name] = known.version
            needed = (line for line in known.requires or () if "extra ==" not in line)
            waiting += (re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in needed)
    return found


def _refuse_other_versions(client: Client) -> None:
    answers = client.run(versions, on_error="return")
    for worker, answer in answers.items():
        if isinstance(answer, Exception):  # it has no blogforge, or one that cannot answer
            raise _other_versions(f"{worker} has no blogforge of this version ({answer})")
        if difference := _difference(versions(), answer):
            raise _other_versions(f"{worker} has {difference}")


def _difference(here: dict[str, str], there: dict[str, str]) -> str:
    """What is not the same, in words."""
    return ", ".join(
        f"{name} {there.get(name, 'not at all')} instead of {here[name]}"
        for name in sorted(here)
        if there.get(name) != here[name]
    )


def _other_versions(difference: str) -> ConfigError:
    hint = "install there what is installed here, so that all machines make the same bytes"
    return ConfigError.of(f"a worker of the cluster has other versions: {difference}", hint=hint)
