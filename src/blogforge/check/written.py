"""Where problems of the YAML files beside posts stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.config import CONFIG_FILE
from blogforge.content.authors import AUTHORS_FILE
from blogforge.strict_yaml import parse
from blogforge.textfile import decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from blogforge.errors import Problem

_FILES = frozenset({CONFIG_FILE, AUTHORS_FILE})


def placed_in_files(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """`problems`, those of a key of blogforge.yaml or authors.yaml with its line and column."""
    for problem in problems:
        name = problem.location.path if problem.location else ""
        if name not in _FILES or not problem.key:
            yield problem
            continue
        written = parse(decode(read_bytes(root / name, name), name), name)
        found = written.problem(problem.message, problem.key)
        yield structs.replace(problem, location=found.location, excerpt=found.excerpt)
