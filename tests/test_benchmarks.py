"""The benchmarks run: what nobody tries falls into disrepair."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("script", "arguments", "lines"),
    [
        ("build_time.py", ["8", "--runs", "1"], ["8  markdown", "8  commonmark"]),
        ("related_time.py", ["20", "--runs", "1"], ["20 posts"]),
    ],
)
def test_a_benchmark_reports(
    repository: Path, script: str, arguments: list[str], lines: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, repository / "benchmarks" / script, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert all(line in done.stdout for line in lines), done.stdout
