"""The events of a publication are the moments at which its schedule changes, and no others."""

from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blogforge.model import Post, Status
from blogforge.site.schedule import appears_at, select
from blogforge.site.upcoming import Event, events
from tests.invented import NOW, day, post

HOUR = timedelta(hours=1)
HOURS = st.integers(-3, 6).map(lambda hours: NOW + hours * HOUR)


@st.composite
def posts(draw: st.DrawFn) -> tuple[Post, ...]:
    statuses: list[Status] = ["published", "draft", "unlisted", "withdrawn"]
    return tuple(
        post(
            name,
            date=draw(HOURS),
            embargo=draw(st.none() | HOURS),
            expires=draw(st.none() | HOURS),
            status=draw(st.sampled_from(statuses)),
        )
        for name in "abc"[: draw(st.integers(0, 3))]
    )


def shown(found: tuple[Post, ...], now: datetime) -> set[str]:
    """The posts that have a page at a moment, if only one that tells of their withdrawal."""
    schedule = select(found, [], now)
    return {each.path for each in (*schedule.posts, *schedule.withdrawn)}


@given(posts())
def test_what_is_listed_happens_and_nothing_else(found: tuple[Post, ...]) -> None:
    told = events(found, NOW)
    assert [event.at for event in told] == sorted(event.at for event in told)
    there = shown(found, NOW)
    for hour in range(1, 8):
        now = NOW + hour * HOUR
        changes = [event for event in told if event.at == now]
        there -= {event.path for event in changes if event.change == "vanishes"}
        there |= {event.path for event in changes if event.change == "appears"}
        assert shown(found, now) == there
    assert all(NOW < event.at <= NOW + 6 * HOUR for event in told)


@given(posts())
def test_the_first_event_is_the_next_change(found: tuple[Post, ...]) -> None:
    # What expires before it appears is a change of why it is not there, and of nothing else.
    assume(not any(each.expires and each.expires <= appears_at(each) for each in found))
    first = next((event.at for event in events(found, NOW)), None)
    assert select(found, [], NOW).next_change_at == first


@pytest.mark.parametrize(
    ("embargo", "key"), [(None, "date"), (day(5), "date"), (NOW + 3 * HOUR, "embargo")]
)
def test_an_event_names_the_key_that_makes_it(embargo: datetime | None, key: str) -> None:
    made = post("a", date=NOW + HOUR, embargo=embargo, expires=NOW + 6 * HOUR, title="Soon")
    first, second = events([made], NOW)
    assert first == Event(
        at=made.date if key == "date" else NOW + 3 * HOUR,
        change="appears",
        path="posts/a.md",
        title="Soon",
        url=made.url,
        status="published",
        key=key,  # type: ignore[arg-type]  # a literal
    )
    assert (second.change, second.key, second.at) == ("vanishes", "expires", NOW + 6 * HOUR)


def test_drafts_have_no_events() -> None:
    assert events([post("a", status="draft", date=NOW + HOUR, expires=NOW + 2 * HOUR)], NOW) == ()
