"""Tags that differ only in case, spacing or Unicode form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.errors import Edit, Location, Problem
from blogforge.site.groups import group_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.proof import Proof


def spellings(proof: Proof) -> Iterator[Problem]:
    """A tag that is spelled in another way than its page shows it."""
    edition = proof.edition
    shown = {group.key: group.name for group in edition.site.groups if group.kind == "tag"}
    for post in edition.site.posts:
        for index, tag in enumerate(post.tags):
            name = shown[group_key(tag)]
            if tag != name:
                yield Problem(
                    f"the tag '{tag}' is elsewhere spelled '{name}'",
                    Location(post.path),
                    f"write '{name}', as most posts do",
                    level="warning",
                    key=("tags", index),
                    edit=Edit(tag, name),
                )
