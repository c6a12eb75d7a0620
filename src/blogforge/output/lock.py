"""One build at a time: the work folder of an output, and its lock."""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.errors import MachineError
from blogforge.output.machine import machine_errors
from blogforge.output.recovery import recover

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOCK = "lock"
_IGNORED = ".gitignore"  # so that nobody's drafts get into a repository by way of what is kept here
_PATIENCE = 5.0  # seconds
_PAUSE = 0.05
_NOTE_BYTES = 500
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}  # fcntl(2); EDEADLK of Windows


@contextmanager
def locked(
    work: Path, wait: float = _PATIENCE, say: Callable[[str], None] = lambda _: None
) -> Iterator[None]:
    """Hold the lock of the work folder `work`, which is made where it is not there.

    Another build that holds it is waited for, which `say` is told, up to `wait` seconds; then
    MachineError names its process. What a killed build left is tidied up before the block begins.

    The system gives the lock of a process back when it ends, however it ends. It is one of
    fcntl(2), which forked workers do not inherit, so that no worker keeps a dead owner's lock. It
    keeps processes apart, not the threads of one.
    """
    with machine_errors(work):
        work.mkdir(parents=True, exist_ok=True)
        if not (work / _IGNORED).exists():
            (work / _IGNORED).write_text("*\n", encoding="utf-8")
        descriptor = os.open(work / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        with machine_errors(work / _LOCK):
            _acquire(descriptor, work, wait, say)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, _note())
            recover(work)
        yield
    finally:
        with suppress(OSError):  # a note of nobody's harms nobody
            os.ftruncate(descriptor, 0)
        os.close(descriptor)


def _acquire(descriptor: int, work: Path, wait: float, say: Callable[[str], None]) -> None:
    end = time.monotonic() + wait
    told = False
    while not _try(descriptor):
        owner = os.pread(descriptor, _NOTE_BYTES, 0).decode(errors="replace") or "another process"
        if not told:
            say(f"waiting for another build of this site: {owner}")
            told = True
        if time.monotonic() >= end:
            message = f"another build holds {work}: {owner}; waited {wait:g} s"
            raise MachineError.of(message, hint="let it end, or end it, and build again")
        time.sleep(_PAUSE)


def _note() -> bytes:
    """Who holds the lock, for whoever finds it taken."""
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    note = f"process {os.getpid()} on {socket.gethostname()}, since {since}"
    return note.encode(errors="replace")[:_NOTE_BYTES]


if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> bool:
        """Whether the lock is ours now. The byte is far behind the note, which stays readable."""
        try:
            os.lseek(descriptor, 1 << 30, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _try(descriptor: int) -> bool:
        """Whether the lock is ours now."""
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        return True
