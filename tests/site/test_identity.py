from __future__ import annotations

import pytest

from blogforge.errors import ContentError
from blogforge.site.identity import refuse_shared_ids
from tests.invented import post

ORIGIN = "https://dispatch.example"
A_URL = f"{ORIGIN}/2012/03/01/a/"


@pytest.mark.parametrize(
    ("first", "second"),
    [({"id": "tag:x,2012:1"}, {"id": "tag:x,2012:1"}), ({}, {"id": A_URL})],
)
def test_no_two_posts_are_one_to_a_feed_reader(
    first: dict[str, str], second: dict[str, str]
) -> None:
    with pytest.raises(ContentError) as error:
        refuse_shared_ids([post("b", **second), post("a", **first)], ORIGIN)
    [problem] = error.value.problems
    assert problem.location is not None
    assert (problem.location.path, problem.key) == ("posts/b.md", ("id",))
    assert "posts/a.md" in problem.message


def test_an_id_may_be_the_post_s_own_address() -> None:
    refuse_shared_ids([post("a", id=A_URL), post("b", id="tag:x,2012:1"), post("c")], ORIGIN)
