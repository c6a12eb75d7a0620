from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from blogforge.model import Author, Correction
from blogforge.pages.follow import MOST
from blogforge.settings import DigestConfig, FeedsConfig, SectionConfig
from tests.invented import CONFIG, day, post, site_of, standalone
from tests.rendering import FILES, publication, write

if TYPE_CHECKING:
    from pathlib import Path

    from blogforge.model import Post, Site

BASE = "https://dispatch.example"


def made(root: Path, site: Site) -> dict[str, bytes]:
    """The page of all feeds and the OPML, with the default theme's template."""
    pages = publication(write(root, FILES), site)
    names = {"follow": "follow/index.html", "opml": "feeds.opml"}
    return {name: pages.render(path).data for name, path in names.items()}


def subscriptions(opml: bytes) -> dict[str | None, list[str]]:
    """Each folder's feeds by their addresses; those in none under None."""
    body = etree.fromstring(opml).find("body")
    assert body is not None
    return {
        None: [str(o.get("xmlUrl")) for o in body.findall("outline[@xmlUrl]")],
        **{
            str(folder.get("text")): [str(o.get("xmlUrl")) for o in folder]
            for folder in body.findall("outline")
            if len(folder)
        },
    }


def desk() -> list[Post]:
    fields = {"authors": ("Ana",), "section": "Africa", "story": "War", "tags": ("Mali",)}
    correction = Correction(date=day(9), text="Three.", id="correction_20120309")
    return [post("a", **fields), post("b", section="Asia", corrections=(correction,))]


def test_every_feed_is_offered_by_its_kind(tmp_path: Path) -> None:
    pages = made(tmp_path, site_of(desk()))
    assert subscriptions(pages["opml"]) == {
        None: [f"{BASE}/feed.xml", f"{BASE}/corrections/feed.xml"],
        "Sections": [f"{BASE}/section/africa/feed.xml", f"{BASE}/section/asia/feed.xml"],
        "Stories": [f"{BASE}/story/war/feed.xml"],
        "Authors": [f"{BASE}/author/ana/feed.xml"],
        "Tags": [f"{BASE}/tag/mali/feed.xml"],
    }
    page = LexborHTMLParser(pages["follow"])
    links = [str(link.attributes["href"]) for link in page.css("main a")]
    offered = {BASE + link for link in links if link.endswith("feed.xml")}
    listed = subscriptions(pages["opml"]).values()
    assert offered == {url for urls in listed for url in urls}
    assert [code.text() for code in page.css("main code")] == [f"{BASE}/feed.xml"]


def test_the_wanted_formats_are_offered(tmp_path: Path) -> None:
    config = replace(CONFIG, feeds=FeedsConfig(groups=("json", "atom")))
    pages = made(tmp_path, site_of(desk(), config))
    assert subscriptions(pages["opml"])["Tags"] == [f"{BASE}/tag/mali/atom.xml"]
    found = LexborHTMLParser(pages["follow"]).css("[aria-labelledby=follow_tag] li span a")
    names = ("href", "type", "aria-label")
    assert [tuple(a.attributes[name] for name in names) for a in found] == [
        ("/tag/mali/feed.json", "application/feed+json", "JSON: Mali"),
        ("/tag/mali/atom.xml", "application/atom+xml", "Atom: Mali"),
    ]


@pytest.mark.parametrize("posts", [desk(), []])
def test_the_site_s_own_feed_is_always_offered(tmp_path: Path, posts: list[Post]) -> None:
    config = replace(CONFIG, feeds=FeedsConfig(groups=()))
    pages = made(tmp_path, site_of(posts, config))
    assert subscriptions(pages["opml"]) == {None: [f"{BASE}/feed.xml"]}


def test_of_many_tags_those_with_the_most_articles_are_offered(tmp_path: Path) -> None:
    tags = [f"tag{number:03}" for number in range(MOST + 2)]
    posts = [post("a", tags=tuple(tags)), post("b", tags=tuple(tags[2:]))]
    pages = made(tmp_path, site_of(posts))
    offered = subscriptions(pages["opml"])["Tags"]
    assert offered == [f"{BASE}/tag/{tag}/feed.xml" for tag in tags[2:]]
    more = LexborHTMLParser(pages["follow"]).css("p.feed-link a")
    assert [(a.attributes["href"], a.text()) for a in more] == [
        ("/tag/", "2 more, each with a feed on its page")
    ]


def test_readers_are_led_to_the_digest_where_they_can_sign_up(tmp_path: Path) -> None:
    config = replace(CONFIG, digest=DigestConfig(subscribe="/by-mail/"))
    texts = [made(tmp_path, site_of(desk(), c))["follow"].decode() for c in (CONFIG, config)]
    assert ['href="/by-mail/"' in text for text in texts] == [False, True]


def test_names_arrive_as_they_are_written(tmp_path: Path) -> None:
    name = 'R&D "<b>"\x01'
    config = replace(CONFIG, title=name, sections=(SectionConfig(name=name, dek=name),))
    site = site_of([post("a", section=name)], config, authors=[Author(id="x", name=name)])
    root = etree.fromstring(made(tmp_path, site)["opml"])
    [outline] = root.findall("body/outline/outline")
    said = name.replace("\x01", "")
    assert (outline.get("text"), outline.get("description")) == (said, said)
    assert outline.get("title") == f"{said} – {said}"
    assert root.findtext("head/title") == said


def test_a_page_of_the_site_s_own_stands_above_the_feeds(tmp_path: Path) -> None:
    page = standalone("follow", title="Stay with us", dek="By mail, too.")
    site = site_of(desk(), standalones=[page], bodies={page.path: "<p>Or write.</p>"})
    found = LexborHTMLParser(made(tmp_path, site)["follow"])
    assert [node.text() for node in found.css("h1, p.dek")] == ["Stay with us", "By mail, too."]
    assert [node.text().strip() for node in found.css("div.article-body")] == ["Or write."]
    assert found.css("main section")
