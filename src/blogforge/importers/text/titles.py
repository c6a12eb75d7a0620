"""The published posts that a site has already, by the words of their headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blogforge.content.find import find
from blogforge.content.frontmatter import split
from blogforge.errors import ContentError
from blogforge.importers.text.passages import words
from blogforge.strict_yaml import parse
from blogforge.textfile import decode, read_bytes

if TYPE_CHECKING:
    from pathlib import Path


def titles(site: Path) -> dict[tuple[str, ...], str]:
    """Folded words of a headline -> the post's path; of two posts on one headline, neither.

    Posts that cannot be read are passed over: a build tells of them.
    """
    found: dict[tuple[str, ...], str] = {}
    twice: set[tuple[str, ...]] = set()
    for path in find(site).posts if (site / "posts").is_dir() else ():
        try:
            front = split(decode(read_bytes(site / path, path), path), path).front
            values = parse(front, path).values
        except ContentError:
            continue
        shown = isinstance(values, dict) and _is_published(values)
        title = words(str(values.get("title", ""))) if shown else ()
        if title in found:
            twice.add(title)
        found[title] = path
    return {title: path for title, path in found.items() if title and title not in twice}


def _is_published(values: dict[str, Any]) -> bool:
    """Whether others may pin the post: a pin on a draft is an error."""
    return values.get("status") in {None, "published"} and values.get("draft") != "true"
