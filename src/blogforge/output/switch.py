"""One tree in another's place, in one step where the platform can.

Linux and macOS exchange two folders in one system call: at every moment the output is the old tree
or the new one. Other platforms, and file systems that refuse (many network ones), get two renames:
the old tree out of the way, the new one in. Between the two, for some microseconds, there is no
output at all; a build killed just there leaves none, and `recover` brings the old one back at the
next start. At no moment is there a mix of both.

What has the old folder itself open, rather than by its name, keeps looking at it: a shell that
stands in it, a container that mounts it. Let those mount the folder around it.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from blogforge.output.recovery import ASIDE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # https://man7.org/linux/man-pages/man2/rename.2.html
_RENAME_SWAP = 2  # renamex_np(2) of macOS
_NOT_HERE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def switch(new: Path, output: Path) -> None:
    """Put the folder `new` in the place of `output`, and what was there in the place of `new`.

    Both are on one file system; `output` need not exist. Raises OSError, and all is as before.
    """
    if not os.path.lexists(output):
        os.rename(new, output)  # noqa: PTH104  (paths are text below, too)
    elif not exchange(os.fspath(new), os.fspath(output)):
        _rename_twice(new, output)


def exchange(one: str, other: str) -> bool:
    """Exchange two folders in one step; False where the platform or file system cannot.

    Raises OSError.
    """
    import ctypes

    call = _system_call()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), other)


def _system_call() -> Callable[[bytes, bytes], int] | None:
    """What exchanges two paths; None where the C library has no such function."""
    import ctypes

    if sys.platform == "win32":
        return None
    library: Any = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            swap = library.renamex_np
            return lambda one, other: int(swap(one, other, ctypes.c_uint(_RENAME_SWAP)))
        rename, flags = library.renameat2, ctypes.c_uint(_RENAME_EXCHANGE)
    except AttributeError:
        return None
    return lambda one, other: int(rename(_AT_FDCWD, one, _AT_FDCWD, other, flags))


def _rename_twice(new: Path, output: Path) -> None:
    aside = new.parent / ASIDE
    output.rename(aside)
    try:
        new.rename(output)
    except OSError:
        aside.rename(output)
        raise
    with suppress(OSError):  # the new tree is in place; `recover` sees to the old one
        aside.rename(new)
