"""Find a Chromium for the tests that open pages, or bring one: `python tests/browser.py`.

`make test` runs this first. Without a browser those tests skip, with a reason; where CI is true
that is an error instead, so that they cannot go missing unseen.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_APT = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=60", "-o", "Acquire::Retries=1")
_PLAYWRIGHT = (sys.executable, "-m", "playwright")
_PATIENCE = 300  # seconds, for everything that is tried
_GRACE = 10  # seconds to end in good order


class Step(NamedTuple):
    """A command that helps to bring a browser, and how it is named in a message."""

    name: str
    command: tuple[str, ...]


def find() -> str:
    """The path of a Chromium that runs: on PATH, else Playwright's own; empty where none does."""
    return next((path for path in _candidates() if runs(path)), "")


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    # Imported late: it starts a process, and most machines that have a browser have it on PATH.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        yield own


def runs(path: str) -> bool:
    """Whether the browser at `path` starts: Ubuntu has a `chromium-browser` that only says no."""
    try:
        run = subprocess.run(
            [path, "--version"], capture_output=True, timeout=30, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0 and "Chrom" in run.stdout


def ways(*, root: bool, apt: bool) -> tuple[tuple[Step, ...], ...]:
    """The ways to bring a browser, best first; each is a sequence of steps."""
    playwright = Step("playwright install chromium", (*_PLAYWRIGHT, "install", "chromium"))
    if not (root and apt):
        return ((playwright,),)
    install = (*_APT, "install", "-y", "--no-install-recommends", "chromium")
    debian = (
        Step("apt-get update", (*_APT, "update")),
        Step("apt-get install chromium", install),
    )
    libraries = Step("playwright install-deps", (*_PLAYWRIGHT, "install-deps", "chromium"))
    return debian, (libraries, playwright)


def bring() -> list[str]:
    """Try every way until a browser is there; what went wrong before, nothing where none was."""
    failures: list[str] = []
    end = time.monotonic() + _PATIENCE
    for way in ways(root=is_root(), apt=bool(shutil.which("apt-get"))):
        failure = _go(way, end)
        if not failure and find():
            return []
        failures.append(failure or f"{way[-1].name}: brought none that runs")
    return failures


def _go(way: tuple[Step, ...], end: float) -> str:
    """Take the steps of a way; what went wrong with the first that failed, or nothing."""
    for step in way:
        if reason := run(step.command, max(0, end - time.monotonic())):
            return f"{step.name}: {reason}"
    return ""


def run(command: tuple[str, ...], seconds: float) -> str:
    """Run a command quietly, for no longer than `seconds`; why it failed, or nothing."""
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                start_new_session=True,
            )
        except OSError as error:
            return error.strerror or str(error)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"not done after {seconds:.0f} s"
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
    return "" if status == 0 else (lines or [f"exit status {status}"])[-1]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and all that it started: first in good order, then by force."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(_GRACE)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def is_root() -> bool:
    """Whether this process may install what it likes."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def required(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether tests must not go without a browser: where CI is set and true."""
    return environment.get("CI", "").lower() in {"1", "true", "yes"}


def go_without(what: str, failure: str, *, required: bool) -> int:
    """Tell that there is no `what`, and why; the exit status: 1 where one is `required`."""
    outcome = "and CI requires one" if required else "its tests will be skipped"
    print(f"no {what} ({failure}): {outcome}", file=sys.stderr)
    return 1 if required else 0


def main() -> int:
    """Bring a browser where there is none; 1 only where one is required and none can be had."""
    if find():
        return 0
    print("no Chromium here: fetching one for the tests that open pages", flush=True)
    failures = bring()
    if not failures:
        return 0
    return go_without("browser", "; ".join(failures), required=required())


if __name__ == "__main__":
    sys.exit(main())
