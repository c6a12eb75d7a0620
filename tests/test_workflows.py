"""The workflows do what the Makefile offers, on the versions that the package promises."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOWS = ("test.yml", "pages.yml")


@pytest.fixture
def commands(repository: Path) -> dict[str, list[str]]:
    """What each workflow runs, by its file."""
    return {
        name: [
            step["run"] for job in jobs(repository, name) for step in job["steps"] if "run" in step
        ]
        for name in WORKFLOWS
    }


def jobs(repository: Path, name: str) -> list[dict[str, Any]]:
    text = (repository / ".github" / "workflows" / name).read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["jobs"].values())


def test_every_promised_python_is_tested(repository: Path) -> None:
    with (repository / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    promised = re.findall(r"Python :: (\d\.\d+)", " ".join(project["classifiers"]))
    (tested,) = (
        job["strategy"]["matrix"]["python"]
        for job in jobs(repository, "test.yml")
        if "strategy" in job
    )
    assert tested == promised
    assert project["requires-python"] == f">={promised[0]}"


def test_every_target_exists(repository: Path, commands: dict[str, list[str]]) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    made = [target for runs in commands.values() for run in runs for target in making(run)]
    assert {"lint", "test", "site"} == set(made) <= targets


def making(command: str) -> list[str]:
    return command.split()[1:] if command.startswith("make ") else []


def test_nothing_is_tested_there_that_the_local_run_leaves_out(
    repository: Path, commands: dict[str, list[str]]
) -> None:
    local = (repository / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert set(commands["test.yml"]) <= set(local)
