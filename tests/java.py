"""The checkers that Java runs: how they are asked, and whether they must be had."""

import shutil
import subprocess

import pytest

from tests import browser

# The schemas of pages need a deep stack; half the time of a run would go to compilers that never
# pay.
_JAVA = ("java", "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
PATIENCE = 180  # seconds


def required() -> bool:
    """Whether checkers must be had: where CI is true, and Java is there."""
    return browser.required() and shutil.which("java") is not None


def ask(missing: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a checker answers; skips the test where it is `missing`, for that reason."""
    if missing:
        pytest.fail(missing) if required() else pytest.skip(missing)
    return subprocess.run(
        [*_JAVA, *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
