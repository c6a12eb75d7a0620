"""Python-Markdown's emphasis, without the places where it loses letters.

Imported only when that engine is made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown.inlinepatterns import DelimiterProcessor

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.inlinepatterns import Delimiter


class SoundEmphasis(DelimiterProcessor):
    """Emphasis that takes nothing but its own asterisks and underscores for its ends.

    Where a longer run stands open, Python-Markdown lets a single "*" end it, and takes the letter
    behind for the second one: "*a**b*c" would lose its c. And it forgets where the asterisks
    left over stand, so that in "**a***b***c*" the last element holds another's text.
    """

    def __init__(self, engine: Markdown) -> None:
        super().__init__("*", "strong,em", engine)
        self.add("_", "strong,em", smart=True)
        self.data = ""

    # Every inline processor of Python-Markdown differs from its base class here.
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> Any:
        """The element at `m`, or None; no element where the run is no delimiter."""
        if self.regions and self.get_match(data, m.start()) is None:  # as in snake_case
            return self._as_written(m, data)
        self.data = data
        element, start, end = super().handleMatch(m, data)
        if element is None or _letters("".join(element.itertext())) == _letters(data[start:end]):
            return element, start, end
        self.reset()  # runs so mixed that whoever pairs them loses what is between
        return self._as_written(m, data)

    def _as_written(self, m: re.Match[str], data: str) -> tuple[None, int, int]:
        """No element: the run at `m` stays text."""
        run = re.compile(re.escape(m[0]) + "+").match(data, m.start())
        return None, m.start(), (run or m).end()

    def add_region(  # noqa: PLR0913, PLR0917 - the base class's own
        self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int
    ) -> None:
        """Pair data[a:b] with data[c:d], if both are runs of the delimiter and nothing else."""
        run = delim.token * size
        if size < 1 or self.data[a:b] != run:
            return
        if self.data[c:d] == run:
            super().add_region(delim, a, b, c, d, size)
            return
        while delim.stack:  # the opener that is as short stands further out
            opener = delim.stack.pop()
            if opener[-1] == 1:
                super().add_region(delim, opener[1] - 1, opener[1], c, c + 1, 1)
                return

    def increment_next_position(self, start: int, count: int) -> None:
        """Go on at the next element, or at a delimiter left over before it."""
        self.cache_index += count
        if self.cache_index >= len(self.regions):
            self.reset()
            return
        self.cache_pos = self.regions[self.cache_index][0]
        while self.stack and self.stack[0][0] <= self.cache_pos:
            left_over = self.stack.pop(0)[0]
            if start < left_over:
                self.cache_pos = left_over
                return


def _letters(text: str) -> str:
    return text.replace("*", "").replace("_", "")
