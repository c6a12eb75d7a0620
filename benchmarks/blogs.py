"""The blogs whose authors' links are looked at, and how their posts become those of a site."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import yaml

from blogforge.content.frontmatter import split
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Blog(NamedTuple):
    """A blog that was at `hosts`. `write` makes the posts in its folder those of a site's posts/.

    `tuned`: half of its sources may be looked at while the ranking is made.
    """

    name: str
    hosts: tuple[str, ...]
    write: Callable[[Path, Path], object]
    tuned: bool = False


def copy(folder: Path, posts: Path) -> None:
    """Posts that are blogforge's."""
    shutil.copytree(folder / "posts", posts, copy_function=shutil.copyfile)


def convert(folder: Path, posts: Path) -> None:
    """Posts of Hugo's in folders by language: title, dek, byline and date are kept."""
    for file in sorted(folder.glob("content/*/blog/posts/*.md")):
        parts = split(file.read_text(encoding="utf-8"), file.name)
        said = yaml.safe_load(parts.front)
        lang = file.relative_to(folder).parts[1]
        front = {
            "title": said["title"],
            "dek": said["description"],
            "authors": [said["author"]] if said["author"] else [],
            "date": str(said["date"])[:10],
            "lang": lang,
        }
        new = posts / lang / f"{front['date']}-{slugify(file.stem)}.md"
        new.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(front, allow_unicode=True)
        new.write_text(f"---\n{text}---\n{parts.body}", encoding="utf-8")


BLOGS = (
    Blog("rustblog", ("blog.rust-lang.org",), copy, tuned=True),
    Blog("18f", ("18f.gsa.gov",), copy),
    Blog("cds", ("digital.canada.ca", "numerique.canada.ca"), convert),
)
