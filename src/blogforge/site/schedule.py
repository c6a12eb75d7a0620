"""What may be published at a moment in time, and what is left of what was withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from blogforge.model import Document, Post, Skipped, Standalone, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

D = TypeVar("D", bound=Document)


class Schedule(Value, frozen=True, kw_only=True):
    """What has a page at a moment, what is left out, and when time alone changes that next.

    `withdrawn` are the notices of posts that were published, and are among those left out.
    """

    posts: tuple[Post, ...]
    standalones: tuple[Standalone, ...]
    withdrawn: tuple[Post, ...] = ()
    skipped: tuple[Skipped, ...]
    next_change_at: datetime | None


def select(
    posts: Collection[Post],
    standalones: Iterable[Standalone],
    now: datetime,
    *,
    drafts: bool = False,
    future: bool = False,
) -> Schedule:
    """Divide documents into those published at `now` and the others, each with its reason.

    `drafts` and `future` publish drafts and scheduled posts as well, for a look before the time.
    """
    skipped: list[Skipped] = []
    published = _published(posts, now, skipped, drafts=drafts, future=future)
    pages = _published(standalones, now, skipped, drafts=drafts, future=future)
    gone = {skip.path for skip in skipped if skip.reason == "withdrawn" and not skip.until}
    withdrawn = [post for post in posts if post.path in gone] if gone else []
    changes = [post.expires for post in (*published, *withdrawn) if post.expires]
    changes += [skip.until for skip in skipped if skip.until]
    return Schedule(
        posts=published,
        standalones=pages,
        withdrawn=tuple(map(notice, withdrawn)),
        skipped=tuple(sorted(skipped, key=lambda skip: skip.path)),
        next_change_at=min(changes, default=None),
    )


def notice(post: Post) -> Post:
    """What the page of a withdrawn post may know: its address, its title, and its dates."""
    return Post(
        path=post.path,
        digest=post.digest,
        url=post.url,
        slug=post.slug,
        title=post.title,
        lang=post.lang,
        status=post.status,
        aliases=post.aliases,
        date=post.date,
        updated=post.updated,
    )


def appears_at(post: Post) -> datetime:
    """When a post may be published first."""
    return max(post.date, post.embargo or post.date)


def _published(
    documents: Iterable[D], now: datetime, skipped: list[Skipped], *, drafts: bool, future: bool
) -> tuple[D, ...]:
    found = []
    for document in documents:
        left_out = _left_out(document, now, drafts=drafts, future=future)
        if left_out is None:
            found.append(document)
        else:
            skipped.append(left_out)
    return tuple(found)


def _left_out(document: Document, now: datetime, *, drafts: bool, future: bool) -> Skipped | None:
    withdrawn = document.status == "withdrawn"
    if document.status == "draft" and not drafts:
        return Skipped(path=document.path, reason="draft")
    if not isinstance(document, Post):
        return Skipped(path=document.path, reason="withdrawn") if withdrawn else None
    if document.expires and document.expires <= now:
        return Skipped(path=document.path, reason="expired")
    appears = appears_at(document)
    if appears > now and not future:
        return Skipped(
            path=document.path,
            reason="withdrawn" if withdrawn else "scheduled",
            until=appears,
        )
    return Skipped(path=document.path, reason="withdrawn") if withdrawn else None
