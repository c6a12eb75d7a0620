"""What a publication got wrong and put right, over all its articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.model import Correction, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.model import Post


class Corrected(Value, frozen=True, kw_only=True):
    """A correction, and the source path of the post that it is to."""

    path: str
    correction: Correction


def corrected(posts: Iterable[Post]) -> tuple[Corrected, ...]:
    """Every correction of `posts`, the newest first; those of one moment by path."""
    found = [
        Corrected(path=post.path, correction=correction)
        for post in posts
        for correction in post.corrections
    ]
    found.sort(key=lambda each: (each.path, each.correction.id))
    found.sort(key=lambda each: each.correction.date, reverse=True)
    return tuple(found)
