"""The Nu Html Checker, W3C's own: find it, or bring it with `python -m tests.nu`; ask it.

`make test` runs this first. Without Java or the checker its tests skip, with a reason; where CI
is true and Java is there, that is an error instead.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest

from tests import browser

NODE = Path(__file__).resolve().parent / "node"
JAR = NODE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Its schemas need a deep stack; half the time of a run would go to compilers that never pay.
JAVA = ("java", "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
ASK = ("--errors-only", "--format", "json", "--skip-non-html", "--also-check-css")
# The script that the package would run fetches a Java, which is here or not wanted.
NPM = ("npm", "ci", "--prefix", str(NODE), "--ignore-scripts", "--no-audit", "--no-fund")
_PATIENCE = 180  # seconds


class Fault(NamedTuple):
    """An error that the checker found: in which file below its folder, where, and what it says."""

    file: str
    line: int
    column: int
    says: str


def required() -> bool:
    """Whether checkers that Java runs must be had: where CI is true, and Java is there."""
    return browser.required() and shutil.which("java") is not None


def missing() -> str:
    """Why the checker cannot be asked; empty where it can."""
    if not shutil.which("java"):
        return "no Java here"
    if not JAR.exists():
        return "no Nu Html Checker here: `python -m tests.nu` brings it"
    return ""


def faults(folder: Path) -> list[Fault]:
    """Every error in the pages and style sheets below `folder`; skips the test without checker."""
    if reason := missing():
        pytest.fail(reason) if required() else pytest.skip(reason)
    done = subprocess.run(
        [*JAVA, "-jar", str(JAR), *ASK, str(folder)],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    return [
        Fault(
            file=str(Path(unquote(urlsplit(said["url"]).path)).relative_to(folder)),
            line=said.get("lastLine", 0),
            column=said.get("lastColumn", 0),
            says=said["message"],
        )
        for said in json.loads(done.stderr)["messages"]
    ]


def main() -> int:
    """Bring the checker where it is not there; 1 only where it is required and cannot be had."""
    if not missing():
        return 0
    if not shutil.which("java") or not shutil.which("npm"):
        failure = "Java and npm are needed"
    else:
        failure = browser.run(NPM, _PATIENCE) or missing()
    if not failure:
        return 0
    outcome = "and CI requires one" if required() else "its tests will be skipped"
    print(f"no Nu Html Checker ({failure}): {outcome}", file=sys.stderr)
    return 1 if required() else 0


if __name__ == "__main__":
    sys.exit(main())
