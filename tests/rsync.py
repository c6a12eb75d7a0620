"""Find rsync for the tests that deploy by it, or bring it: `python -m tests.rsync`.

`make test` runs this first. Without rsync those tests skip, with a reason; where CI is true that is
an error instead.
"""

import shutil
import sys
import time

from tests import browser

_PATIENCE = 120  # seconds
_APT = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=60", "-o", "Acquire::Retries=1")
STEPS = (
    browser.Step("apt-get update", (*_APT, "update")),
    browser.Step(
        "apt-get install rsync", (*_APT, "install", "-y", "--no-install-recommends", "rsync")
    ),
)


def missing() -> str:
    """Why nothing can be sent by rsync; empty where it can."""
    return "" if shutil.which("rsync") else "no rsync here: `python -m tests.rsync` brings it"


def bring() -> str:
    """Install rsync; what went wrong, nothing where nothing did."""
    if not (browser.is_root() and shutil.which("apt-get")):
        return "only root can install it, and by apt-get"
    end = time.monotonic() + _PATIENCE
    for step in STEPS:
        if reason := browser.run(step.command, max(0, end - time.monotonic())):
            return f"{step.name}: {reason}"
    return missing()


def main() -> int:
    """Bring rsync where it is not there; 1 only where it is required and cannot be had."""
    failure = missing() and bring()
    if not failure:
        return 0
    return browser.go_without("rsync", failure, required=browser.required())


if __name__ == "__main__":
    sys.exit(main())
