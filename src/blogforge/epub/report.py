"""What a book has and where it was written, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.printing import counted, to_json

if TYPE_CHECKING:
    from pathlib import Path

    from blogforge.epub import Book


def as_text(book: Book, path: Path) -> str:
    """Its title, its length, its file."""
    articles = counted(len(book.articles), "article")
    return f"{book.title}  ({articles})\n  {path}  {len(book.data):,} bytes"


def as_json(book: Book, path: Path) -> str:
    """The same as one object; docs/cli.md lists its keys."""
    return to_json(
        {
            "title": book.title,
            "identifier": book.identifier,
            "lang": book.lang,
            "articles": book.articles,
            "file": str(path),
        }
    )
