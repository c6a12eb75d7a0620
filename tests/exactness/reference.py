"""Clean builds by a process that has never seen the site before.

Run as a program, it answers requests on its standard input, one a line, each by a child of its own:
whatever a build leaves behind in memory, the next one knows nothing of it.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from blogforge.build import Report, build
from blogforge.digest import digest_bytes
from blogforge.errors import BlogforgeError
from blogforge.options import Options
from blogforge.output.recovery import work_folder

EMPTY = "an empty folder"
_COMPILED = "templates"  # in the work folder


class Request(msgspec.Struct, frozen=True):
    """A clean build of the site in `root` into `output`, which is made anew."""

    root: str
    output: str
    now: datetime
    drafts: bool
    future: bool


class Answer(msgspec.Struct, frozen=True):
    """What a build said, and the tree: each path with the digest of what stands there."""

    told: str
    tree: dict[str, str]
    failed: bool


class Reference:
    """The process that builds; memoises its answers, as most stories begin alike."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.exactness.reference"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "OPENBLAS_NUM_THREADS": "1",  # threads that every fork would have to wait for
            },
        )
        self._known: dict[str, Answer] = {}

    def close(self) -> None:
        """End the process."""
        with self._process as process:
            assert process.stdin
            process.stdin.close()

    def build(self, request: Request, content: dict[str, bytes]) -> Answer:
        """The answer to `request` of a site with that `content`."""
        key = digest_bytes(repr((sorted(content.items()), request)).encode())
        if key not in self._known:
            self._known[key] = self.ask(request)
        return self._known[key]

    def ask(self, request: Request) -> Answer:
        """The answer to `request`, built now."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        stdin.write(msgspec.json.encode(request) + b"\n")
        stdin.flush()
        answer = stdout.readline()
        assert answer, "the process of clean builds is gone"
        return msgspec.json.decode(answer, type=Answer)


def told_by(report: Report) -> str:
    """What a build said that does not depend on what was there before."""
    skipped = [f"{skip.path}: {skip.reason} {skip.until}" for skip in report.skipped]
    lines = [f"{report.posts} posts until {report.next_change_at}", *skipped]
    return "\n".join([*lines, *map(str, report.warnings)])


def told_by_error(error: BlogforgeError) -> str:
    """What a build said that failed."""
    return f"{type(error).__name__}\n{error}"


def tree_of(folder: Path) -> dict[str, str]:
    """Each path below `folder` with the digest of its content, or what else stands there."""
    found = {}
    for path in sorted(folder.rglob("*")) if folder.exists() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"a link to {path.readlink()}"
        elif path.is_file():
            found[name] = digest_bytes(path.read_bytes())
        elif not any(path.iterdir()):
            found[name] = EMPTY
    return found


# ---------------------------------------------------------------- the process


def _answer(request: Request) -> Answer:
    output = Path(request.output)
    _forget(output)
    options: dict[str, Any] = {"drafts": request.drafts, "future": request.future}
    try:
        report = build(
            Path(request.root),
            Options(output=request.output, now=request.now, jobs=1, clean=True, **options),
        )
    except BlogforgeError as error:
        return Answer(told_by_error(error), {}, failed=True)
    return Answer(told_by(report), tree_of(output), failed=False)


def _forget(output: Path) -> None:
    """Remove a tree and what is known of it; only templates need not be compiled once more."""
    work = work_folder(output)
    kept = work.with_name("compiled")
    shutil.rmtree(output, ignore_errors=True)
    if (work / _COMPILED).exists():
        (work / _COMPILED).rename(kept)
    shutil.rmtree(work, ignore_errors=True)
    if kept.exists():
        work.mkdir()
        kept.rename(work / _COMPILED)


def _serve(requests: IO[bytes], answers: int) -> None:
    for line in requests:
        child = os.fork()
        if not child:
            answer = _answer(msgspec.json.decode(line, type=Request))
            os.write(answers, msgspec.json.encode(answer) + b"\n")
            os._exit(0)
        os.waitpid(child, 0)


def _warm() -> None:
    """Import what builds need, once for all children."""
    from tests.exactness.desk import Desk

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.save()
        _answer(Request(str(desk.root), f"{folder}/tree", desk.now, drafts=False, future=False))


if __name__ == "__main__":
    _warm()
    gc.disable()  # a collection would copy every page of memory that the children share
    _serve(sys.stdin.buffer, sys.stdout.fileno())
