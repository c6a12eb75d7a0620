"""Story threads: what came before a post in its story, and what came after."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from blogforge.model import Thread
from blogforge.site.groups import group_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from blogforge.model import Group, Post

NEAREST = 5


def threads(
    posts: Sequence[Post],
    groups: Mapping[str, Group],
    unlisted: Sequence[Post] = (),
    key_of: Callable[[str], str] = group_key,
) -> dict[str, Thread]:
    """The thread of every post that shares its story with another listed post, by source path.

    `groups`: a story's key -> its group; one for every story of `posts`. `key_of`: a story's name
    -> its key. The order is that of
    time, then of path; of a long story the `NEAREST` posts on either side, so that a new one does
    not touch the pages of all before it. `unlisted` posts see the thread, and are not in it.
    """
    stories: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for post in posts:
        if post.story:
            stories[key_of(post.story)].append(_in_time(post))
    for members in stories.values():
        members.sort()
    found = {}
    for post in (*posts, *unlisted):
        key = key_of(post.story)
        members = stories.get(key, [])
        before = bisect_left(members, _in_time(post))
        after = bisect_right(members, _in_time(post))
        earlier = members[max(before - NEAREST, 0) : before]
        later = members[after : after + NEAREST]
        if earlier or later:
            found[post.path] = Thread(
                group=groups[key],
                earlier=tuple(path for _, path in earlier),
                later=tuple(path for _, path in later),
                whole=before <= NEAREST and len(members) - after <= NEAREST,
            )
    return found


def _in_time(post: Post) -> tuple[datetime, str]:
    return post.date, post.path
