"""The command line as a shell runs it: within the test's process, or in one of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from blogforge.cli import main
from blogforge.output.publish import MANIFEST, Staging


class Outcome(NamedTuple):
    """What a command left: its exit status, and what it printed."""

    status: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    """Standard output or error; `terminal`: what it says of itself."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def run(
    folder: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    terminal: bool = False,
) -> Outcome:
    """Run `blogforge` with `arguments` in `folder`, its output on a `terminal` or a pipe."""
    out, err = _Stream(terminal=terminal), _Stream(terminal=False)
    with (
        chdir(folder),
        patch.object(sys, "argv", ["blogforge", *arguments]),
        patch.dict(os.environ, environment or {}),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        status = _status()
    return Outcome(status, _printed(out), _printed(err))


def _printed(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def _status() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    raise AssertionError("the command did not exit")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages(folder: Path) -> dict[str, str]:
    """Every file of a published tree but the manifest, as text as far as it is text."""
    found = {path: data.decode(errors="replace") for path, data in tree(folder).items()}
    del found[MANIFEST]
    return found


def publish_something(folder: Path) -> dict[str, bytes]:
    """Put a small tree of blogforge's own into `folder`, to see that it stays as it is."""
    with Staging(folder) as staging:
        for path in ("index.html", "2012/03/20/good/index.html", "feed.xml"):
            staging.write(path, f"the old {path}".encode())
        staging.publish()
    return tree(folder)


@contextmanager
def untouched(folder: Path) -> Iterator[None]:
    """Fail where the block changes anything below `folder`, or when it was changed."""
    before = publish_something(folder)
    times = {path: (folder / path).stat().st_mtime_ns for path in before}
    beside = set(folder.parent.iterdir())
    yield
    assert tree(folder) == before
    assert {path: (folder / path).stat().st_mtime_ns for path in before} == times
    assert set(folder.parent.iterdir()) == beside


def blogforge(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What a command left that ran in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "blogforge", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
