from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.urls import (
    collision_key,
    decode,
    encode,
    fill,
    output_path,
    place_of,
    rooted,
    slugify,
    unsafe_segment,
)

# ---------------------------------------------------------------- slugs


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Libya's guns, Mali's war", "libyas-guns-malis-war"),
        ("Libya’s guns", "libyas-guns"),
        ("  a  —  b  ", "a-b"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("R&D", "r-and-d"),
        ("100%", "100-percent"),
        ("snake_case/path.md", "snake-case-path-md"),
        ("Été à Bamako", "été-à-bamako"),
        ("E\u0301te\u0301", "été"),
        ("ﬁnance", "finance"),
        ("السلاح الليبي", "السلاح-الليبي"),
        ("हिन्दी", "हिन्दी"),
        ("क्\u200dष", "क्ष"),
        ("北京", "北京"),
        ("Ma\u00adli\u200b", "mali"),
        ("I ❤️ Mali", "i-mali"),
        ("❤️", ""),
        ("\u0301", ""),
        ("---", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("\0a\\b", "a-b"),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_long_slug_ends_with_a_whole_character() -> None:
    assert slugify("é" * 200) == "é" * 90
    assert slugify("ab " * 200).endswith("ab")
    assert len(slugify("ab " * 200)) <= 180


@given(st.text(st.characters(max_codepoint=127)))
def test_a_slug_of_ascii_is_made_as_any_other(text: str) -> None:
    assert slugify(f"{text}\N{SOFT HYPHEN}") == slugify(text)


@given(st.text())
@settings(max_examples=500)
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(st.text())
@settings(max_examples=500)
def test_a_slug_is_a_safe_segment_in_form_c(text: str) -> None:
    slug = slugify(text)
    assert not slug or not unsafe_segment(slug)
    assert unicodedata.is_normalized("NFC", slug)
    assert slug == slug.lower().strip("-")
    assert "--" not in slug


@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
@settings(max_examples=200)
def test_letters_and_digits_always_make_a_slug(text: str) -> None:
    assert slugify(text)


# ---------------------------------------------------------------- segments


@pytest.mark.parametrize(
    "segment",
    [
        *("", ".", "..", ".git", " a", "a ", "a/b", "a\\b", "a\0b", "a\nb", "%2e%2e", "a?b", "a#b"),
        *("a\u200b", "\u200ba", "a\u202eb", "a\u00adb", "a\ufeff"),
        *("C:", "a*", 'a"b', "<a>", "a|b", "é" * 128),
    ],
)
def test_unsafe_segments(segment: str) -> None:
    assert unsafe_segment(segment)


@pytest.mark.parametrize(
    "segment",
    ["a", "a b", "a.html", "a..b", "été", "a-b_c~d", "é" * 127, "می\u200cخواهم", "क्\u200dष"],
)
def test_safe_segments(segment: str) -> None:
    assert unsafe_segment(segment) == ""


# ---------------------------------------------------------------- paths and URLs


def test_a_permalink_has_no_empty_segments() -> None:
    fields = {"year": "2012", "section": "", "slug": "a"}
    assert fill("/{year}/{section}/{slug}/", fields) == "/2012/a/"
    assert fill("/{slug}/", fields) == "/a/"


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/2012/a/", "/2012/a/"),
        ("/a b/", "/a%20b/"),
        ("/100%/", "/100%25/"),
        ("/a?b#c", "/a%3Fb%23c"),
        ("/été/", "/%C3%A9t%C3%A9/"),
        ("/e\u0301te\u0301/", "/%C3%A9t%C3%A9/"),
        ('/"<>/', "/%22%3C%3E/"),
    ],
)
def test_encoding(path: str, url: str) -> None:
    assert encode(path) == url


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=200)
def test_decoding_takes_back_encoding(path: str) -> None:
    assert encode(path).isascii()
    assert decode(encode(path)) == unicodedata.normalize("NFC", path)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a/b/", "a/b/index.html"),
        ("/404.html", "404.html"),
        ("/feed.xml", "feed.xml"),
    ],
)
def test_the_file_that_answers(path: str, file: str) -> None:
    assert output_path(path) == file


# ---------------------------------------------------------------- collisions


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/Index.html", "A/index.html"),
        ("été", "e\u0301te\u0301"),
        ("ÉTÉ", "e\u0301te\u0301"),
        ("straße", "STRASSE"),
        ("ΟΔΟΣ", "οδος"),
        ("ΟΔΟΣ", "οδοσ"),
        ("K", "\u212a"),
        ("\u1fb4", "α\u0345\u0301"),  # folded before they are in order, these would differ
    ],
)
def test_paths_that_some_file_systems_take_for_one(one: str, other: str) -> None:
    assert collision_key(one) == collision_key(other)


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("a/b", "ab"), ("e", "é"), ("ﬁ", "fi ")])
def test_paths_that_differ(one: str, other: str) -> None:
    assert collision_key(one) != collision_key(other)


@given(st.text())
@settings(max_examples=500)
def test_keys_of_collisions(path: str) -> None:
    key = collision_key(path)
    assert collision_key(key) == key
    for other in (path.casefold(), unicodedata.normalize("NFD", path)):
        assert collision_key(other) == key


@pytest.mark.parametrize(
    ("reference", "base", "address"),
    [
        ("/about/", "/", "/about/"),
        ("/about/", "/blog/", "/blog/about/"),
        ("/", "/blog/", "/blog/"),
        ("/blog/about/", "/blog/", "/blog/about/"),
        ("/blog", "/blog/", "/blog"),
        ("//cdn.example/a.png", "/blog/", "//cdn.example/a.png"),
        ("https://a.example/", "/blog/", "https://a.example/"),
        ("about/", "/blog/", "about/"),
        ("#top", "/blog/", "#top"),
        ("", "/blog/", ""),
    ],
)
def test_a_reference_from_the_site_s_root(reference: str, base: str, address: str) -> None:
    assert rooted(reference, base) == address


# ---------------------------------------------------------------- one page, several URLs


@pytest.mark.parametrize(
    "url",
    [
        "/blog/2012/mali/",
        "/blog/2012/mali",
        "/blog/2012/mali/index.html",
        "/blog/2012/Mali/?from=feed#notes",
        "/2012/mali/",
    ],
)
def test_urls_of_one_page_have_one_place(url: str) -> None:
    assert place_of(url, "/blog/") == "2012/mali"


def test_a_place_is_in_characters() -> None:
    assert place_of("/%C3%A9tat/", "/") == place_of("/e\u0301tat/", "/") == "état"
    assert place_of("/", "/") == ""
