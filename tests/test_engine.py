"""What the digest of the engine knows of: everything that makes bytes of a published tree."""

import tomllib
from pathlib import Path

from blogforge.engine import LIBRARIES

# What only commands, servers and processes are made with, and letters, which are not published.
OF_NO_PAGE = {"click", "cloudpickle", "css-inline", "rich", "starlette", "uvicorn", "watchfiles"}


def test_every_library_counts_that_makes_bytes(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {line.partition(">")[0] for line in project["dependencies"]}
    assert needed - OF_NO_PAGE == set(LIBRARIES)
