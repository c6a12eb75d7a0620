"""What in a Markdown text is code, and stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FENCE = re.compile(r"[ ]{0,3}(?:[>*+-][ ]*|\d+[.)][ ]+)*(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)")
_TICKS = re.compile(r"`+")
_LIST = re.compile(r"[ ]{0,3}([*+-]|\d+[.)])\s")


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` done to each stretch between fenced, indented and inline code."""
    return "".join(part if code else change(part) for code, part in stretches(text))


def stretches(text: str) -> Iterator[tuple[bool, str]]:
    """The parts of a Markdown text in their order, each with whether it is code."""
    for code, block in _blocks(text):
        if code:
            yield True, block
        else:
            yield from _spans(block)


def _blocks(text: str) -> Iterator[tuple[bool, str]]:
    """Runs of lines, each with whether they are a block of code."""
    run: list[str] = []
    run_is_code = False
    fence = ""
    after_blank, in_list = True, False
    for line in text.splitlines(keepends=True):
        opening = _FENCE.match(line)
        if fence:
            code = True
            closing = line.strip().lstrip("> ")
            if set(closing) == {fence[0]} and len(closing) >= len(fence):
                fence = ""
        elif opening and not (opening["mark"][0] == "`" and "`" in opening["info"]):
            code, fence = True, opening["mark"]
        else:
            indented = line.startswith(("    ", "\t")) and bool(line.strip())
            code = indented and not in_list and (after_blank or run_is_code)
            if line.strip() and not indented:
                in_list = bool(_LIST.match(line)) or (in_list and line.startswith(" "))
        after_blank = not line.strip()
        if code != run_is_code and run:
            yield run_is_code, "".join(run)
            run = []
        run_is_code = code
        run.append(line)
    if run:
        yield run_is_code, "".join(run)


def _spans(text: str) -> Iterator[tuple[bool, str]]:
    """Stretches between code spans: CommonMark 0.31, section 6.1."""
    done = at = 0
    while opening := _TICKS.search(text, at):
        mark = opening[0]
        closing = re.compile(rf"(?<!`){mark}(?!`)").search(text, opening.end())
        blank = re.compile(r"\n[ \t]*\n").search(text, opening.end())
        escaped = opening.start() > 0 and text[opening.start() - 1] == "\\"
        if escaped or not closing or (blank and blank.start() < closing.start()):
            at = opening.end()
            continue
        yield False, text[done : opening.start()]
        yield True, text[opening.start() : closing.end()]
        done = at = closing.end()
    yield False, text[done:]
