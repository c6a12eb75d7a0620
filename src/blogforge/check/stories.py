"""Stories of blogforge.yaml that nobody tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.config import CONFIG_FILE
from blogforge.errors import Location, Problem
from blogforge.site.groups import group_key
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.proof import Proof


def unused(proof: Proof) -> Iterator[Problem]:
    """One of `stories:` that no post has, not even one that is not published yet."""
    edition = proof.edition
    told = {group_key(post.story): post.story for post in edition.reading.posts if post.story}
    for index, story in enumerate(edition.site.config.stories):
        if told.keys().isdisjoint(map(group_key, (story.name, story.key))):
            yield Problem(
                f"no post has the story '{story.name}'",
                Location(CONFIG_FILE),
                did_you_mean(story.name, told.values())
                or f"write 'story: {story.name}' in its posts, or take it away here",
                level="warning",
                key=("stories", index, "name"),
            )
