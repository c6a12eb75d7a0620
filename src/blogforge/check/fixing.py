"""What `check --fix` writes: the edits of findings, in the files where they stand.

A byte that no edit is about stays as it is: line ends, a byte order mark, white space, quotes.
"""

from __future__ import annotations

import re
from difflib import unified_diff
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from blogforge.content.frontmatter import split
from blogforge.content.places import FRONT_LINE
from blogforge.errors import ContentError, Edit, Problem
from blogforge.output.machine import machine_errors
from blogforge.output.single import write_file
from blogforge.strict_yaml import parse
from blogforge.textfile import decode, read_bytes
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from blogforge.strict_yaml import KeyPath, Written

_LINE = re.compile(r"\r\n|\r|\n")
_PARAGRAPH_END = re.compile(r"\n(?:[ \t]*\n)+")
_MARK = b"\xef\xbb\xbf"  # of byte order


class Mended(Value, frozen=True, kw_only=True):
    """A file of the site before and after: which findings are mended by it, and which are not."""

    path: str
    before: bytes
    after: bytes
    done: tuple[Problem, ...]
    left: tuple[Problem, ...]


def mended(root: Path, problems: Iterable[Problem]) -> Iterator[Mended]:
    """The files of the site at `root` whose findings can be mended, by path.

    A finding is left where its text is not where it says, where another one has changed the same
    text, and where front matter would not say the very thing. Raises MachineError.
    """
    editable = [p for p in problems if p.edit and p.location and p.location.column]
    for path, group in groupby(sorted(editable, key=_path), _path):
        found = _mended(path, read_bytes(root / path, path), [*group])
        if found.done:
            yield found


def write(root: Path, files: Iterable[Mended]) -> list[Mended]:
    """Write each file whole or not at all, with the rights it has; those that were written.

    One that somebody has changed meanwhile stays as it is. Raises MachineError.
    """
    return [file for file in files if _write((root / file.path).resolve(), file)]


def _write(target: Path, file: Mended) -> bool:
    with machine_errors(target):
        if not target.exists() or target.read_bytes() != file.before:
            return False
        mode = target.stat().st_mode
        write_file(target, file.after)
        target.chmod(mode)
    return True


def as_diff(file: Mended) -> str:
    """What becomes of a file, as `diff -u` shows it."""
    names = (f"a/{file.path}", f"b/{file.path}")
    before, after = (data.decode().splitlines(keepends=True) for data in (file.before, file.after))
    lines = (
        line if line.endswith("\n") else f"{line}\n" for line in unified_diff(before, after, *names)
    )
    return "".join(lines)


def _path(problem: Problem) -> str:
    return problem.location.path if problem.location else ""


def _mended(path: str, data: bytes, problems: list[Problem]) -> Mended:
    text = data.removeprefix(_MARK).decode()
    mark = data[: len(data) - len(text.encode())]
    done: list[Problem] = []
    end = len(text)
    # From the end, so that what has been found stays where it is.
    starts = [0, *(match.end() for match in _LINE.finditer(text))]
    placed = ((_offset(problem, starts), problem) for problem in problems)
    for at, problem in sorted(placed, key=itemgetter(0), reverse=True):
        change = _change(path, text, at, problem) if 0 <= at < end else None
        if change and at + len(change.old) <= end:
            text = text[:at] + change.new + text[at + len(change.old) :]
            end = at
            done.append(problem)
    left = (problem for problem in problems if problem not in done)
    after = mark + text.encode()
    return Mended(path=path, before=data, after=after, done=tuple(done), left=tuple(left))


def _offset(problem: Problem, starts: list[int]) -> int:
    """Where a finding stands in a text whose lines start there; -1 where it has no such line."""
    where = problem.location
    if where is None or where.line > len(starts):
        return -1
    return starts[where.line - 1] + where.column - 1


def _change(path: str, text: str, at: int, problem: Problem) -> Edit | None:
    """What to replace at the offset `at`; None where the finding's text does not stand there."""
    edit = problem.edit
    if edit and problem.key:
        return _change_of_value(path, text, at, problem.key, edit)
    stands = edit and edit.old and text.startswith(edit.old, at)
    return edit if stands and not _may_be_code(text, at) else None


def _may_be_code(text: str, at: int) -> bool:
    """Whether the lines around an offset, up to blank ones, begin as indented code does."""
    before = text[:at].replace("\r\n", "\n").replace("\r", "\n")
    *_, first = _PARAGRAPH_END.split(before)
    return first.startswith(("    ", "\t")) and first != before


# ---------------------------------------------------------------- YAML


def _change_of_value(path: str, text: str, at: int, key: KeyPath, edit: Edit) -> Edit | None:
    """The value at `key`, written anew in the same quotes, or in quotes where it needs them.

    None where the file would not say exactly what it said before but for this value.
    """
    written = _yaml(path, text)
    wanted = _with(written.values, key, edit)
    event = written.places[key][1] if key in written.places else None
    if wanted is None or event is None or event.end_mark is None:
        return None
    starts = [0, *(match.end() for match in _LINE.finditer(text))]
    end = starts[written.first_line - 1 + event.end_mark.line] + event.end_mark.column
    old = text[at:end]
    in_single = "'" + edit.new.replace("'", "''") + "'"
    attempts = {"'": [in_single], '"': [f'"{edit.new}"', in_single]}.get(
        old[:1], [edit.new, in_single]
    )
    for new in attempts:
        if _says(path, text[:at] + new + text[end:], wanted):
            return Edit(old, new)
    return None


def _yaml(path: str, text: str) -> Written:
    """The YAML of a file: all of it, or the front matter of a document."""
    whole = decode(text.encode(), path)
    if path.endswith(".yaml"):
        return parse(whole, path)
    return parse(split(whole, path).front, path, FRONT_LINE)


def _says(path: str, text: str, wanted: object) -> bool:
    try:
        return bool(_yaml(path, text).values == wanted)
    except ContentError:
        return False


def _with(values: Any, key: KeyPath, edit: Edit) -> Any:
    """`values` with the edit made at the place `key`; None where that has another value."""
    if not key:
        return edit.new if values == edit.old else None
    step, *rest = key
    try:
        inner = _with(values[step], tuple(rest), edit)
    except (LookupError, TypeError):
        return None
    if inner is None:
        return None
    if isinstance(values, dict):
        return {**values, step: inner}
    return [inner if index == step else each for index, each in enumerate(values)]
