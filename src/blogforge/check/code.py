"""Code of which nobody says what language it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.check.prose import fences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem


def unnamed(sheet: Sheet) -> Iterator[Problem]:
    """A fenced block whose first line names no language."""
    body = sheet.source.body
    for start, _ in fences(body, sheet.config.markdown.engine).blocks:
        line = body[start:].split("\n", 1)[0]
        if not line.strip(" `~"):
            offset = start + len(line) - len(line.lstrip())
            hint = "name it behind the fence: ```python; ```text for none"
            yield sheet.at(offset, "the code has no language, and is not coloured", hint)
