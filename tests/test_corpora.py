"""Two real publications of hundreds of posts, by both Markdown engines: nothing is lost."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser  # type: ignore[import-untyped]  # it ships no annotations
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from blogforge.config import load_config
from blogforge.content.read import read
from blogforge.model import Post
from blogforge.urls import encode
from tests.feed_rules import faults as feed_faults
from tests.nu import Fault, faults
from tests.pages.test_sitemap import checked
from tests.trees import Tree, template_links

pytestmark = pytest.mark.corpus

CORPORA = ("18f", "rustblog")
ENGINES = ("markdown", "commonmark")
CONFIG = """\
title: {name}
url: {url}
timezone: UTC
markdown: {{engine: {engine}}}
"""
URL = "https://corpus.example/"
ITEMS = 20  # in a feed, and on a page of a list
SAMPLE = 60  # feeds of groups that feedparser, which is slow, reads back
SITE_WIDE = ("feed.xml", "atom.xml")
# Errors of the Nu Html Checker in the raw HTML that authors wrote, by kind: docs/quality.md.
WRITTEN = {
    "18f": {
        "bad address": 15,
        "tags run together": 5,
        "element out of place": 2,
    },
    "rustblog": {
        "bad address": 4,
        "bad target": 167,
        "bad number": 2,
        "element out of place": 95,
        "element of no name": 3,
        "no alternative text": 10,
        "no address": 2,
        "tags run together": 2,
    },
}
KINDS = {
    r"for attribute “target”": "bad target",
    r"^Bad value .* for attribute “(href|src)”": "bad address",
    r"^Bad value": "bad number",
    r"^Attribute .* not allowed|attribute name": "tags run together",
    r"not allowed as child|missing a required instance of child": "element out of place",
    r"completely-unknown": "element of no name",
    r"must have an “alt”": "no alternative text",
    r"“a” is missing required attribute “href”": "no address",
}


class Publication:
    """A corpus that was built."""

    def __init__(self, root: Path, summary: Any) -> None:
        self.name = root.name
        self.summary = summary
        self.tree = Tree(root / "public", URL)
        self.sources = sorted(path.name for path in (root / "posts").glob("*.md"))
        self.posts: dict[str, Post] = {
            f"{post.url.lstrip('/')}index.html": post
            for post in read(root, load_config(root)).posts
        }

    @cached_property
    def articles(self) -> dict[str, LexborHTMLParser]:
        """The article pages, parsed."""
        return {name: page for name, page in self.tree.pages() if page.css("body.kind-article")}


@pytest.fixture(
    scope="module",
    params=[(name, engine) for name in CORPORA for engine in ENGINES],
    ids="-".join,
)
def publication(
    request: pytest.FixtureRequest, corpora: Path, tmp_path_factory: pytest.TempPathFactory
) -> Publication:
    name, engine = request.param
    root = tmp_path_factory.mktemp("corpus") / name
    shutil.copytree(corpora / name / "posts", root / "posts")
    config = CONFIG.format(name=name, url=URL, engine=engine)
    assert config.count("\n") == 4
    (root / "blogforge.yaml").write_text(config, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "blogforge", "build", str(root), "--jobs", "1", "--json"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Publication(root, json.loads(done.stdout))


def test_no_post_is_lost(publication: Publication) -> None:
    assert len(publication.sources) > 500
    assert publication.summary["skipped"] == []
    assert publication.summary["posts"] == len(publication.sources)
    assert publication.articles.keys() == publication.posts.keys()
    assert len(publication.articles) == len(publication.sources)


def test_every_article_has_headline_date_and_byline(publication: Publication) -> None:
    wrong = []
    for name, page in publication.articles.items():
        post = publication.posts[name]
        headlines = [node.text().strip() for node in page.css("h1")]
        times = page.css("article time.dt-published[datetime]")
        authors = [node.text().strip() for node in page.css("article .byline .p-name")]
        if (
            len(headlines) != 1
            or not headlines[0]
            or not times
            or len(authors) != len(post.authors)
            or not all(authors)
        ):
            wrong.append((name, headlines, len(times), authors, post.authors))
    assert not wrong


def test_every_article_is_followed_by_four_others(publication: Publication) -> None:
    wrong = []
    for name, page in publication.articles.items():
        address = publication.posts[name].url
        shown = [node.attributes["href"] for node in page.css("aside.more-from a.card")]
        thread = [node.attributes["href"] for node in page.css(".story-thread li a")]
        if len(shown) != 4 or len({address, *shown, *thread}) != 5 + len(thread):
            wrong.append((name, shown))
    assert not wrong


def test_every_link_of_a_template_leads_somewhere(publication: Publication) -> None:
    dead = {
        name: found
        for name, page in publication.tree.pages()
        if (found := publication.tree.dead(publication.tree.address_of(name), template_links(page)))
    }
    assert not dead


def test_every_feed_is_well_formed(publication: Publication) -> None:
    tree = publication.tree
    maps = ("sitemap", "news-sitemap")
    feeds = [name for name in tree.named(".xml") if not name.startswith(maps)]
    assert len(feeds) > 50
    for name in [*feeds, "sitemap.xml"]:
        etree.parse(tree.root / name)


def test_feeds_and_sitemaps_keep_the_rules(publication: Publication) -> None:
    tree = publication.tree
    groups = [*tree.named("/feed.xml"), *tree.named("/atom.xml")]
    broken = [
        fault
        for name in (*SITE_WIDE, "feed.json", "feeds.opml", *groups[:: max(1, len(groups) // 10)])
        for fault in feed_faults(name, (tree.root / name).read_bytes(), URL + encode(name))
    ]
    assert broken == []
    for name in ("sitemap.xml", *(name for name in tree.files if name.startswith("sitemap-"))):
        checked((tree.root / name).read_bytes())


def test_the_feeds_of_the_site_read_back(publication: Publication) -> None:
    tree = publication.tree
    newest = [post.url for post in newest_first(publication)][:ITEMS]
    for name in SITE_WIDE:
        feed = read_back(tree.root / name)
        assert [tree.file_at(entry.link) for entry in feed.entries] == [
            f"{url.lstrip('/')}index.html" for url in newest
        ]
    items = json.loads((tree.root / "feed.json").read_text(encoding="utf-8"))["items"]
    assert [tree.file_at(item["url"]) for item in items] == [
        f"{url.lstrip('/')}index.html" for url in newest
    ]


def test_the_feeds_of_groups_read_back(publication: Publication) -> None:
    """With the posts, in their order, that the first page of the group's list shows."""
    tree = publication.tree
    feeds = tree.named("/feed.xml")
    for name in feeds[:: max(1, len(feeds) // SAMPLE)]:
        cards = tree.html(name.replace("feed.xml", "index.html")).css(
            "main.h-feed .h-entry a.u-url:not([rel=author])"
        )
        shown = [tree.file_at(urljoin(URL, card.attributes["href"] or "")) for card in cards]
        assert 0 < len(shown) <= ITEMS, name
        assert [tree.file_at(entry.link) for entry in read_back(tree.root / name).entries] == shown


def read_back(path: Path) -> Any:
    """A feed as a reader sees it: in order, complete and without a complaint."""
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo, (path, feed.get("bozo_exception"))
    assert feed.feed.title
    assert all(entry.id and entry.title and entry.link for entry in feed.entries), path
    times = [entry.published_parsed for entry in feed.entries]
    assert all(newer >= older for newer, older in pairwise(times)), path
    return feed


def newest_first(publication: Publication) -> list[Post]:
    """The posts as every list shows them."""
    posts = sorted(publication.posts.values(), key=lambda post: post.path)
    return sorted(posts, key=lambda post: post.date, reverse=True)


@pytest.mark.parametrize(
    "publication", [(name, "markdown") for name in CORPORA], ids=CORPORA, indirect=True
)
def test_every_error_in_html_is_its_authors(publication: Publication) -> None:
    """Templates make none, and of what authors wrote no more is passed on than is known."""
    found = [fault for fault in faults(publication.tree.root) if fault.file.endswith(".html")]
    bodies = {name: written(publication.tree.root / name) for name in {f.file for f in found}}
    ours = [fault for fault in found if fault.line not in bodies[fault.file]]
    assert not ours
    kinds = Counter(map(kind_of, found))
    known = WRITTEN[publication.name]
    assert not {kind: count for kind, count in kinds.items() if count > known.get(kind, 0)}


def written(page: Path) -> range:
    """The lines of a page on which its body stands."""
    before, _, rest = page.read_text(encoding="utf-8").partition('<div class="article-body')
    body, end, _ = rest.partition('<div class="article-end')
    start = before.count("\n") + 1
    return range(start, start + body.count("\n") + 1) if end else range(0)


def kind_of(fault: Fault) -> str:
    found = (kind for says, kind in KINDS.items() if re.search(says, fault.says, re.DOTALL))
    return next(found, fault.says)
