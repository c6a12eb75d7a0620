"""By what feed readers know a post: its id, else its address, which no other post may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.errors import ContentError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.model import Post


def identity(post: Post, origin: str) -> str:
    """What feeds name `post` by; `origin` is scheme and host of the site."""
    return post.id or origin + post.url


def refuse_shared_ids(posts: Iterable[Post], origin: str) -> None:
    """Raise ContentError for posts whose id another one has: readers would see but one of them."""
    posts = tuple(posts)
    if not any(post.id for post in posts):
        return
    problems: list[Problem] = []
    first: dict[str, Post] = {}
    for post in sorted(posts, key=lambda post: (bool(post.id), post.path)):
        other = first.setdefault(identity(post, origin), post)
        if other is not post and post.id:
            message = f"'id' says what already stands for {other.path}: {post.id}"
            hint = "give it an id of its own, or none"
            problems.append(Problem(message, Location(post.path), hint, key=("id",)))
    if problems:
        raise ContentError(problems)
