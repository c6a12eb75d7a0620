from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from blogforge.config import Config
from blogforge.images import Image
from blogforge.model import Byline, Card, Group, Post
from blogforge.pages.metadata import (
    ArticleFacts,
    FeedLink,
    Preview,
    article_properties,
    canonical_url,
    head_links,
    logo_url,
    og_locale,
    open_graph,
    publisher_name,
)
from blogforge.settings import PublisherConfig

if TYPE_CHECKING:
    from markupsafe import Markup

CONFIG = Config(title="The Dispatch", url="https://example.org/blog/")
DATE = datetime(2012, 3, 21, 9, 30, tzinfo=UTC)
POST = Post(
    path="posts/mali.md",
    digest="",
    url="/blog/2012/03/21/mali/",
    slug="mali",
    title="Mali",
    lang="en",
    date=DATE,
)
CARD = Card(
    path=POST.path,
    url=POST.url,
    title=POST.title,
    dek="What it means",
    date=DATE,
    lang="en",
    byline=(Byline(name="Ada Diallo", url="/blog/author/ada/"), Byline(name="Bo Ek")),
    section="Africa",
)
TAGS = (
    Group(kind="tag", key="mali", name="Mali", url="/blog/tag/mali/"),
    Group(kind="tag", key="r-and-d", name="R&D", url="/blog/tag/r-and-d/"),
)
FACTS = ArticleFacts(post=POST, card=CARD, tags=TAGS, words=900)
PREVIEW = Preview(title="Mali", url=POST.url, lang="en", description="What it means")


def properties(markup: Markup) -> list[tuple[str | None, str | None]]:
    tree = LexborHTMLParser(str(markup))
    return [
        (node.attributes.get("property") or node.attributes.get("name"), node.attributes["content"])
        for node in tree.css("meta")
    ]


def test_open_graph_of_an_article() -> None:
    image = Image(src="/blog/p.jpg", alt='A "palace"')
    preview = Preview(
        title="Mali",
        url=POST.url,
        lang="en",
        description="What it means",
        image=image,
        image_size=(1200, 630),
    )
    assert properties(open_graph(CONFIG, preview, article_properties(CONFIG, FACTS))) == [
        ("og:type", "article"),
        ("og:site_name", "The Dispatch"),
        ("og:title", "Mali"),
        ("og:description", "What it means"),
        ("og:url", "https://example.org/blog/2012/03/21/mali/"),
        ("og:locale", "en_US"),
        ("og:image", "https://example.org/blog/p.jpg"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", 'A "palace"'),
        ("article:published_time", "2012-03-21T09:30:00+00:00"),
        ("article:modified_time", "2012-03-21T09:30:00+00:00"),
        ("article:author", "https://example.org/blog/author/ada/"),
        ("article:author", "Bo Ek"),
        ("article:section", "Africa"),
        ("article:tag", "Mali"),
        ("article:tag", "R&D"),
        ("twitter:card", "summary_large_image"),
    ]


def test_open_graph_of_a_page_without_image() -> None:
    found = dict(properties(open_graph(CONFIG, PREVIEW)))
    assert found["og:type"] == "website"
    assert found["twitter:card"] == "summary"
    assert not [name for name in found if name and name.startswith(("og:image", "article:"))]


@pytest.mark.parametrize(
    "title", ['"><script>alert(1)</script>', "</title>", "a & b &amp; c", "🗞️ \u202bاليمن\u202c"]
)
def test_no_text_leaves_its_attribute(title: str) -> None:
    preview = Preview(title=title, url="/", lang="en", description=title)
    markup = open_graph(CONFIG, preview)
    assert dict(properties(markup))["og:title"] == title
    assert LexborHTMLParser(str(markup)).css_first("script") is None
    link = head_links(CONFIG, "/", [FeedLink(format="rss", title=title, url="/feed.xml")])
    feed = LexborHTMLParser(str(link)).css_first("link[title]")
    assert feed is not None
    assert feed.attributes["title"] == title


def test_characters_that_no_page_may_hold_are_left_out() -> None:
    preview = Preview(title="a\x00b\ud800", url="/", lang="en")
    assert dict(properties(open_graph(CONFIG, preview)))["og:title"] == "ab"


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("fr-CA", "fr_CA"),
        ("ar", "ar_EG"),
        ("zh-Hant", "zh_TW"),
        ("sr-Latn", "sr_RS"),
        ("qzz", ""),
        ("not a language", ""),
    ],
)
def test_languages_have_a_likely_territory(lang: str, locale: str) -> None:
    assert og_locale(lang) == locale


def test_head_links() -> None:
    feeds = [
        FeedLink(format="rss", title="The Dispatch", url="/blog/feed.xml"),
        FeedLink(format="atom", title="The Dispatch", url="/blog/atom.xml"),
        FeedLink(format="json", title="The Dispatch", url="/blog/feed.json"),
    ]
    markup = head_links(CONFIG, POST.url, feeds, [("fr", "/blog/fr/mali/")])
    assert str(markup).splitlines() == [
        '<link rel="canonical" href="https://example.org/blog/2012/03/21/mali/">',
        '<link rel="alternate" hreflang="fr" href="https://example.org/blog/fr/mali/">',
        '<link rel="alternate" type="application/rss+xml" title="The Dispatch" '
        'href="https://example.org/blog/feed.xml">',
        '<link rel="alternate" type="application/atom+xml" title="The Dispatch" '
        'href="https://example.org/blog/atom.xml">',
        '<link rel="alternate" type="application/feed+json" title="The Dispatch" '
        'href="https://example.org/blog/feed.json">',
    ]


def test_only_what_is_not_to_be_indexed_says_so() -> None:
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in head_links(CONFIG, "/", indexed=False)
    assert "robots" not in head_links(CONFIG, "/")


def test_a_document_published_elsewhere_first_is_canonical_there() -> None:
    assert canonical_url(CONFIG, POST) == "https://example.org/blog/2012/03/21/mali/"
    elsewhere = Post(
        path="",
        digest="",
        url="/b/",
        slug="",
        title="",
        lang="en",
        date=DATE,
        canonical="https://a.example/",
    )
    assert canonical_url(CONFIG, elsewhere) == "https://a.example/"


@pytest.mark.parametrize(
    ("logo", "url"),
    [
        ("", ""),
        ("img/our logo.png", "https://example.org/blog/img/our%20logo.png"),
        ("/logo.png", "https://example.org/blog/logo.png"),
        ("https://cdn.example/logo.png", "https://cdn.example/logo.png"),
    ],
)
def test_the_logo_is_absolute(logo: str, url: str) -> None:
    config = Config(
        title="T", url="https://example.org/blog/", publisher=PublisherConfig(logo=logo)
    )
    assert logo_url(config) == url


def test_the_site_publishes_itself_where_nobody_else_does() -> None:
    assert publisher_name(CONFIG) == "The Dispatch"
    named = Config(title="T", url="https://example.org/", publisher=PublisherConfig(name="Media"))
    assert publisher_name(named) == "Media"
