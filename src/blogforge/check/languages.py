"""Words for what there is not: of further languages, in blogforge.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.config import CONFIG_FILE
from blogforge.errors import Location, Problem
from blogforge.site.groups import group_key
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.check.proof import Proof


def idle(proof: Proof) -> Iterator[Problem]:
    """A section, story or author of `languages:` that no post and no setting names."""
    edition = proof.edition
    config, posts = edition.site.config, edition.reading.posts
    sections = {*(s.name for s in config.sections), *(post.section for post in posts)}
    stories = {*(s.name for s in config.stories), *(post.story for post in posts)}
    authors = {*edition.reading.authors, *(text for post in posts for text in post.authors)}
    for tag, words in config.languages.items():
        yield from _idle(tag, "sections", words.sections, sections)
        yield from _idle(tag, "stories", words.stories, stories)
        yield from _idle(tag, "authors", words.authors, authors)


def _idle(tag: str, kind: str, written: Iterable[str], known: set[str]) -> Iterator[Problem]:
    keys = set(map(group_key, known))
    for name in written:
        if group_key(name) not in keys:
            yield Problem(
                f"there are no {kind} named '{name}' to be called otherwise",
                Location(CONFIG_FILE),
                did_you_mean(name, sorted(known)) or f"name it as {kind} are elsewhere",
                level="warning",
                key=("languages", tag, kind, name),
            )
