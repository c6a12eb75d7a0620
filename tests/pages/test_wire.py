from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from blogforge.pages.wire import absolute, plain, timestamp, whole


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_plain_text_always_fits_into_xml(text: str) -> None:
    element = etree.Element("t")
    element.text = plain(text)
    assert etree.fromstring(etree.tostring(element)).text in {plain(text), None}


def test_plain_keeps_line_ends_emoji_and_marks_of_direction() -> None:
    assert plain("a\tb\r\nc 🗞️ \u200fعربي") == "a\tb\r\nc 🗞️ \u200fعربي"
    assert plain("\x00a\x0b\ud800\ufffe\uffffb") == "ab"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2012, 3, 21, 9, 5, tzinfo=UTC), "2012-03-21T09:05:00+00:00"),
        (
            datetime(2012, 3, 21, 9, 5, 1, 999999, timezone(timedelta(hours=5, minutes=30))),
            "2012-03-21T09:05:01+05:30",
        ),
        (
            datetime(1880, 1, 1, 0, 19, 32, tzinfo=timezone(timedelta(minutes=19, seconds=32))),
            "1880-01-01T00:00:00+00:00",
        ),
    ],
)
def test_timestamps_have_whole_seconds_and_offsets_of_whole_minutes(
    moment: datetime, written: str
) -> None:
    assert timestamp(moment) == written


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="no offset"):
        whole(datetime(2012, 3, 21))


@pytest.mark.parametrize(
    ("url", "resolved"),
    [
        ("/a/", "https://example.org/a/"),
        (" b.jpg\n", "https://example.org/blog/post/b.jpg"),
        ("../c", "https://example.org/blog/c"),
        ("#fn:1", "https://example.org/blog/post/#fn:1"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("/a/../b/./c", "https://example.org/b/c"),
        ("/a?#", "https://example.org/a"),
        ("https://b.example/?", "https://b.example/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("http://[", "http://["),
    ],
)
def test_absolute(url: str, resolved: str) -> None:
    assert absolute(url, "https://example.org/blog/post/") == resolved


BEGINNINGS = ["", "/", "//", "https://", "http://a.b", "https://a.b/", "HTTPS://a.b/", "mailto:"]
PARTS = ["a", "b/", "./", "../", "..", "?", "#", ";", ":", "@", "[", "80", "%2e", "x=1", "é", "~"]
ADDRESSES = st.builds(
    "".join,
    st.builds(
        lambda a, b: [a, *b],
        st.sampled_from(BEGINNINGS),
        st.lists(st.sampled_from(PARTS), max_size=5),
    ),
)
BASES = st.sampled_from(
    ["https://example.org/", "https://example.org/blog/post/", "http://localhost:8000/a?b#c", "b"]
)


@settings(max_examples=2_000, deadline=None)
@given(ADDRESSES, BASES)
def test_the_short_way_to_an_address_is_the_standard_library_s(url: str, base: str) -> None:
    try:
        expected = urljoin(base, url)
    except ValueError:
        expected = url
    assert absolute(url, base) == expected


def test_what_is_safe_and_what_is_not_are_told_apart() -> None:
    base = "https://desk.example/"
    assert type(absolute("/a/", base)) is str
    assert type(absolute(Markup("/a/"), base)) is Markup
    assert type(absolute("/a/", base)) is str


def test_a_part_of_a_page_replaces_another_in_its_address() -> None:
    assert absolute("#b", "https://desk.example/a/?q=1") == "https://desk.example/a/?q=1#b"
    assert absolute("#b", "https://desk.example/a/#c") == "https://desk.example/a/#b"
