"""What an edition may use of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from blogforge.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from blogforge.content.articles import Shelf
    from blogforge.model import Brief, Document
    from blogforge.pictures.looks import Look


class Memory(NamedTuple):
    """What an earlier edition left. `key` is of the engines and settings that it read sources by.

    `documents` and `briefs` are by source path; `shelf` has the parts of articles, new ones are
    `put` there, and `keep` is told of all briefs once they are; `ranking` is what related articles
    left, `scopes` what those did that templates asked for; `looks` is what was seen in pictures, by
    the digests of their files; `compiled` and `images` are folders for compiled templates and for
    renditions.
    """

    ledger: Ledger
    shelf: Shelf
    put: Callable[[dict[str, bytes]], None]
    keep: Callable[[dict[str, Brief]], None]
    key: str = ""
    documents: Mapping[str, Document] = {}
    briefs: Mapping[str, Brief] = {}
    ranking: bytes = b""
    scopes: Mapping[str, bytes] = {}
    looks: Mapping[str, Look] = {}
    compiled: Path | None = None
    images: Path | None = None

    def documents_under(self, key: str) -> Mapping[str, Document]:
        """The documents, if they were read by the engines and settings of `key`."""
        return self.documents if self.key == key else {}


def no_memory() -> Memory:
    """The memory of a first edition, which keeps its articles to itself."""
    articles: dict[str, bytes] = {}
    return Memory(Ledger(), articles, articles.update, lambda _briefs: None)
