"""The workflows do what the Makefile offers, on the versions that the package promises."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from blogforge.cli import cli
from blogforge.config import Config
from blogforge.output.recovery import work_folder
from tests.commands import run
from tests.conftest import MakeSite

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


# ---------------------------------------------------------------- workflows that publish

PUBLISHING = (
    ".github/workflows/pages.yml",
    "examples/workflows/pages.yml",
    "examples/workflows/deploy.yml",
)


@pytest.fixture(params=PUBLISHING)
def publishing(request: pytest.FixtureRequest, repository: Path) -> dict[str, Any]:
    text = (repository / request.param).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (`on` is no truth)
    return found


def steps(workflow: dict[str, Any], job: str = "") -> list[dict[str, Any]]:
    chosen = [workflow["jobs"][job]] if job else workflow["jobs"].values()
    return [step for each in chosen for step in each["steps"]]


def test_it_publishes_on_push_and_by_the_clock_with_least_rights(
    publishing: dict[str, Any],
) -> None:
    assert {"push", "schedule"} <= publishing["on"].keys()
    assert publishing["permissions"] == {"contents": "read"}
    assert publishing["concurrency"]["cancel-in-progress"] == "false"
    rights = {
        name: job["permissions"] for name, job in publishing["jobs"].items() if "permissions" in job
    }
    assert rights in ({}, {"publish": {"pages": "write", "id-token": "write"}})


def test_it_takes_actions_of_known_versions(publishing: dict[str, Any]) -> None:
    used = {step["uses"] for step in steps(publishing) if "uses" in step}
    assert used <= {
        *("actions/checkout@v6", "actions/setup-python@v6"),
        *("actions/cache@v5", "actions/cache/restore@v5", "actions/cache/save@v5"),
        *("actions/upload-pages-artifact@v5", "actions/deploy-pages@v5"),
    }


def test_it_keeps_the_tree_and_the_memory_of_the_last_build(publishing: dict[str, Any]) -> None:
    (kept,) = (step for step in steps(publishing) if step.get("uses") == "actions/cache@v5")
    work = work_folder(Path("public")).name
    assert kept["with"]["path"].split() == [Config(title="", url="").output, work]
    assert kept["with"]["key"].startswith(kept["with"]["restore-keys"])
    assert "run_id" in kept["with"]["key"]  # a cache is never written over


def test_its_commands_exist_with_their_options(publishing: dict[str, Any]) -> None:
    runs = "\n".join(step["run"] for step in steps(publishing) if "run" in step)
    calls = re.findall(r"blogforge (\w+) ([^>\n]*)", runs)
    assert calls
    for name, arguments in calls:
        command = cli.commands[name]
        known = {option for each in command.params for option in each.opts}
        assert {word for word in arguments.split() if word.startswith("-")} <= known


@pytest.mark.parametrize(
    ("event", "summary", "due"),
    [
        ("push", '{\n  "next_change_at": "2999-01-01T00:00:00Z"\n}', "true"),
        ("schedule", None, "true"),
        ("schedule", '{\n  "next_change_at": null,\n  "output": "x"\n}', "false"),
        ("schedule", '{\n  "next_change_at": "2999-01-01T00:00:00Z",\n  "output": "x"\n}', "false"),
        ("schedule", '{\n  "next_change_at": "2999-01-01T02:00:00+02:00"\n}', "false"),
        ("schedule", '{\n  "next_change_at": "2020-01-01T00:00:00+02:00"\n}', "true"),
    ],
)
def test_the_timer_builds_only_when_time_has_changed_something(
    repository: Path, tmp_path: Path, event: str, summary: str | None, due: str
) -> None:
    (look,) = {timer(repository, name) for name in PUBLISHING}  # one and the same
    if summary is not None:
        (tmp_path / "next").mkdir()
        (tmp_path / "next" / "summary.json").write_text(summary)
    environment = {**os.environ, "EVENT": event, "GITHUB_OUTPUT": str(tmp_path / "output")}
    subprocess.run(
        ["bash", "-eo", "pipefail", "-c", look], check=True, cwd=tmp_path, env=environment
    )
    assert (tmp_path / "output").read_text() == f"due={due}\n"


def timer(repository: Path, name: str) -> str:
    """What the timer of a workflow runs."""
    workflow = yaml.safe_load((repository / name).read_text(encoding="utf-8"))
    (found,) = (step["run"] for step in steps(workflow, "due") if "run" in step)
    return str(found)


def test_what_a_build_says_of_the_next_change_is_what_the_timer_reads(make_site: MakeSite) -> None:
    post = "---\ntitle: Later\ndate: 2026-03-01\nembargo: 2999-01-01\n---\nText.\n"
    summary = run(make_site({"posts/a.md": post}), "build", "--jobs", "1", "--json").out
    (line,) = re.findall(r'^  "next_change_at": "(2999.*)",?$', summary, re.MULTILINE)
    assert line


@pytest.mark.parametrize("name", ["pages", "deploy"])
def test_the_steps_of_an_example_publish_a_site(
    repository: Path, make_site: MakeSite, tmp_path: Path, name: str
) -> None:
    """Those that a machine without GitHub can take."""
    site = make_site(
        {"posts/2026-01-01-a.md": "---\ntitle: A\ndek: Of it.\n---\nText.\n"},
        "title: T\nurl: https://t.example/\ndeploy: {production: {folder: ../www}}\n",
    )
    text = (repository / f"examples/workflows/{name}.yml").read_text(encoding="utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "blogforge").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m blogforge "$@"\n')
    (programs / "blogforge").chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"
    for step in steps(yaml.safe_load(text)):
        if "blogforge" in step.get("run", ""):
            environment = {**os.environ, "PATH": path}
            bash = ["bash", "-eo", "pipefail", "-c", step["run"]]
            subprocess.run(bash, check=True, cwd=site, env=environment, capture_output=True)
    assert '"next_change_at": null' in (site / "next/summary.json").read_text()
    published = site / "public" if name == "pages" else tmp_path / "www"
    assert (published / "2026/01/01/a/index.html").exists()


@pytest.mark.parametrize("name", ["pages", "deploy"])
def test_the_manual_has_the_examples_word_for_word(repository: Path, name: str) -> None:
    example = (repository / f"examples/workflows/{name}.yml").read_text(encoding="utf-8")
    manual = (repository / "docs/github.md").read_text(encoding="utf-8")
    assert f"```yaml\n{example}```" in manual
