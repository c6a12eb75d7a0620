"""What a generator of sites needs to be measured: its posts, its templates, its command."""

from __future__ import annotations

import json
import shutil
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.posts import linked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.posts import Desk, Post

BENCHMARKS = Path(__file__).parents[1]
REPOSITORY = BENCHMARKS.parent
PROGRAMS = REPOSITORY / ".venv-bench/bin"
NODE_MODULES = BENCHMARKS / "node/node_modules"
STYLES = REPOSITORY / "static/style.css"


class Peer(ABC):
    """A generator, in one of the ways in which it can be set up.

    The templates named by `article` and `base` have `<p class="dates">` and
    `<p class="footer-title">`, by which they are edited.
    """

    name: str
    posts: str = "content"  # the folder of the posts, in that of the site
    article: str  # the template of articles
    base: str  # and the frame of every page
    skeleton: str = ""  # the folder in sites/ that a site begins as
    styles: str = ""  # where the style sheet goes

    @abstractmethod
    def version(self) -> str:
        """What is measured. Raises OSError or CalledProcessError where it cannot be run."""

    @abstractmethod
    def command(self, site: Path, tree: Path) -> list[str]:
        """What builds `site`, where it is run, into `tree`, whose neighbours are its own, too."""

    @abstractmethod
    def source(self, post: Post, desk: Desk) -> str:
        """`post` in this generator's own words."""

    def source_of(self, site: Path, post: Post) -> Path:
        """The file of `post`."""
        return site / self.posts / f"{post.slug}.md"

    def write(self, site: Path, desk: Desk) -> None:
        """Write everything that `command` needs into the new folder `site`."""
        shutil.copytree(BENCHMARKS / "sites" / self.skeleton, site)
        (site / self.styles).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(STYLES, site / self.styles)
        for post in desk.posts():
            self.add(site, post, desk)

    def add(self, site: Path, post: Post, desk: Desk) -> None:
        """Write `post`."""
        file = self.source_of(site, post)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.source(post, desk), encoding="utf-8")


def matter(post: Post, desk: Desk, fields: Mapping[str, object]) -> str:
    """A file that opens with `fields` as YAML, in JSON's spelling; its links are addresses."""
    lines = [f"{key}: {json.dumps(value)}" for key, value in fields.items()]
    body = linked(post.body, desk.url)
    return "\n".join(["---", *lines, "---", "", body])


def first_line(*command: str | Path) -> str:
    """The first line that a command prints, which must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip().splitlines()[0]
