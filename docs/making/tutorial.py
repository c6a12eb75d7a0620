"""The tutorial as a reader walks it: its own blocks of code, typed into its own commands."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from docs.making.assemble import DOCS, REPOSITORY

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PHOTOGRAPH = REPOSITORY / "posts/images/night.jpg"


class Walk:
    """A reader of the tutorial with a terminal in `folder`, which is empty."""

    def __init__(self, folder: Path) -> None:
        blocks = _BLOCK.findall((DOCS / "tutorial.md").read_text(encoding="utf-8"))
        self.settings, self.authors, self.target = (t for kind, t in blocks if kind == "yaml")
        (self.article,) = (text for kind, text in blocks if kind == "markdown")
        self.finding = next(text for kind, text in blocks if kind == "text" and "warning" in text)
        self.desk = folder / "my-desk"

    def start(self) -> None:
        """Start the publication, and give it a name and an author."""
        blogforge("new", "site", self.desk).check_returncode()
        config = self.desk / "blogforge.yaml"
        text = config.read_text(encoding="utf-8")
        for line in self.settings.splitlines():
            key = line.partition(":")[0]
            text = re.sub(rf"^{key}:.*$", line, text, count=1, flags=re.MULTILINE)
        config.write_text(text, encoding="utf-8")
        (self.desk / "authors.yaml").write_text(self.authors, encoding="utf-8")

    def mend(self) -> None:
        """Name the author of the first post who there is."""
        (first,) = (self.desk / "posts").glob("*-first-post.md")
        _replace(first, "[editor]", "[ana]")

    def write(self) -> Path:
        """Write the article, with its picture beside it, as a draft."""
        title = re.findall(r"^title: (.+)$", self.article, re.MULTILINE)[0]
        made = blogforge("new", "post", title, folder=self.desk)
        made.check_returncode()
        post = self.desk / made.stdout.removeprefix("created ").strip()
        dated = re.findall(r"^date: .+\n", post.read_text(encoding="utf-8"), re.MULTILINE)[0]
        article = self.article.replace("---\n", f"---\n{dated}", 1)
        post.write_text(article, encoding="utf-8")
        shutil.copy(_PHOTOGRAPH, post.with_name("coast.jpg"))
        return post

    def publish(self, post: Path) -> None:
        """Publish the article, and say where the site goes."""
        _replace(post, "status: draft", "status: published")
        config = self.desk / "blogforge.yaml"
        for line in self.target.splitlines():
            _replace(config, f"# {line}\n", f"{line}\n")


def blogforge(
    *arguments: str | Path, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of blogforge in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "blogforge", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file} does not say '{old}' once"
    file.write_text(text.replace(old, new), encoding="utf-8")
