from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from blogforge.pages.feed_html import feed_html

BASE = "https://example.org/2012/03/21/mali/"
HANG = 10.0  # seconds; a hang guard, no measure


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x">x</a>', '<a href="https://example.org/x">x</a>'),
        ('<a href="#fn-1">1</a>', f'<a href="{BASE}#fn-1">1</a>'),
        ('<img src="map.png" alt="">', f'<img src="{BASE}map.png" alt="">'),
        (
            '<img src="/a.jpg" srcset="/a,1.jpg 1x, b.jpg 2x,/c.jpg">',
            '<img src="https://example.org/a.jpg" '
            f'srcset="https://example.org/a,1.jpg 1x, {BASE}b.jpg 2x, https://example.org/c.jpg">',
        ),
        (
            '<video src="v.mp4" poster="p.jpg"></video>',
            f'<video src="{BASE}v.mp4" poster="{BASE}p.jpg"></video>',
        ),
        (
            '<blockquote cite="/s">q</blockquote>',
            '<blockquote cite="https://example.org/s">q</blockquote>',
        ),
        ('<a href="mailto:a@example.org">a</a>', '<a href="mailto:a@example.org">a</a>'),
        ('<img src="data:image/png;base64,AA==">', '<img src="data:image/png;base64,AA==">'),
    ],
)
def test_addresses_are_absolute(html: str, expected: str) -> None:
    assert feed_html(html, BASE) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>evil()</script><p>a<script>b</script></p>", "<p>a</p>"),
        ("<p>a<noscript><noscript>b</noscript></noscript></p>", "<p>a</p>"),
        ('<style>p{}</style><p style="color:red" onclick="x()">a</p>', "<p>a</p>"),
        ("<svg><script>x</script><style>y</style></svg>", "<svg></svg>"),
        ('<a href="&#1; java\nscript:x">a</a>', "<a>a</a>"),
        ('<a href=" JavaScript:x">a</a>', "<a>a</a>"),
        ("<form><p>a</p><input name=q><button>go</button></form>", "<p>a</p>"),
        ("<form></form><form><form></form></form><p>a</p>", "<p>a</p>"),
        ("<template><p>a</p></template>b", "b"),
        ("<p>a<!-- b --></p><!-- c -- d -->", "<p>a</p>"),
        (
            '<a href="/" role="doc-noteref" aria-label="b">a</a>',
            '<a href="https://example.org/">a</a>',
        ),
        ("", ""),
    ],
)
def test_nothing_active_remains(html: str, expected: str) -> None:
    assert feed_html(html, BASE) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<iframe src="//v.example/1?a=1&amp;b=2" title="A &lt;b&gt; talk"></iframe>',
            '<a href="https://v.example/1?a=1&amp;b=2">A &lt;b&gt; talk</a>',
        ),
        (
            '<p>x</p><embed src="/v">',
            '<p>x</p><a href="https://example.org/v">https://example.org/v</a>',
        ),
        (
            '<object data="/v"><embed src="/v"></object>.',
            '<a href="https://example.org/v">https://example.org/v</a>.',
        ),
        (
            '<object><param name="m" value="v"><embed src="/v"><p>text</p></object>',
            '<a href="https://example.org/v">https://example.org/v</a><p>text</p>',
        ),
        ("<object></object><iframe></iframe>a", "a"),
        (
            "<ul><li><input type=checkbox checked disabled> a<li><input type=checkbox> b</ul>",
            "<ul><li>☑ a</li><li>☐ b</li></ul>",
        ),
    ],
)
def test_what_readers_cannot_show_becomes_a_link_or_a_sign(html: str, expected: str) -> None:
    assert feed_html(html, BASE) == expected


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ('<iframe src="/v" title="v"></iframe>', '<a href="https://example.org/v">v</a>'),
        ("<input type=checkbox>", "☐"),
        ("<script></script>a", "a"),
    ],
)
def test_a_long_row_takes_no_time_to_speak_of(piece: str, expected: str) -> None:
    start = time.monotonic()
    assert feed_html(piece * 40_000, BASE) == expected * 40_000
    assert time.monotonic() - start < HANG


@pytest.mark.parametrize("tag", ["<object>", "<object data=/v>", "<svg><input type=checkbox>"])
def test_what_holds_its_like(tag: str) -> None:
    html = feed_html(f"{tag * 50}<embed src=/w>a", BASE)
    assert "object" not in html
    assert "input" not in html


def test_footnotes_keep_their_ids() -> None:
    html = '<sup id="m-fnref1"><a href="#m-fn1">1</a></sup><ol><li id="m-fn1">n</li></ol>'
    assert re.findall('id="([^"]*)"', feed_html(html, BASE)) == ["m-fnref1", "m-fn1"]


def test_characters_that_xml_forbids_go_however_they_are_written() -> None:
    assert feed_html("a\x0b&#2;b\ud800🗞️", BASE) == "ab🗞️"


def test_a_frameset_has_no_body_to_show() -> None:
    assert feed_html("<frameset><frame src=x></frameset>", BASE) == ""


TAGS = ["p", "a", "object", "embed", "iframe", "script", "form", "input"]
TAGS += ["svg", "table", "td", "noscript", "template", "label"]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        [
            '<a href="/x" onclick=y style=z>',
            '<embed src="v">',
            '<object data="v">',
            "<input type=checkbox>",
        ]
    ),
    st.text(max_size=5),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_tag_soup_ends_inactive(html: str) -> None:
    body = LexborHTMLParser(feed_html(html, BASE)).body
    assert body is not None
    assert not body.css("script, noscript, style, embed, object, iframe, form, input, [style]")
    assert not body.css("[onclick]")
    for node in body.css("[href]"):
        assert str(node.attributes["href"]).startswith("https://example.org/")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["p", "svg", "image", "input", "SCRIPT", "Form", "table", "/p", "b"]))
)
def test_what_is_to_go_goes_wherever_it_stands(tags: list[str]) -> None:
    found = LexborHTMLParser(feed_html("".join(f"<{tag}>a" for tag in tags), BASE)).body
    assert found is None or not found.css("input, script, form")
