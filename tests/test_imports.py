"""What importing costs: a command that does little loads little."""

import json
import os
import subprocess
import sys

import pytest

from tests.imports import modules

# Slow to load, or large: only those who need one of them pay for it.
HEAVY = frozenset(
    {
        "babel",
        "comrak",
        "feedgen",
        "jinja2",
        "lxml",
        "markdown",
        "nh3",
        "numpy",
        "PIL",
        "pygments",
        "rich",
        "selectolax",
        "starlette",
        "Stemmer",
        "uvicorn",
        "watchfiles",
    }
)
LOADED = "import json, sys; print(json.dumps(sorted({n.partition('.')[0] for n in sys.modules})))"


def loaded_by(code: str) -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after `code`."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{code}\n{LOADED}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


@pytest.mark.parametrize("module", ["blogforge.cli", "blogforge.build", "blogforge.check"])
def test_imports_nothing_heavy(module: str) -> None:
    heavy = loaded_by(f"import {module}") & HEAVY
    assert not heavy


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_a_question_to_the_command_line_loads_no_part_of_a_build(argument: str) -> None:
    code = (
        "import sys\nfrom blogforge import cli\n"
        f"sys.argv = ['blogforge', '{argument}']\n"
        "try:\n    cli.main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )
    heavy = loaded_by(code) & {*HEAVY, "yaml"}
    assert not heavy


# One interpreter that forks for each module: as fresh as one of its own, and fast, as it knows the
# libraries that take long. (numpy would start threads, which do not fork.)
ALONE = """
import importlib, multiprocessing, sys
import babel.dates, feedgen.feed, jinja2, markdown, numpy, pygments
import starlette, uvicorn, watchfiles, yaml
context = multiprocessing.get_context("fork")
failed = []
for name in sys.argv[1:]:
    child = context.Process(target=importlib.import_module, args=(name,))
    child.start()
    child.join(60)
    if child.exitcode != 0:
        failed.append(name)
sys.exit(" ".join(failed) or 0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_every_module_imports_alone() -> None:
    names = sorted(modules().keys() - {"blogforge.__main__"})  # which runs the command line
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", ALONE, *names],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
