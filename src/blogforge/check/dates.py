"""Dates that cannot be meant."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from blogforge.errors import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from blogforge.check.proof import Proof
    from blogforge.model import Post
    from blogforge.strict_yaml import KeyPath

    Found = tuple[KeyPath, str, str]  # key, message, hint

_FAR = timedelta(days=365)
_NAMED = re.compile(r"(?:.*/)?(\d{4})-(\d{2})-(\d{2})-[^/]+(?:/index)?\.\w+")


def in_file_name(proof: Proof) -> Iterator[Problem]:
    """A post whose front matter has another day than its file's name."""
    zone = ZoneInfo(proof.edition.config.timezone)
    for post in proof.edition.reading.posts:
        named = _day_of(post.path)
        if named and named not in (post.date.date(), _within(post.date, zone)):
            message = f"the date is {post.date:%Y-%m-%d}, and the file's name says {named}"
            hint = "its address has the date of the front matter: rename the file, or correct it"
            yield _problem(post, ("date",), message, hint)


def _day_of(path: str) -> date | None:
    found = _NAMED.fullmatch(path)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _within(moment: datetime, zone: ZoneInfo) -> date | None:
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        return None


def doubtful(proof: Proof) -> Iterator[Problem]:
    """Dates of a post that are not in order, or so far ahead that a digit may be wrong."""
    now = proof.edition.site.now
    for post in proof.edition.reading.posts:
        for key, message, hint in (*_of_post(post, now), *_of_corrections(post, now)):
            yield _problem(post, key, message, hint)


def _of_post(post: Post, now: datetime) -> Iterator[Found]:
    if post.date - now > _FAR:
        days = (post.date - now).days
        yield ("date",), f"the post appears in {days} days, if nobody forgets it", "is it the year?"
    if post.updated and post.updated < post.date:
        yield ("updated",), "the post was updated before its date", "correct one of the two"
    if post.updated and post.updated > now and post.date <= now:
        yield ("updated",), "the post was updated in the future", "correct it"
    if post.expires and post.expires <= post.date:
        yield ("expires",), "the post expires before it appears", "correct one of the two"
    elif post.expires and post.embargo and post.expires <= post.embargo:
        yield ("expires",), "the post expires before its embargo ends", "correct one of the two"


def _of_corrections(post: Post, now: datetime) -> Iterator[Found]:
    for index, correction in enumerate(post.corrections):
        key = ("corrections", index, "date")
        if correction.date.date() < post.date.date():
            yield key, "the correction is older than the post", "correct one of the two dates"
        elif correction.date > now and post.date <= now:
            yield key, "the correction was made in the future", "correct its date"


def old_draft(proof: Proof) -> Iterator[Problem]:
    """A draft whose day was more than a year ago."""
    now = proof.edition.site.now
    for post in proof.edition.reading.posts:
        if post.status == "draft" and now - post.date > _FAR:
            message = f"the draft has been lying since {post.date:%Y-%m-%d}"
            yield _problem(post, ("status",), message, "finish it, or take it away")


def _problem(post: Post, key: KeyPath, message: str, hint: str) -> Problem:
    return Problem(message, Location(post.path), hint, level="warning", key=key)
