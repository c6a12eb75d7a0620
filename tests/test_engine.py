"""What the digest of the engine knows of: everything that makes bytes of a published tree."""

import tomllib
from os import utime
from pathlib import Path

from blogforge.engine import LIBRARIES, code_in

# What only commands, servers and processes are made with, and letters, which are not published.
OF_NO_PAGE = {"click", "cloudpickle", "css-inline", "rich", "starlette", "uvicorn", "watchfiles"}


def test_every_library_counts_that_makes_bytes(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {line.partition(">")[0] for line in project["dependencies"]}
    assert needed - OF_NO_PAGE == set(LIBRARIES)


def test_another_installation_of_the_same_code_is_the_same_engine(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name / "pages").mkdir(parents=True)
        (tmp_path / name / "pages" / "feeds.py").write_text("ITEMS = 20\n")
    utime(tmp_path / "there" / "pages" / "feeds.py", (1, 1))
    here, there = (code_in(tmp_path / name) for name in ("here", "there"))
    assert here == there
    (tmp_path / "there" / "pages" / "feeds.py").write_text("ITEMS = 30\n")
    assert code_in(tmp_path / "there") != here
