from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from blogforge.model import Skipped
from blogforge.site.schedule import Schedule, select
from tests.invented import NOW, day, post, standalone

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(days=2)


def scheduled(*, drafts: bool = False, future: bool = False, **fields: Any) -> Schedule:
    return select([post(**fields)], [], NOW, drafts=drafts, future=future)


def outcome(**fields: Any) -> str:
    """`published`, or why a post with these fields is not."""
    found = scheduled(**fields)
    assert len(found.posts) + len(found.skipped) == 1
    return "published" if found.posts else found.skipped[0].reason


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "published"),
        ({"status": "unlisted"}, "published"),
        ({"status": "draft"}, "draft"),
        ({"status": "draft", "drafts": True}, "published"),
        ({"status": "draft", "future": True}, "draft"),
        ({"status": "withdrawn"}, "withdrawn"),
        ({"status": "withdrawn", "drafts": True, "future": True}, "withdrawn"),
        ({"date": LATER}, "scheduled"),
        ({"date": LATER, "future": True}, "published"),
        ({"date": LATER, "drafts": True}, "scheduled"),
        ({"date": LATER, "status": "draft", "drafts": True}, "scheduled"),
        ({"date": LATER, "status": "draft", "drafts": True, "future": True}, "published"),
        ({"date": LATER, "status": "draft"}, "draft"),
        ({"date": LATER, "status": "unlisted"}, "scheduled"),
        ({"embargo": LATER}, "scheduled"),
        ({"embargo": LATER, "future": True}, "published"),
        ({"expires": day(20)}, "expired"),
        ({"expires": day(20), "drafts": True, "future": True}, "expired"),
        ({"expires": LATER}, "published"),
        ({"expires": day(20), "date": LATER}, "expired"),
    ],
)
def test_what_is_published(fields: dict[str, Any], expected: str) -> None:
    assert outcome(**fields) == expected


@pytest.mark.parametrize(
    ("field", "before", "at"),
    [
        ("date", "scheduled", "published"),
        ("embargo", "scheduled", "published"),
        ("expires", "published", "expired"),
    ],
)
def test_the_moment_itself_belongs_to_what_comes_after(field: str, before: str, at: str) -> None:
    assert outcome(**{field: NOW + SECOND}) == before
    assert outcome(**{field: NOW}) == at
    assert outcome(**{field: NOW - SECOND}) == at


def test_moments_compare_whatever_their_offset() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert outcome(date=NOW.astimezone(tokyo)) == "published"
    assert outcome(date=datetime(2012, 4, 1, 21, 0, 1, tzinfo=tokyo)) == "scheduled"


def test_an_embargo_does_not_bring_a_date_forward() -> None:
    found = scheduled(date=LATER, embargo=day(5))
    assert found.skipped[0].until == LATER


def test_a_scheduled_post_says_until_when() -> None:
    found = scheduled(date=day(5), embargo=LATER)
    assert found.skipped == (Skipped(path="posts/a.md", reason="scheduled", until=LATER),)


def test_what_time_alone_never_publishes_says_no_until() -> None:
    found = scheduled(status="draft", date=LATER)
    assert found.skipped[0].until is None
    assert found.next_change_at is None


def test_a_withdrawn_post_leaves_a_notice_that_knows_nothing_but_where_and_when() -> None:
    fields: dict[str, Any] = {
        "title": "Grain",
        "slug": "grain",
        "aliases": ("/old/",),
        "updated": day(9),
    }
    found = scheduled(status="withdrawn", dek="Short.", tags=("sea",), extra={"x": 1}, **fields)
    (left,) = found.withdrawn
    assert {name: getattr(left, name) for name in fields} == fields
    assert (left.dek, left.tags, left.extra) == ("", (), {})
    assert found.skipped == (Skipped(path="posts/a.md", reason="withdrawn"),)


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({"date": LATER}, LATER),
        ({"embargo": LATER}, LATER),
        ({"expires": day(20)}, None),
    ],
)
def test_what_was_withdrawn_before_it_appeared_or_after_it_expired_leaves_nothing(
    fields: dict[str, Any], until: datetime | None
) -> None:
    found = scheduled(status="withdrawn", **fields)
    assert found.withdrawn == ()
    assert found.next_change_at == until


def test_a_notice_expires_as_its_post_would_have() -> None:
    found = scheduled(status="withdrawn", expires=LATER)
    assert len(found.withdrawn) == 1
    assert found.next_change_at == LATER


def test_a_look_ahead_shows_the_notice_to_come() -> None:
    assert scheduled(status="withdrawn", date=LATER, future=True).withdrawn


def test_the_next_change_is_the_first_of_all() -> None:
    posts = [
        post("soon", date=NOW + 2 * SECOND),
        post("gone", expires=NOW + SECOND),
        post("late", date=LATER),
        post("over", expires=NOW - SECOND),
        post("quiet"),
    ]
    assert select(posts, [], NOW).next_change_at == NOW + SECOND
    assert select(posts, [], NOW + SECOND).next_change_at == NOW + 2 * SECOND
    assert select(posts, [], LATER).next_change_at is None


def test_nothing_changes_before_the_next_change() -> None:
    posts = [post("a", date=NOW + 10 * SECOND), post("b", expires=NOW + 20 * SECOND)]
    change = select(posts, [], NOW).next_change_at
    assert change is not None
    assert select(posts, [], change - SECOND).posts == select(posts, [], NOW).posts
    assert select(posts, [], change).posts != select(posts, [], NOW).posts


def test_pages_have_a_status_and_no_time() -> None:
    pages = [standalone("about"), standalone("plan", status="draft")]
    pages += [standalone("old", status="withdrawn"), standalone("aside", status="unlisted")]
    found = select([], pages, NOW)
    assert [page.slug for page in found.standalones] == ["about", "aside"]
    assert {skip.path: skip.reason for skip in found.skipped} == {
        "pages/old.md": "withdrawn",
        "pages/plan.md": "draft",
    }
    assert [page.slug for page in select([], pages, NOW, drafts=True).standalones] == [
        "about",
        "plan",
        "aside",
    ]


def test_what_is_left_out_is_sorted_by_path() -> None:
    posts = [post(name, status="draft") for name in ("c", "a", "b")]
    assert [skip.path for skip in select(posts, [], NOW).skipped] == [
        "posts/a.md",
        "posts/b.md",
        "posts/c.md",
    ]
