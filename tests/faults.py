"""A process that is killed, or refused, at its n-th change to the file system.

Every function of Python's by which blogforge changes files is counted: those of `os`, files opened
for writing, the exchange of folders and the call that brings all to the disk. (SQLite writes by
itself, and is only killed before it commits.)
"""

import builtins
import io
import os
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

from blogforge.errors import BlogforgeError
from blogforge.output import publish, switch
from blogforge.output.state import State

KILLED, UNREACHED = 137, 10
CHANGING = (
    "chmod",
    "chown",
    "copy_file_range",
    "fsync",
    "ftruncate",
    "link",
    "mkdir",
    "pwrite",
    "remove",
    "removexattr",
    "rename",
    "replace",
    "rmdir",
    "sendfile",
    "setxattr",
    "symlink",
    "sync",
    "truncate",
    "unlink",
    "utime",
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Fault(NamedTuple):
    """What happens at the call number `at`, from 1: an error, or, without one, the end.

    `torn`: only writes count, and half of the bytes are written before the end.
    """

    at: int
    errno: int = 0
    torn: bool = False


class Faults:
    """Counts the calls that change files, and lets the one of `fault` fail."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.calls: list[str] = []

    @property
    def reached(self) -> bool:
        """Whether the process came to the fault."""
        return len(self.calls) >= self.fault.at

    def install(self) -> None:
        """Put the counting functions in place, for the rest of this process."""
        self._wrap(os, "write", torn=_half)
        if self.fault.torn:
            return
        for name in CHANGING:
            if hasattr(os, name):
                self._wrap(os, name)
        self._wrap(os, "open", only=lambda _path, flags, *_, **__: bool(flags & WRITING))
        for module in (builtins, io):
            self._wrap(module, "open", only=_for_writing)
        self._wrap(switch, "exchange")
        self._wrap(publish, "sync")
        if not self.fault.errno:  # its failures are not the system's
            self._wrap(State, "commit")

    def _wrap(
        self,
        owner: Any,
        name: str,
        only: Callable[..., bool] = lambda *_, **__: True,
        torn: Callable[..., object] = lambda *_: None,
    ) -> None:
        real = getattr(owner, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            if only(*args, **kwargs):
                self.calls.append(f"{name} {args[:2]}")
                if len(self.calls) == self.fault.at:
                    if self.fault.torn:
                        torn(real, *args)
                    self._happen(args)
            return real(*args, **kwargs)

        setattr(owner, name, counted)

    def _happen(self, args: tuple[Any, ...]) -> NoReturn:
        if not self.fault.errno:
            os._exit(KILLED)
        named = [args[0]] if args and isinstance(args[0], str | os.PathLike) else []
        raise OSError(self.fault.errno, os.strerror(self.fault.errno), *named)


def _half(real: Callable[[int, bytes], int], descriptor: int, data: bytes) -> None:
    real(descriptor, data[: len(data) // 2])


def _for_writing(_file: object, mode: str = "r", *_: object, **__: object) -> bool:
    return not set(mode).isdisjoint("wax+")


def in_child(action: Callable[[], None], fault: Fault, prepare: Callable[[], None]) -> int:
    """The exit status of `action` in a child process that meets `fault`.

    0 where it succeeded all the same, UNREACHED where it ended before. `prepare` comes first.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 70
    try:
        faults = Faults(fault)
        prepare()
        faults.install()
        action()
        status = 0 if faults.reached else UNREACHED
    except BlogforgeError as error:
        status = error.exit_status
    except BaseException:  # noqa: BLE001  (told, and the child ends)
        traceback.print_exc()
    finally:
        os._exit(status)
