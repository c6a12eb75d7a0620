from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.digest import digest_bytes, digest_value
from blogforge.model import Link

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def test_a_digest_stays_the_same_for_ever() -> None:
    assert digest_bytes(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert digest_value({"a": [1, None, "é"]}) == digest_bytes('{"a":[1,null,"é"]}'.encode())


def test_values_are_their_content() -> None:
    assert digest_value(Link(title="a", url="b")) == digest_value(Link(title="a", url="b"))
    assert digest_value(Link(title="a", url="b")) != digest_value(Link(title="b", url="a"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, "1"),
        (True, 1),
        (None, ""),
        ([], {}),
        (["ab"], ["a", "b"]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),  # a template may go through them
        (
            datetime(2012, 3, 21, 12, tzinfo=UTC),
            datetime(2012, 3, 21, 14, tzinfo=timezone(timedelta(hours=2))),
        ),
        (date(2012, 3, 21), datetime(2012, 3, 21, tzinfo=UTC)),
    ],
)
def test_what_differs_has_another_digest(one: object, other: object) -> None:
    assert digest_value(one) != digest_value(other)


def test_what_has_no_digest() -> None:
    with pytest.raises(TypeError):
        digest_value(object())


@given(JSON, JSON)
@settings(max_examples=200)
def test_equal_digests_mean_equal_values(one: Any, other: Any) -> None:
    assert (digest_value(one) == digest_value(other)) == (repr(one) == repr(other))
