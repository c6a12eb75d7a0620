"""What may be published at a moment in time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from blogforge.model import Document, Post, Skipped, Standalone, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

D = TypeVar("D", bound=Document)


class Schedule(Value, frozen=True, kw_only=True):
    """What has a page at a moment, what is left out, and when time alone changes that next."""

    posts: tuple[Post, ...]
    standalones: tuple[Standalone, ...]
    skipped: tuple[Skipped, ...]
    next_change_at: datetime | None


def select(
    posts: Iterable[Post],
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
    changes = [post.expires for post in published if post.expires]
    changes += [skip.until for skip in skipped if skip.until]
    return Schedule(
        posts=published,
        standalones=pages,
        skipped=tuple(sorted(skipped, key=lambda skip: skip.path)),
        next_change_at=min(changes, default=None),
    )


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
    if document.status == "withdrawn":
        return Skipped(path=document.path, reason="withdrawn")
    if document.status == "draft" and not drafts:
        return Skipped(path=document.path, reason="draft")
    if not isinstance(document, Post):
        return None
    if document.expires and document.expires <= now:
        return Skipped(path=document.path, reason="expired")
    appears = max(document.date, document.embargo or document.date)
    if appears > now and not future:
        return Skipped(path=document.path, reason="scheduled", until=appears)
    return None
