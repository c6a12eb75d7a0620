"""Work for crews to do: functions of a module, as workers can import them."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

from blogforge.errors import ContentError, Location


def add(more: int, number: int) -> int:
    return number + more


def process(shared: object, item: object) -> int:
    del shared, item
    return os.getpid()


def refuse(limit: int, number: int) -> int:
    if number >= limit:
        raise ContentError.of("is too large", Location(f"{number}.md", 1))
    return number


class UnwieldyError(Exception):
    """It cannot be copied: what it holds cannot."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.held = threading.Lock()


def fail(what: str, number: int) -> NoReturn:
    raise UnwieldyError(f"{what}, for {number}")


def leave(status: int, number: int) -> NoReturn:
    del number
    raise SystemExit(status)


def uncopied(shared: object, number: int) -> object:
    """What no process can send to another."""
    del shared
    return (part for part in range(number))


def die(last: int, number: int) -> int:
    if number == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(scar: Path, number: int) -> int:
    """The number; where there is no file `scar` yet, the first to come to 10 dies of it."""
    if number == 10 and not scar.exists():
        scar.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def slow_process(seconds: float, number: int) -> int:
    del number
    time.sleep(seconds)
    return os.getpid()


def text_of(file: Path, number: int) -> str:
    return f"{file.read_text(encoding='utf-8')} {number}"


def large(size: int, number: int) -> bytes:
    return number.to_bytes(size)


def counted(log: Path, number: int) -> int:
    """The number; a byte more in `log` for each call."""
    with log.open("ab") as file:
        file.write(b".")
    return number


class Heavy:
    """A shared value that tells, by a byte more in `log`, each time it is unpacked."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def __reduce__(self) -> tuple[Any, ...]:
        return unpacked, (self.log,)


def unpacked(log: Path) -> Heavy:
    counted(log, 0)
    return Heavy(log)


def name_of(heavy: Heavy, number: int) -> str:
    return f"{heavy.log.name} {number}"


def sleep(said: str, seconds: float) -> None:
    sys.stdout.write(f"{said}\n")  # at once: print() may write the end of the line apart
    sys.stdout.flush()
    time.sleep(seconds)
