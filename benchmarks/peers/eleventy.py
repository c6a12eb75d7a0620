"""Eleventy, with Nunjucks, footnotes and Prism."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peers.peer import NODE_MODULES, Peer, first_line, matter

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.posts import Desk, Post


class Eleventy(Peer):
    """Eleventy as it comes."""

    name = "eleventy"
    posts = "posts"
    article, base = "_includes/article.njk", "_includes/base.njk"
    skeleton, styles = "eleventy", "style.css"

    def version(self) -> str:
        """As Eleventy says it, and what runs it."""
        number = first_line("node", NODE_MODULES / "@11ty/eleventy/cmd.cjs", "--version")
        return f"Eleventy {number}, Node {first_line('node', '--version')[1:]}"

    def command(self, site: Path, tree: Path) -> list[str]:
        """A quiet build; more memory than Node allows itself, which 10,000 posts need."""
        program = [
            "node",
            "--max-old-space-size=8192",
            str(NODE_MODULES / "@11ty/eleventy/cmd.cjs"),
        ]
        return [*program, "--quiet", f"--output={tree}"]

    def write(self, site: Path, desk: Desk) -> None:
        """The site finds its modules where Node looks for them."""
        super().write(site, desk)
        (site / "node_modules").symlink_to(NODE_MODULES)

    def source(self, post: Post, desk: Desk) -> str:
        """Tags are called topics: Eleventy makes a collection of each of its own `tags`."""
        fields = {
            "title": post.title,
            "date": f"{post.date:%Y-%m-%dT%H:%M:%SZ}",
            "slug": post.slug,
            "description": post.dek,
            "section": post.section,
            "topics": post.tags,
            "authors": post.authors,
        }
        return matter(post, desk, fields)
