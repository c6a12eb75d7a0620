"""The published tree is the old one or the new one, wherever a build is cut off.

By enumeration: a process is killed at every call that changes files, and each such call fails for
want of room, memory, rights or a sound disk. BLOGFORGE_SOAK=1 meets all of these errors, not only
a full disk.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.mark.parametrize(("what", "least"), [("publish", 450), ("build", 100)])
def test_the_tree_is_whole_wherever_a_build_is_cut_off(
    what: str, least: int, tmp_path: Path
) -> None:
    every = ["every"] if os.environ.get("BLOGFORGE_SOAK") else []
    done = subprocess.run(
        [sys.executable, "-m", "tests.atomic", str(tmp_path), what, *every],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *wrong, faults = done.stdout.splitlines()
    assert not wrong, "\n".join(wrong)
    assert int(faults) >= least
