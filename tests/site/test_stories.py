from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.model import Group, Post, Thread
from blogforge.site.stories import NEAREST, threads

EPOCH = datetime(2012, 1, 1, tzinfo=UTC)
LIBYA = Group(kind="story", key="libya-to-mali", name="Libya to Mali", url="/story/libya-to-mali/")
GROUPS = {LIBYA.key: LIBYA}


def post(path: str, day: int, story: str = "Libya to Mali") -> Post:
    date = EPOCH + timedelta(days=day)
    return Post(
        path=path, digest="", url="", slug=path, title=path, lang="en", date=date, story=story
    )


def test_a_thread_is_in_the_order_of_time() -> None:
    posts = [post("coup", 3), post("arms", 1), post("azawad", 5), post("revolt", 2)]
    assert threads(posts, GROUPS)["coup"] == Thread(
        group=LIBYA, earlier=("arms", "revolt"), later=("azawad",)
    )


def test_posts_of_one_moment_go_by_path() -> None:
    posts = [post("c", 1), post("a", 1), post("b", 1)]
    thread = threads(posts, GROUPS)["b"]
    assert (thread.earlier, thread.later) == (("a",), ("c",))


def test_spellings_of_one_story_are_one_thread() -> None:
    posts = [post("a", 1, "Libya to Mali"), post("b", 2, "libya  to MALI")]
    assert threads(posts, GROUPS)["a"].later == ("b",)


@pytest.mark.parametrize("others", [[], [post("x", 2, "")], [post("x", 2, "Sahel")]])
def test_a_post_alone_in_its_story_has_no_thread(others: list[Post]) -> None:
    assert threads([post("a", 1), *others], GROUPS) == {}


def test_an_unlisted_post_sees_the_thread_and_is_not_in_it() -> None:
    found = threads([post("a", 1), post("c", 3)], GROUPS, unlisted=[post("b", 2)])
    assert (found["b"].earlier, found["b"].later) == (("a",), ("c",))
    assert found["a"].later == ("c",)
    assert threads([post("a", 1)], GROUPS, unlisted=[post("b", 2)]).keys() == {"b"}


def test_a_story_without_its_group_is_an_error() -> None:
    with pytest.raises(KeyError):
        threads([post("a", 1), post("b", 2)], {})


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=12))
def test_everyone_in_a_story_sees_the_nearest(days: list[int]) -> None:
    posts = [post(f"p{number}", day) for number, day in enumerate(days)]
    order = tuple(p.path for p in sorted(posts, key=lambda p: (p.date, p.path)))
    for path, thread in threads(posts, GROUPS).items():
        place = order.index(path)
        assert thread.earlier == order[max(place - NEAREST, 0) : place]
        assert thread.later == order[place + 1 : place + 1 + NEAREST]
        assert thread.whole == ((*thread.earlier, path, *thread.later) == order)
