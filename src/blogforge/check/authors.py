"""Authors whom authors.yaml does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.errors import Location, Problem
from blogforge.site.groups import group_key
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.proof import Proof


def unknown(proof: Proof) -> Iterator[Problem]:
    """An author without bio or handle, where an authors.yaml exists: perhaps a slip of the pen."""
    reading = proof.edition.reading
    known = reading.authors
    if not known:
        return
    keys = {group_key(name) for author in known.values() for name in (author.id, author.name)}
    for post in reading.posts:
        for index, text in enumerate(post.authors):
            if group_key(text) not in keys:
                yield Problem(
                    f"the author '{text}' is not in authors.yaml",
                    Location(post.path),
                    did_you_mean(text, known) or "add an entry there with a name and a bio",
                    level="warning",
                    key=("authors", index),
                )
