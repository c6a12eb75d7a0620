"""What is told of a body while it is made, at the lines where it then stands."""

from __future__ import annotations

import re
from html import escape

from blogforge.importers.found import Note
from blogforge.importers.prose import outside_code

# Unicode's noncharacters: no text may have them, so none is mistaken for a mark.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_WORDS, _END = "\ufdd2", "\ufdd3"
_TAG = re.compile(f"{_WORDS}([^{_END}]*){_END}")
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


class Marks:
    """Signs put into a body for what is to be told of these places."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def at(self, what: str) -> str:
        """The sign to put where `what` is the case."""
        self.told.append(what)
        return f"{_OPEN}{len(self.told) - 1}{_CLOSE}"

    def words(self, tag: str) -> str:
        """A tag of a template that is to stand there as words."""
        return f"{_WORDS}{tag}{_END}"

    def settled(self, body: str, *, html: bool = False) -> tuple[str, tuple[Note, ...]]:
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
        body = _MARK.sub("", body)
        body = _as_words(body) if html else outside_code(body, _as_text)
        return body.replace(_WORDS, "").replace(_END, ""), tuple(once)


def _as_text(text: str) -> str:
    """`text` with tags as words, no part of which Markdown takes for HTML or emphasis."""
    return _TAG.sub(lambda tag: re.sub(r"([\\<>*_`\[\]])", r"\\\1", tag[1]), text)


def _as_words(body: str) -> str:
    """`body` in HTML with tags as words."""
    return _TAG.sub(lambda tag: escape(tag[1], quote=False), body)


def unmarked(body: str) -> str:
    """A body of a source, without what would look like a sign."""
    return re.sub(f"[{_OPEN}{_CLOSE}{_WORDS}{_END}]", "", body)


def marked(marks: str, text: str) -> str:
    """`text` with signs at its first line that is not empty."""
    rest = text.lstrip("\n")
    return text[: len(text) - len(rest)] + marks + rest
