"""What time alone will do to a publication: which posts will appear, and which will vanish."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from blogforge.model import Status, Value
from blogforge.site.schedule import appears_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.model import Post


class Event(Value, frozen=True, kw_only=True):
    """A post's page appears or vanishes at a moment, which its front matter says under `key`."""

    at: datetime
    change: Literal["appears", "vanishes"]
    path: str
    title: str
    url: str
    status: Status
    key: Literal["date", "embargo", "expires"]


def events(posts: Iterable[Post], now: datetime) -> tuple[Event, ...]:
    """What happens to `posts` after `now`, in the order of time; drafts wait for their authors.

    Of a withdrawn post it is the notice that appears and vanishes.
    """
    found = [event for post in posts if post.status != "draft" for event in _events(post, now)]
    return tuple(sorted(found, key=lambda event: (event.at, event.path, event.change)))


def _events(post: Post, now: datetime) -> Iterator[Event]:
    appears, expires = appears_at(post), post.expires
    if expires and expires <= max(appears, now):
        return  # it has vanished, or never appears
    if appears > now:
        key: Literal["date", "embargo"] = "date" if appears == post.date else "embargo"
        yield _event(post, "appears", appears, key)
    if expires:
        yield _event(post, "vanishes", expires, "expires")


def _event(
    post: Post,
    change: Literal["appears", "vanishes"],
    at: datetime,
    key: Literal["date", "embargo", "expires"],
) -> Event:
    return Event(
        at=at,
        change=change,
        path=post.path,
        title=post.title,
        url=post.url,
        status=post.status,
        key=key,
    )
