"""blogforge itself, with either of its Markdown engines, and with the social cards it draws."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from benchmarks import posts
from benchmarks.peers.peer import REPOSITORY, Peer
from blogforge import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.posts import Desk, Post

ENGINES = ("markdown", "commonmark")


class Blogforge(Peer):
    """The blogforge of this repository; the two templates that are edited stand in the site.

    It draws social cards only where `cards` says so: none of its peers does.
    """

    posts = "posts"
    article, base = "templates/article.html", "templates/base.html"

    def __init__(self, engine: str, *, cards: bool = False) -> None:
        self.name = f"blogforge-{engine}" + "-cards" * cards
        self._engine = engine
        self._cards = cards

    def version(self) -> str:
        """As the package says it."""
        return f"blogforge {__version__}"

    def command(self, site: Path, tree: Path) -> list[str]:
        """A build as an author starts it, but into `tree`."""
        return [sys.executable, "-m", "blogforge", "build", str(site), "--output", str(tree)]

    def write(self, site: Path, desk: Desk) -> None:
        """The site of benchmarks/posts.py."""
        posts.write_site(site, desk, self._engine, cards=self._cards)
        for template in (self.article, self.base):
            (site / template).parent.mkdir(exist_ok=True)
            shutil.copy(REPOSITORY / template, site / template)

    def source_of(self, site: Path, post: Post) -> Path:
        """The date stands in the name."""
        return posts.source_of(site, post)

    def source(self, post: Post, desk: Desk) -> str:
        """As anyone writes for blogforge."""
        return posts.source(post, desk)
