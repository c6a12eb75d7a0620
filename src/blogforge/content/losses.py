"""What both Markdown dialects would drop without a word, found in the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from blogforge.content.places import problem_at

if TYPE_CHECKING:
    from blogforge.content.engines import Engine
    from blogforge.errors import Problem
    from blogforge.model import Source

_PREFIX = re.compile(r"[ >]*")  # of block quotes, and of what stands in lists
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ ]+")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_BEFORE_FOOTNOTE = re.compile(r"[ ]{0,3}(?:>[ ]{0,4})*")
_FOOTNOTE = re.compile(r"\[\^([^\]\n]+)\]:")
_BAR_BESIDE_HYPHEN = re.compile(r"-:?[ ]*\||\|[ ]*:?-")  # as in each row of delimiters with a bar
_DELIMITERS = re.compile(r"\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_CODE_SPAN = re.compile(r"(`+)(?:[^`]|(?!\1)`)+?\1(?!`)")
_CELL_BREAK = re.compile(r"(?<!\\)\|")


def losses(source: Source, engine: Engine) -> list[Problem]:
    """Footnotes defined twice, and table rows with more cells than their table has columns.

    In one pass over the lines of the body.
    """
    body = source.body
    labels = [_label(each) for each in _FOOTNOTE.findall(body)] if "[^" in body else []
    may_have_table = "|" in body and _BAR_BESIDE_HYPHEN.search(body) is not None
    if len(set(labels)) == len(labels) and not may_have_table:
        return []
    lines = _Lines(source, engine)
    offset = 0
    for line in body.split("\n"):
        lines.read(line, offset)
        offset += len(line) + 1
    return lines.problems


class _Table(NamedTuple):
    """A table whose rows are being read: its columns, and how deep it stands in quotes."""

    columns: int
    quotes: int
    indent: int


class _Lines:
    """What is known at the line where the pass stands."""

    def __init__(self, source: Source, engine: Engine) -> None:
        self.source = source
        self.engine = engine
        self.problems: list[Problem] = []
        self.labels: set[str] = set()
        self.fence = ""  # of the code around
        self.in_list = False
        self.table: _Table | None = None
        self.before = ""  # the line before, without its prefix

    def read(self, line: str, offset: int) -> None:
        """The next line, which begins at `offset` of the body."""
        prefix = _prefix(line)
        text = line[len(prefix) :]
        before, self.before = self.before, text
        if text and not prefix:
            self.in_list = _MARKER.match(text) is not None
        if text.startswith(("```", "~~~")) and self.fenced(text):
            self.table = None
        elif self.fence:
            return
        elif text.startswith("[^"):
            self.footnote(prefix, text, offset)
        elif self.table is not None or ("|" in text and "-" in text):
            self.row(text, before, _Table(0, prefix.count(">"), _indent(prefix)), offset)

    def fenced(self, text: str) -> bool:
        """Whether `text` is the first or last line of a block of code."""
        mark = _FENCE.match(text)
        if mark is None or (not self.fence and mark[1][0] == "`" and "`" in mark[2]):
            return False
        if not self.fence:
            self.fence = mark[1]
        elif mark[1].startswith(self.fence) and not mark[2].strip():
            self.fence = ""
        return True

    def footnote(self, prefix: str, text: str, offset: int) -> None:
        """A line that may define a footnote."""
        found = _FOOTNOTE.match(text)
        if found is None or not _BEFORE_FOOTNOTE.fullmatch(prefix):
            return
        label = _label(found[1])
        if label in self.labels:
            message = f"footnote [^{found[1]}] is defined twice"
            hint = "give the second one a label of its own"
            self.problems.append(problem_at(self.source, offset + len(prefix), message, hint))
        self.labels.add(label)

    def row(self, text: str, before: str, here: _Table, offset: int) -> None:
        """A line that is a table's, or may be its second one."""
        table = self.table
        if table is None or _ends(table, text, here):
            self.table = self.begun(text, before, here)
        elif any(cell.strip() for cell in _cells(text, self.engine)[table.columns :]):
            message = f"a table row has more cells than the table's {table.columns} columns"
            hint = "write \\| for a bar that is no cell's end, or add a column to the header"
            self.problems.append(problem_at(self.source, offset, message, hint, "warning"))

    def begun(self, text: str, before: str, here: _Table) -> _Table | None:
        """The table of which `text` is the second line."""
        in_code = here.indent > 3 + bool(here.quotes) and not self.in_list
        if in_code or "|" not in text or not _DELIMITERS.fullmatch(text):
            return None
        columns = len(_cells(text, self.engine))
        header = before[marker.end() :] if (marker := _MARKER.match(before)) else before
        found = len(_cells(header, self.engine)) == columns
        return here._replace(columns=columns) if found else None


def _label(written: str) -> str:
    return " ".join(written.split()).lower()


def _prefix(line: str) -> str:
    if line[:1] not in {" ", ">"}:
        return ""
    match = _PREFIX.match(line)
    assert match is not None  # the pattern matches anything
    return match[0]


def _indent(prefix: str) -> int:
    return len(prefix) - prefix.rfind(">") - 1


def _ends(table: _Table, text: str, here: _Table) -> bool:
    """Whether the line `text` stands behind the table."""
    outside = here.quotes != table.quotes or here.indent >= table.indent + 4
    return outside or not text.strip() or text[0] in "#`~<"


def _cells(row: str, engine: Engine) -> list[str]:
    if engine == "markdown":  # to comrak, a bar behind a backslash ends no cell in any case
        row = row.replace("\\\\", "xx")
        if "`" in row:
            row = _CODE_SPAN.sub("code", row)
    cells = _CELL_BREAK.split(row.strip().removeprefix("|"))
    return cells if cells[-1] else cells[:-1]
