"""One document as the rules read it that need no other."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from blogforge.check.prose import seen, without_code
from blogforge.content.places import problem_at
from blogforge.errors import Location, Problem

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from blogforge.config import Config
    from blogforge.errors import Edit
    from blogforge.model import Article, Document, Source


_WORD = re.compile(r"[^\W_]+")
_ENOUGH = 8  # words, by which a passage is found again


class Sheet:
    """A document with its source and its article; what several rules want of it is made once."""

    def __init__(
        self, document: Document, source: Source, article: Article, config: Config
    ) -> None:
        self.document = document
        self.source = source
        self.article = article
        self.config = config

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The article's HTML."""
        from selectolax.lexbor import LexborHTMLParser

        return LexborHTMLParser(self.article.html)

    @cached_property
    def prose(self) -> str:
        """The source's body with spaces in the place of code and comments; offsets hold."""
        return without_code(self.source.body, self.config.markdown.engine)

    @cached_property
    def seen(self) -> str:
        """The text that readers see outside code."""
        return seen(self.article.html)

    def at(self, offset: int, message: str, hint: str = "", edit: Edit | None = None) -> Problem:
        """A problem at an offset of the source's body; negative: of the file as a whole."""
        found = problem_at(self.source, offset, message, hint, "warning")
        return _with(found, edit) if edit else found

    def offset_of(self, text: str) -> int:
        """Where what readers see begins in the source: by its first words; -1 where it does not."""
        words = _WORD.findall(text)[:_ENOUGH]
        if not words:
            return -1
        found = re.search(r"(?:[\W_]|<[^>]*>)+".join(map(re.escape, words)), self.source.body)
        return found.start() if found else -1

    def of(self, key: str, message: str, hint: str = "") -> Problem:
        """A problem of a key of the front matter."""
        return problem_of(self.document, key, message, hint)


def problem_of(document: Document, key: str, message: str, hint: str = "") -> Problem:
    """A problem of a key of a document's front matter."""
    return Problem(message, Location(document.path), hint, level="warning", key=(key,))


def _with(problem: Problem, edit: Edit) -> Problem:
    from msgspec.structs import replace

    return replace(problem, edit=edit)
