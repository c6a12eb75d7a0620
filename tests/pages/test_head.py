from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from blogforge.model import Author
from blogforge.settings import FeedsConfig
from tests.invented import CONFIG, day, post, site_of, standalone
from tests.rendering import FILES, publication, write

if TYPE_CHECKING:
    from blogforge.config import Config

POST = {"section": "Africa", "tags": ("Mali",), "authors": ("ana",), "story": "War"}
ARTICLE = "2012/03/01/a/index.html"


class Head:
    """What a page says of itself."""

    def __init__(self, html: str) -> None:
        self.tree = LexborHTMLParser(html)

    def meta(self, name: str) -> str | None:
        node = self.tree.css_first(f'meta[property="{name}"], meta[name="{name}"]')
        return node.attributes.get("content") if node else None

    def links(self, rel: str) -> list[tuple[str | None, str | None]]:
        nodes = self.tree.css(f'link[rel="{rel}"]')
        return [(node.attributes.get("title"), node.attributes.get("href")) for node in nodes]

    @property
    def canonical(self) -> str | None:
        ((_, href),) = self.links("canonical")
        return href

    @property
    def data(self) -> list[dict[str, Any]]:
        nodes = self.tree.css('script[type="application/ld+json"]')
        return [json.loads(node.text()) for node in nodes]


def heads(root: Path, config: Config = CONFIG, **fields: Any) -> dict[str, Head]:
    site = site_of(
        [post("a", **{**POST, **fields}), post("b", date=day(2), lang="fr")],
        config,
        standalones=[standalone("about", dek="Who we are.")],
        authors=[Author(id="ana", name="Ana Ruiz", bio="Ana writes.")],
        data={"ticker": {}},
    )
    made = publication(write(root, FILES), site).all()
    return {path: Head(p.data.decode()) for path, p in made.items() if path.endswith(".html")}


def test_every_page_names_its_address_once(tmp_path: Path) -> None:
    for path, head in heads(tmp_path).items():
        url = "https://dispatch.example/" + path.removesuffix("index.html")
        assert head.canonical == url
        assert head.meta("og:url") == url
        assert head.meta("og:site_name") == "The Dispatch"


def test_a_post_that_was_elsewhere_first_says_where(tmp_path: Path) -> None:
    head = heads(tmp_path, canonical="https://elsewhere.example/a")[ARTICLE]
    assert head.canonical == "https://elsewhere.example/a"


def test_what_is_not_for_search_engines_says_so(tmp_path: Path) -> None:
    found = heads(tmp_path)
    assert [path for path, head in found.items() if head.meta("robots")] == ["404.html"]
    assert heads(tmp_path, status="unlisted")[ARTICLE].meta("robots") == "noindex"


def test_every_page_offers_the_feeds_of_the_site(tmp_path: Path) -> None:
    for head in heads(tmp_path).values():
        assert head.links("alternate")[-3:] == [
            ("The Dispatch", "https://dispatch.example/feed.xml"),
            ("The Dispatch (Atom)", "https://dispatch.example/atom.xml"),
            ("The Dispatch (JSON)", "https://dispatch.example/feed.json"),
        ]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("section/africa/", "Africa"),
        ("tag/mali/", "Mali"),
        ("author/ana/", "Ana Ruiz"),
        ("story/war/", "War"),
    ],
)
def test_a_group_offers_its_own_feed_first(tmp_path: Path, path: str, name: str) -> None:
    links = heads(tmp_path)[f"{path}index.html"].links("alternate")
    assert len(links) == 4
    assert links[0] == (f"{name} – The Dispatch", f"https://dispatch.example/{path}feed.xml")


def test_feeds_that_a_group_has_are_offered_and_no_others(tmp_path: Path) -> None:
    config = replace(CONFIG, feeds=FeedsConfig(groups=("atom", "json")))
    links = heads(tmp_path, config)["tag/mali/index.html"].links("alternate")
    assert links[:2] == [
        ("Mali – The Dispatch (Atom)", "https://dispatch.example/tag/mali/atom.xml"),
        ("Mali – The Dispatch (JSON)", "https://dispatch.example/tag/mali/feed.json"),
    ]
    assert len(links) == 5
    none = heads(tmp_path, replace(CONFIG, feeds=FeedsConfig(groups=())))
    assert len(none["tag/mali/index.html"].links("alternate")) == 3


def test_an_archive_has_no_feed(tmp_path: Path) -> None:
    assert len(heads(tmp_path)["2012/index.html"].links("alternate")) == 3


def test_what_a_page_is_about(tmp_path: Path) -> None:
    found = heads(tmp_path, replace(CONFIG, dek="Slow news."), dek="Who gains.")
    assert found[ARTICLE].meta("og:description") == "Who gains."
    assert found["2012/03/02/b/index.html"].meta("og:description") == "Begins b."
    assert found["about/index.html"].meta("og:description") == "Who we are."
    assert found["author/ana/index.html"].meta("og:description") == "Ana writes."
    assert found["index.html"].meta("og:description") == "Slow news."
    assert found["index.html"].meta("og:title") == "The Dispatch"


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        (ARTICLE, ["AnalysisNewsArticle", "BreadcrumbList"]),
        ("index.html", ["WebSite"]),
        ("author/ana/index.html", ["ProfilePage"]),
        ("story/war/index.html", ["CollectionPage"]),
        ("tag/mali/index.html", []),
        ("about/index.html", []),
    ],
)
def test_structured_data(tmp_path: Path, path: str, kinds: list[str]) -> None:
    assert [value["@type"] for value in heads(tmp_path)[path].data] == kinds


def test_the_trail_leads_by_the_section(tmp_path: Path) -> None:
    def trail(**fields: Any) -> list[str]:
        items = heads(tmp_path, **fields)[ARTICLE].data[1]["itemListElement"]
        return [item["item"] for item in items]

    home, page = "https://dispatch.example/", "https://dispatch.example/2012/03/01/a/"
    assert trail() == [home, f"{home}section/africa/", page]
    assert trail(section="") == [home, page]


def test_nothing_breaks_out_of_the_head(tmp_path: Path) -> None:
    nasty = '</title></script><script>alert("x")</script>'
    head = heads(tmp_path, title=nasty, dek=nasty)[ARTICLE]
    assert head.meta("og:title") == nasty
    assert head.data[0]["headline"] == nasty
    assert not [
        node
        for node in head.tree.css("script")
        if "alert" in node.text() and "@context" not in node.text()
    ]
