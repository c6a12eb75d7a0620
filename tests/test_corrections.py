"""Corrections, from front matter to the article, the page of all of them, and feeds."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]  # it ships no annotations
import pytest
from selectolax.lexbor import LexborHTMLParser

from blogforge.build import build
from blogforge.options import Options
from tests.conftest import MakeSite

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
CONFIG = """\
title: The Dispatch
url: https://dispatch.example/blog/
paginate: 2
feeds: {items: 3, groups: [rss, atom, json]}
"""


def post(title: str, *lines: str) -> str:
    front = "\n".join([f"title: {title}", "date: 2026-03-01", *lines])
    return f"---\n{front}\n---\n\nGrain leaves the port of Odessa.\n"


FILES = {
    "posts/a.md": post(
        "A",
        "corrections:",
        "  - {date: 2026-03-04, text: It was Tuesday.}",
        "  - {date: 2026-03-06 10:00, text: It was <b>Odessa</b> & not Suez.}",
        "  - {date: 2026-03-06 09:00, text: It was the mayor.}",
    ),
    "posts/b.md": post("B", "corrections: [{date: 2026-03-05, text: It was rice.}]"),
    "posts/c.md": post("C"),
    "posts/u.md": post(
        "U", "status: unlisted", "corrections: [{date: 2026-03-09, text: It was nobody.}]"
    ),
}
IDS = ["correction_20260306", "correction_20260306_2", "correction_20260305", "correction_20260304"]


def built(make_site: MakeSite, files: dict[str, str], config: str = CONFIG) -> Path:
    site = make_site(files, config)
    build(site, Options(now=NOW, jobs=1))
    return site / "public"


def page(tree: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((tree / path).read_text(encoding="utf-8"))


def texts(found: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in found.css(selector)]


def test_all_are_listed_the_newest_first_and_lead_to_their_place(make_site: MakeSite) -> None:
    tree = built(make_site, FILES)
    first, second = (
        page(tree, "corrections/index.html"),
        page(tree, "corrections/page/2/index.html"),
    )
    assert [*texts(first, ".corrected-list p"), *texts(second, ".corrected-list p")] == [
        "6 March 2026 It was <b>Odessa</b> & not Suez.",
        "6 March 2026 It was the mayor.",
        "5 March 2026 It was rice.",
        "4 March 2026 It was Tuesday.",
    ]
    links = [node.attributes["href"] or "" for p in (first, second) for node in p.css("h2 a")]
    assert [link.partition("#")[2] for link in links] == IDS
    for link in links:
        address, _, fragment = link.partition("#")
        article = page(tree, f"{address.removeprefix('/blog/')}index.html")
        assert len(article.css(f".corrections #{fragment}")) == 1
        assert article.css('.corrections a[href="/blog/corrections/"]')
    assert b"nobody" not in (tree / "corrections/index.html").read_bytes()
    assert b"/blog/corrections/<" in (tree / "sitemap.xml").read_bytes()


def test_an_unlisted_post_has_its_box_and_no_more(make_site: MakeSite) -> None:
    tree = built(make_site, {"posts/u.md": FILES["posts/u.md"]})
    assert texts(page(tree, "2026/03/01/u/index.html"), ".corrections p") == [
        "9 March 2026 It was nobody."
    ]
    assert not (tree / "corrections").exists()


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_the_feeds_have_the_newest(name: str, make_site: MakeSite) -> None:
    tree = built(make_site, FILES)
    feed = feedparser.parse((tree / "corrections" / name).read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "Corrections – The Dispatch"
    assert feed.feed.link == "https://dispatch.example/blog/corrections/"
    assert [entry.link.partition("#")[2] for entry in feed.entries] == IDS[:3]
    assert [entry.title for entry in feed.entries] == ["A", "A", "B"]
    assert (
        feed.entries[0].content[0].value
        == "<p>It was &lt;b&gt;Odessa&lt;/b&gt; &amp; not Suez.</p>"
    )
    head = page(tree, "corrections/index.html").css(f'head link[href$="/corrections/{name}"]')
    assert len(head) == 1


def test_the_json_feed_has_them_too(make_site: MakeSite) -> None:
    feed = json.loads((built(make_site, FILES) / "corrections/feed.json").read_bytes())
    assert [item["id"].partition("#")[2] for item in feed["items"]] == IDS[:3]


def test_a_page_of_the_sites_own_stands_above_them(make_site: MakeSite) -> None:
    policy = "---\ntitle: Errors\naliases: /errors/\ntemplate: page.html\n---\n\nWe say so.\n"
    tree = built(make_site, {**FILES, "pages/corrections.md": policy})
    first, second = (
        page(tree, "corrections/index.html"),
        page(tree, "corrections/page/2/index.html"),
    )
    assert texts(first, ".article-body") == ["We say so."]
    assert not second.css(".article-body")
    assert texts(first, "h1") == ["Errors"]
    assert b"/blog/corrections/" in (tree / "errors/index.html").read_bytes()
    alone = built(
        make_site, {**{name: post("P") for name in FILES}, "pages/corrections.md": policy}
    )
    assert texts(page(alone, "corrections/index.html"), ".article-body") == ["We say so."]
    assert not (alone / "corrections/feed.xml").exists()


def entries(tree: Path) -> dict[str, Any]:
    """What the feeds say of the article B: its id and when it changed."""
    rss, atom = (feedparser.parse((tree / name).read_bytes()) for name in ("feed.xml", "atom.xml"))
    (item,) = [
        i for i in json.loads((tree / "feed.json").read_bytes())["items"] if i["title"] == "B"
    ]
    (in_rss,) = [entry for entry in rss.entries if entry.title == "B"]
    (in_atom,) = [entry for entry in atom.entries if entry.title == "B"]
    return {
        "ids": [in_rss.id, in_atom.id, item["id"]],
        "published": [in_atom.published, item["date_published"]],
        "updated": [in_atom.updated_parsed[:4], item["date_modified"]],
        "feed": atom.feed.updated_parsed[:4],
        "channel": rss.feed.updated_parsed[:4],
    }


def test_a_correction_moves_when_an_article_changed_and_not_what_it_is_known_by(
    make_site: MakeSite,
) -> None:
    site = {"posts/b.md": post("B")}
    before = entries(built(make_site, site))
    after = entries(built(make_site, {"posts/b.md": FILES["posts/b.md"]}))
    assert after["ids"] == before["ids"]
    assert after["published"] == before["published"]
    day = (2026, 3, 5, 0)
    assert after["updated"] == [day, "2026-03-05T00:00:00+00:00"]
    assert after["feed"] == day
    assert after["channel"] == day
    assert before["channel"] == (2026, 3, 1, 0)


def test_the_head_says_them_to_machines(make_site: MakeSite) -> None:
    tree = built(make_site, FILES)
    (script, _) = page(tree, "2026/03/01/a/index.html").css('script[type="application/ld+json"]')
    news = json.loads(script.text())
    assert [(each["datePublished"], each["text"]) for each in news["correction"]] == [
        ("2026-03-04T00:00:00+00:00", "It was Tuesday."),
        ("2026-03-06T10:00:00+00:00", "It was <b>Odessa</b> & not Suez."),
        ("2026-03-06T09:00:00+00:00", "It was the mayor."),
    ]
    assert news["dateModified"] == "2026-03-06T10:00:00+00:00"


def test_mending_a_corrections_text_leaves_its_id_alone(make_site: MakeSite) -> None:
    tree = built(make_site, FILES)
    ids = [
        entry.id for entry in feedparser.parse((tree / "corrections/feed.xml").read_bytes()).entries
    ]
    mended = FILES["posts/b.md"].replace("rice", "maize")
    built(make_site, {"posts/b.md": mended})
    feed = feedparser.parse((tree / "corrections/feed.xml").read_bytes())
    assert [entry.id for entry in feed.entries] == ids
    assert "maize" in feed.entries[2].content[0].value
