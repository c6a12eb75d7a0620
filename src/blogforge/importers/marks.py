"""What is told of a body while it is made, at the lines where it then stands."""

from __future__ import annotations

import re

from blogforge.importers.found import Note

# Unicode's noncharacters: no text may have them, so none is mistaken for a mark.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


class Marks:
    """Signs put into a body for what is to be told of these places."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def at(self, what: str) -> str:
        """The sign to put where `what` is the case."""
        self.told.append(what)
        return f"{_OPEN}{len(self.told) - 1}{_CLOSE}"

    def settled(self, body: str) -> tuple[str, tuple[Note, ...]]:
        """The body without the signs and the empty lines around it, and the notes in their order.

        A note of what the text has no sign of any more is one of all of it.
        """
        body = body.strip("\n")
        body = f"{body}\n" if body.strip() else ""
        notes = {}
        for mark in _MARK.finditer(body):
            line = body.count("\n", 0, mark.start()) + 1
            notes[int(mark[1])] = Note(what=self.told[int(mark[1])], line=line)
        rest = (Note(what=what) for at, what in enumerate(self.told) if at not in notes)
        once = dict.fromkeys([*rest, *notes.values()])
        return _MARK.sub("", body), tuple(once)


def unmarked(body: str) -> str:
    """A body of a source, without what would look like a sign."""
    return body.replace(_OPEN, "").replace(_CLOSE, "")


def marked(marks: str, text: str) -> str:
    """`text` with signs at its first line that is not empty."""
    rest = text.lstrip("\n")
    return text[: len(text) - len(rest)] + marks + rest
