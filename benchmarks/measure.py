"""What a command costs: time, processor, memory of all its processes, files that it wrote."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    import resource

PAUSE = 0.05  # seconds between two looks at the memory
LEAST_PAUSES = 20  # looking takes at most a twentieth of the time
# ru_maxrss counts in KiB on Linux and in bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 2**10

Snapshot = dict[str, tuple[int, int, int]]  # path -> inode, mtime in ns, size


class Cost(NamedTuple):
    """What one run took."""

    seconds: float  # by the clock
    cpu: float  # seconds, user and system, of the command and all that it started
    peak: int  # bytes of memory of all processes together, shared pages counted once
    written: int  # files of the tree that are new or were touched
    written_bytes: int  # their sizes
    files: int  # in the tree afterwards


def run(command: list[str], site: Path, tree: Path) -> Cost:
    """Run `command` in the folder `site`; it writes into `tree`.

    It must succeed, or SystemExit says what it said.
    """
    before = snapshot(tree)
    if hasattr(os, "sync"):
        os.sync()  # nobody pays for what others left to be written
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=site, stdout=said, stderr=said, stdin=subprocess.DEVNULL
        )
        with Memory(process.pid) as memory:
            usage = _end_of(process)
        seconds = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            complaint = said.read()[-2000:].decode(errors="replace")
            raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}\n{complaint}")
    after = snapshot(tree)
    written = [after[path][2] for path in after if before.get(path) != after[path]]
    cpu = usage.ru_utime + usage.ru_stime
    peak = memory.peak or usage.ru_maxrss * RSS_UNIT
    return Cost(seconds, cpu, peak, len(written), sum(written), len(after))


def _end_of(process: subprocess.Popen[bytes]) -> resource.struct_rusage:
    """Wait for `process`; what it and its children used. Ctrl-C, which it gets too, ends both."""
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except KeyboardInterrupt:
        process.wait()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage


def snapshot(tree: Path) -> Snapshot:
    """Every file below `tree`, which need not be there."""
    found: Snapshot = {}
    folders = [str(tree)] if tree.is_dir() else []
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    state = entry.stat(follow_symlinks=False)
                    found[entry.path] = (state.st_ino, state.st_mtime_ns, state.st_size)
    return found


# ---------------------------------------------------------------- memory


class Memory:
    """Looks at a process and its children from a thread of its own, as long as it is entered.

    `peak` is the largest sum that was seen, in bytes; 0 where there is no /proc.
    """

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            start = time.perf_counter()
            self.peak = max(self.peak, sum(map(_memory, family(self._pid))))
            pause = max(PAUSE, LEAST_PAUSES * (time.perf_counter() - start))


def family(pid: int) -> list[int]:
    """A process and all that descend from it, as Linux tells it."""
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        for thread in Path(f"/proc/{found[-1]}/task").glob("*"):
            todo += map(int, _read(thread / "children").split())
    return found


def _memory(pid: int) -> int:
    """A process's share of memory in bytes: pages that n processes share count 1/n (PSS)."""
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(file: Path) -> str:
    """What a file of /proc says; nothing where the process has just ended."""
    try:
        return file.read_text()
    except OSError:
        return ""
