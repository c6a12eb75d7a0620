from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from blogforge.config import Config
from blogforge.images import Image
from blogforge.model import Author, Byline, Card, Correction, Group, Link, Post
from blogforge.pages.metadata import ArticleFacts
from blogforge.pages.structured_data import (
    NEWS_TYPES,
    breadcrumbs,
    json_ld,
    news_article,
    profile_page,
    story_page,
    website,
)
from blogforge.settings import PublisherConfig

if TYPE_CHECKING:
    from markupsafe import Markup

    from blogforge.model import PostType

CONFIG = Config(
    title="The Dispatch",
    url="https://example.org/",
    dek="What it means",
    publisher=PublisherConfig(name="Dispatch Media", logo="logo.png"),
)
DATE = datetime(2012, 3, 21, 9, 30, tzinfo=timezone(timedelta(hours=1)))
POST = Post(
    path="posts/mali.md",
    digest="",
    url="/2012/03/21/mali/",
    slug="mali",
    title="Mali",
    lang="fr",
    date=DATE,
    corrections=(Correction(date=datetime(2012, 3, 23, tzinfo=UTC), text="Gao, not Kidal."),),
)
CARD = Card(
    path=POST.path,
    url=POST.url,
    title=POST.title,
    dek="What it means",
    date=DATE,
    lang="fr",
    byline=(Byline(name="Ada Diallo", url="/author/ada/"), Byline(name="Bo Ek")),
    section="Africa",
    image=Image(src="/p.jpg", alt="A palace", caption="The palace", credit="Eve Roy"),
)
TAG = Group(kind="tag", key="coups", name="Coups", url="/tag/coups/")
FACTS = ArticleFacts(post=POST, card=CARD, tags=(TAG,), words=900, image_size=(1200, 800))
PUBLISHER = {
    "@type": "NewsMediaOrganization",
    "name": "Dispatch Media",
    "url": "https://example.org/",
    "logo": {"@type": "ImageObject", "url": "https://example.org/logo.png"},
}


def read(markup: Markup) -> Any:
    """What a crawler gets: the only script's text, parsed."""
    tree = LexborHTMLParser(f"<head>{markup}</head><body><p>after</p></body>")
    [script] = tree.css("script")
    assert script.attributes["type"] == "application/ld+json"
    assert tree.css_first("p") is not None
    return json.loads(script.text())


def test_an_article_says_what_its_page_shows() -> None:
    assert read(json_ld(news_article(CONFIG, FACTS))) == {
        "@context": "https://schema.org",
        "@type": "AnalysisNewsArticle",
        "headline": "Mali",
        "description": "What it means",
        "image": [
            {
                "@type": "ImageObject",
                "url": "https://example.org/p.jpg",
                "width": 1200,
                "height": 800,
                "caption": "The palace",
                "creditText": "Eve Roy",
            }
        ],
        "datePublished": "2012-03-21T09:30:00+01:00",
        "dateModified": "2012-03-23T00:00:00+00:00",
        "author": [
            {"@type": "Person", "name": "Ada Diallo", "url": "https://example.org/author/ada/"},
            {"@type": "Person", "name": "Bo Ek"},
        ],
        "publisher": PUBLISHER,
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/2012/03/21/mali/"},
        "articleSection": "Africa",
        "keywords": ["Coups"],
        "isAccessibleForFree": True,
        "inLanguage": "fr",
        "wordCount": 900,
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": "Gao, not Kidal.",
                "datePublished": "2012-03-23T00:00:00+00:00",
            }
        ],
    }


def test_what_an_article_has_not_is_not_said() -> None:
    post = replace(POST, corrections=())
    card = replace(CARD, image=None, section="", byline=(), dek="")
    said = news_article(CONFIG, ArticleFacts(post=post, card=card, words=900))
    assert not {"image", "articleSection", "keywords", "correction", "description"} & set(said)
    assert said["author"] == [PUBLISHER]


@pytest.mark.parametrize(("kind", "name"), NEWS_TYPES.items())
def test_every_kind_of_post_has_its_type(kind: PostType, name: str) -> None:
    facts = ArticleFacts(post=replace(POST, type=kind), card=CARD, words=1)
    assert news_article(CONFIG, facts)["@type"] == name


def test_breadcrumbs_lead_to_the_page() -> None:
    trail = (Link(title="The Dispatch", url="/"), Link(title="Africa", url="/section/africa/"))
    assert breadcrumbs(CONFIG, trail)["itemListElement"] == [
        {
            "@type": "ListItem",
            "position": 1,
            "name": "The Dispatch",
            "item": "https://example.org/",
        },
        {
            "@type": "ListItem",
            "position": 2,
            "name": "Africa",
            "item": "https://example.org/section/africa/",
        },
    ]


def test_an_author_has_a_profile() -> None:
    author = Author(
        id="ada",
        name="Ada Diallo",
        bio="Reports from Bamako.",
        handle="@ada",
        image="/ada.jpg",
        links=(Link(title="Site", url="https://ada.example/"),),
        url="/author/ada/",
    )
    assert profile_page(CONFIG, author) == {
        "@type": "ProfilePage",
        "mainEntity": {
            "@type": "Person",
            "name": "Ada Diallo",
            "alternateName": "@ada",
            "description": "Reports from Bamako.",
            "image": "https://example.org/ada.jpg",
            "url": "https://example.org/author/ada/",
            "sameAs": ["https://ada.example/"],
        },
    }
    assert profile_page(CONFIG, Author(id="x", name="X"))["mainEntity"] == {
        "@type": "Person",
        "name": "X",
    }


def test_a_story_is_a_list_in_the_order_of_time() -> None:
    story = Group(kind="story", key="war", name="War", url="/story/war/", dek="From its start.")
    page = story_page(CONFIG, story, [CARD, replace(CARD, title="Gao", url="/gao/")])
    assert page == {
        "@type": "CollectionPage",
        "name": "War",
        "description": "From its start.",
        "url": "https://example.org/story/war/",
        "inLanguage": "en",
        "mainEntity": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": 1,
                    "name": "Mali",
                    "url": "https://example.org/2012/03/21/mali/",
                },
                {
                    "@type": "ListItem",
                    "position": 2,
                    "name": "Gao",
                    "url": "https://example.org/gao/",
                },
            ],
        },
    }


def test_the_front_page_is_a_web_site() -> None:
    assert website(CONFIG) == {
        "@type": "WebSite",
        "name": "The Dispatch",
        "url": "https://example.org/",
        "description": "What it means",
        "inLanguage": "en",
        "publisher": PUBLISHER,
    }


@pytest.mark.parametrize(
    "text",
    ["</script><b>", "<!-- <script>", "a\u2028b\u2029c", "]]> & \"'", "🗞️ \u202bاليمن\u202c"],
)
def test_no_text_ends_the_script(text: str) -> None:
    markup = json_ld({"name": text})
    assert read(markup)["name"] == text
    assert not set("<&\u2028\u2029") & set(str(markup)[1:-9])


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_arrives(text: str) -> None:
    assert read(json_ld({"name": text}))["name"] == text.replace("\ufffe", "").replace("\uffff", "")


def test_lone_surrogates_are_left_out() -> None:
    assert read(json_ld({"name": "a\ud800b"}))["name"] == "ab"
