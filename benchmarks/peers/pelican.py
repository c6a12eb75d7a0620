"""Pelican, with Python-Markdown's extra, smarty and codehilite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peers.peer import PROGRAMS, Peer, first_line
from benchmarks.posts import linked

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.posts import Desk, Post


class Pelican(Peer):
    """Pelican as it comes: without a cache, in one process."""

    name = "pelican"
    posts = "content/posts"
    article, base = "theme/templates/article.html", "theme/templates/base.html"
    skeleton, styles = "pelican", "content/extra/style.css"

    def version(self) -> str:
        """As Pelican says it."""
        return f"Pelican {first_line(PROGRAMS / 'pelican', '--version')}"

    def command(self, site: Path, tree: Path) -> list[str]:
        """A quiet build."""
        settings = str(site / "pelicanconf.py")
        return [str(PROGRAMS / "pelican"), "-q", "-s", settings, "-o", str(tree)]

    def source(self, post: Post, desk: Desk) -> str:
        """Pelican's own head of `Key: value` lines, which Python-Markdown reads."""
        fields = {
            "Title": post.title,
            "Date": f"{post.date:%Y-%m-%d %H:%M}",
            "Slug": post.slug,
            "Dek": post.dek,
            "Summary": post.dek,
            "Category": post.section,
            "Tags": ", ".join(post.tags),
            "Authors": "; ".join(post.authors),
        }
        lines = [f"{key}: {value}" for key, value in fields.items()]
        return "\n".join([*lines, "", linked(post.body, desk.url)])
