"""A bound on the time that one body may take."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

# A signal that lands in a finaliser is swallowed there, so the alarm rings again.
_AGAIN_SECONDS = 1.0


class TimeIsUp(BaseException):
    """Raised by the alarm; not an Exception, lest a library's `except Exception` swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeIsUp in the block once it has run for `seconds`.

    Python's regular expressions look at signals while they match, so a runaway pattern is stopped
    too; a call into other C or Rust code is left to end first. It needs SIGALRM, which only POSIX
    has and only the main thread may set: elsewhere there is no limit. The handler and the timer
    that were there before are restored in any case.
    """
    if not hasattr(signal, "setitimer") or not _on_main_thread():
        yield
        return
    started = time.monotonic()
    handler = signal.signal(signal.SIGALRM, _ring)
    delay, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if delay:
            left = max(delay - (time.monotonic() - started), 1e-3)
            signal.setitimer(signal.ITIMER_REAL, left, interval)


def _on_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise TimeIsUp
