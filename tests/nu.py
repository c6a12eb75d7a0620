"""The Nu Html Checker, W3C's own: find it, or bring it with `python -m tests.nu`; ask it.

`make test` runs this first. Without Java or the checker its tests skip, with a reason; where CI
is true and Java is there, that is an error instead.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from tests import browser, java

NODE = Path(__file__).resolve().parent / "node"
JAR = NODE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ASK = ("--errors-only", "--format", "json", "--skip-non-html", "--also-check-css")
# The script that the package would run fetches a Java, which is here or not wanted.
NPM = ("npm", "ci", "--prefix", str(NODE), "--ignore-scripts", "--no-audit", "--no-fund")


class Fault(NamedTuple):
    """An error that the checker found: in which file below its folder, where, and what it says."""

    file: str
    line: int
    column: int
    says: str


def missing() -> str:
    """Why the checker cannot be asked; empty where it can."""
    if not shutil.which("java"):
        return "no Java here"
    if not JAR.exists():
        return "no Nu Html Checker here: `python -m tests.nu` brings it"
    return ""


def faults(folder: Path) -> list[Fault]:
    """Every error in the pages and style sheets below `folder`; skips the test without checker."""
    done = java.ask(missing(), "-jar", str(JAR), *ASK, str(folder))
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
        failure = browser.run(NPM, java.PATIENCE) or missing()
    if not failure:
        return 0
    return browser.go_without("Nu Html Checker", failure, required=java.required())


if __name__ == "__main__":
    sys.exit(main())
