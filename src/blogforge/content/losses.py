"""What both Markdown dialects would drop without a word, found in the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.content.engines import FOOTNOTE, Engine
from blogforge.content.places import problem_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.errors import Problem
    from blogforge.model import Source

_FENCE = re.compile(r"^[ >]*(`{3,}|~{3,})([^\n]*)$", re.M)
_DELIMITERS = re.compile(r"^[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$", re.M)
_CODE_SPAN = re.compile(r"(`+)(?:[^`]|(?!\1)`)+?\1(?!`)")
_CELL_BREAK = re.compile(r"(?<!\\)\|")


def losses(source: Source, engine: Engine) -> list[Problem]:
    """Footnotes defined twice, and table rows with more cells than their table has columns."""
    return [*_repeated_footnotes(source), *_long_rows(source, engine)]


def _repeated_footnotes(source: Source) -> Iterator[Problem]:
    seen: set[str] = set()
    if "[^" not in source.body:
        return
    for match in FOOTNOTE.finditer(source.body):
        label = " ".join(match[1].split()).lower()
        if label not in seen:
            seen.add(label)
        elif not _in_code(source.body, match.start()):
            yield problem_at(
                source,
                match.start(1) - 2,
                f"footnote [^{match[1]}] is defined twice",
                "give the second one a label of its own",
            )


def _long_rows(source: Source, engine: Engine) -> Iterator[Problem]:
    body = source.body
    if "|" not in body:
        return
    for match in _DELIMITERS.finditer(body):
        columns = len(_cells(match[0], engine))
        header = body[body.rfind("\n", 0, max(match.start() - 1, 0)) + 1 : match.start()]
        if "|" not in match[0] or len(_cells(header, engine)) != columns:
            continue
        if _in_code(body, match.start()):
            continue
        for offset, row in _rows(body, match.end() + 1):
            if any(cell.strip() for cell in _cells(row, engine)[columns:]):
                yield problem_at(
                    source,
                    offset,
                    f"a table row has more cells than the table's {columns} columns",
                    "write \\| for a bar that is no cell's end, or add a column to the header",
                    "warning",
                )


def _rows(body: str, offset: int) -> Iterator[tuple[int, str]]:
    while offset < len(body):
        end = body.find("\n", offset)
        row = body[offset : end if end >= 0 else len(body)]
        if not row.strip() or row.startswith("    ") or row.lstrip()[0] in "#>`~<":
            return
        yield offset, row
        offset += len(row) + 1


def _cells(row: str, engine: Engine) -> list[str]:
    if engine == "markdown" and "`" in row:
        row = _CODE_SPAN.sub("code", row)
    cells = _CELL_BREAK.split(row.strip().removeprefix("|"))
    return cells if cells[-1] else cells[:-1]


def _in_code(body: str, offset: int) -> bool:
    """Whether an odd number of fences stands before `offset`."""
    fence = ""
    for match in _FENCE.finditer(body, 0, offset):
        if not fence:
            fence = match[1]
        elif match[1].startswith(fence) and not match[2].strip():
            fence = ""
    return bool(fence)
