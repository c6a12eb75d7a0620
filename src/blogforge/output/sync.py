"""From memory to the disk, so that a power cut leaves no empty files behind."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def sync(folder: Path) -> None:
    """Return when what was written to the file system of `folder` is on the disk.

    One call for all files: ten thousand calls of fsync would take longer than the build. On Linux
    it is syncfs(2), elsewhere sync(2) of all disks; Windows has neither, so that a power cut in
    the minute after a build can leave files empty there. Raises OSError.
    """
    import ctypes

    flush = _syncfs() if sys.platform == "linux" else None
    if flush is None:
        if hasattr(os, "sync"):
            os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if flush(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def _syncfs() -> Any:
    """syncfs(2) of the C library; None where it has none."""
    import ctypes

    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
