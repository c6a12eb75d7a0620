"""The publication that the repository is: what a newcomer sees first, and every feature at work."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser  # type: ignore[import-untyped]  # it ships no annotations
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from blogforge.pages.policy import source_of
from tests.commands import blogforge
from tests.conftest import NOW
from tests.trees import Link, Tree, links

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
TEXTS = (".html", ".xml", ".json", ".txt", "_redirects")
# Elements without an end tag: https://html.spec.whatwg.org/multipage/syntax.html#void-elements.
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
# Subtypes of https://schema.org/NewsArticle.
NEWS = {"NewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle"}


@pytest.fixture(scope="module")
def pages(own_tree: Tree) -> dict[str, LexborHTMLParser]:
    """Every page but the redirects of aliases, parsed."""
    return {name: page for name, page in own_tree.pages() if not page.css("[http-equiv=refresh]")}


@pytest.fixture(scope="module")
def articles(pages: dict[str, LexborHTMLParser]) -> dict[str, LexborHTMLParser]:
    return {name: page for name, page in pages.items() if page.css("body.kind-article")}


def one(page: LexborHTMLParser, selector: str) -> str:
    """The text of the one element that a selector finds."""
    (node,) = page.css(selector)
    return " ".join(node.text().split())


# ---------------------------------------------------------------- the whole


def test_there_is_nothing_to_mend(own_site: Path) -> None:
    done = blogforge("check", own_site, "--now", NOW)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing to mend\n", "")


def test_every_link_and_fragment_leads_somewhere(own_tree: Tree) -> None:
    dead = {
        name: found
        for name, page in own_tree.pages()
        if (found := own_tree.dead(own_tree.address_of(name), links(page)))
    }
    assert not dead


def test_every_file_is_of_use(own_tree: Tree) -> None:
    """Each is linked, or found by its name: no page is an island, no picture is shipped unseen."""
    linked = {
        own_tree.file_at(urljoin(own_tree.address_of(name), link.address))
        for name, page in own_tree.pages()
        for link in links(page)
    }
    known = {".blogforge", "404.html", "robots.txt", "llms.txt", "sitemap.xml"}
    known |= {"_redirects", "_headers"}
    feed = (own_tree.root / "feed.xml").read_text(encoding="utf-8")
    linked |= {
        own_tree.file_at(urljoin(own_tree.url, a))
        for a in re.findall(r'\?xml.* href="(.*?)"', feed)
    }
    redirects = {n for n, page in own_tree.pages() if page.css("[http-equiv=refresh]")}
    said = {own_tree.file_at(url) or "" for url in published_images(own_tree)}
    searched = {name for name in own_tree.files if name.startswith("pagefind/")}
    unseen = own_tree.files - linked - known - redirects - said - searched
    # Of a picture that is shown in smaller renditions, the file itself is there for who asks.
    assert {name for name in unseen if not name.startswith("media/images/")} == set()


def published_images(tree: Tree) -> Iterator[str]:
    """Logos, and what pages are shown by where somebody links to them."""
    for _, page in tree.pages():
        for node in page.css('meta[property="og:image"]'):
            yield node.attributes["content"] or ""
        for data in structured_data(page):
            if "publisher" in data:
                yield data["publisher"]["logo"]["url"]


def test_every_link_of_every_feed_leads_somewhere(own_tree: Tree) -> None:
    feeds = [name for name in own_tree.named(".xml") if name != "sitemap.xml"]
    assert {"feed.xml", "atom.xml", "story/the-war-in-northern-mali/feed.xml"} <= set(feeds)
    dead = {name: found for name in feeds if (found := [*dead_in_feed(own_tree, name)])}
    assert not dead


def dead_in_feed(tree: Tree, name: str) -> Iterator[str]:
    feed = feedparser.parse((tree.root / name).read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.entries
    addresses = [feed.feed.link, *(link.href for link in feed.feed.links)]
    for entry in feed.entries:
        addresses += [entry.link, *(link.href for link in entry.links)]
        for content in entry.get("content", []):
            yield from tree.dead(entry.link, links(LexborHTMLParser(content.value)))
    yield from tree.dead(tree.url, [Link(address, "feed") for address in addresses])


def test_every_link_of_the_json_feed_leads_somewhere(own_tree: Tree) -> None:
    feed = json.loads((own_tree.root / "feed.json").read_text(encoding="utf-8"))
    addresses = [feed[key] for key in ("home_page_url", "feed_url", "icon") if key in feed]
    assert len(addresses) >= 2
    for item in feed["items"]:
        content = LexborHTMLParser(item["content_html"])
        assert own_tree.dead(item["url"], links(content)) == []
        addresses += [item["url"], *filter(None, [item.get("image")])]
    assert own_tree.dead(own_tree.url, [Link(address, "feed") for address in addresses]) == []


def test_the_sitemap_lists_every_page_that_may_be_found(
    own_tree: Tree, pages: dict[str, LexborHTMLParser]
) -> None:
    sitemap = etree.parse(own_tree.root / "sitemap.xml")
    listed = [own_tree.file_at(loc.text or "") for loc in sitemap.iter(LOC)]
    indexed = {
        n for n, page in pages.items() if not page.css('meta[name=robots][content*="noindex"]')
    }
    assert len(listed) == len(set(listed))
    later = {name for name in indexed if re.search(r"\bpage/\d+/", name)}  # found from the first
    assert set(listed) == indexed - later - {"404.html"}


# ---------------------------------------------------------------- what it shows


@pytest.mark.parametrize(
    "selector",
    [
        "figure.hero .credit",
        ".article-body figure.quote figcaption cite",
        ".article-body .fact-box",
        ".article-body .table table th",
        ".article-body .highlight code.language-python span",
        ".article-body .footnote-ref",
        ".article-body section.footnotes li",
        ".corrections time[datetime]",
        ".sources a.archived",
        ".key-points li",
        ".kicker",
        "time.dt-updated",
        "details.toc a",
        "details.type p",
        ".article-body .dateline",
        ".article-body aside.pull-quote[aria-hidden=true] p",
        '.translations a[hreflang="fr"]',
        '.translations a[hreflang="en"]',
        ".bio .handle",
        '[lang="fr"] .article-body, article[lang="fr"]',
        'html[lang="ar"][dir="rtl"]',
    ],
)
def test_some_article_shows(articles: dict[str, LexborHTMLParser], selector: str) -> None:
    assert any(page.css(selector) for page in articles.values())


def test_stories_are_told_in_their_parts(
    own_tree: Tree, articles: dict[str, LexborHTMLParser]
) -> None:
    threads: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for page in articles.values():
        if page.css(".story-thread"):
            parts = (page.css(f".story-thread .{part} li") for part in ("earlier", "later"))
            threads[one(page, ".story-thread h2")].append(tuple(map(len, parts)))
    assert threads == {
        "The war in northern Mali": [(0, 3), (1, 2), (2, 1), (3, 0)],
        "The price of Iranian oil": [(0, 2), (1, 1), (2, 0)],
    }
    shown = own_tree.html("story/the-war-in-northern-mali/index.html").css("main time.dt-published")
    days = [node.attributes["datetime"] or "" for node in shown]
    assert len(days) == 4
    assert days == sorted(days)


def test_what_is_not_published_appears_nowhere(own_site: Path, own_tree: Tree) -> None:
    done = blogforge("build", own_site, "--now", NOW, "--json", "--output", own_tree.root)
    skipped = {entry["path"]: entry["reason"] for entry in json.loads(done.stdout)["skipped"]}
    assert sorted(skipped.values()) == ["draft", "expired", "scheduled", "withdrawn"]
    texts = {n: (own_tree.root / n).read_text("utf-8") for n in own_tree.files if n.endswith(TEXTS)}
    for path in [path for path, reason in skipped.items() if reason != "withdrawn"]:
        source = (own_site / path).read_text(encoding="utf-8")
        title = re.findall(r"^title: *(.+)$", source, re.MULTILINE)[0].strip("\"' ")
        slug = Path(path).stem[len("2012-03-21-") :]
        assert not [name for name, text in texts.items() if title in text or slug in text]


def test_a_withdrawn_post_says_so_and_is_found_only_by_its_links(
    own_tree: Tree, pages: dict[str, LexborHTMLParser]
) -> None:
    (name,) = [name for name, page in pages.items() if page.css("body.kind-withdrawn")]
    page = pages[name]
    assert one(page, ".notice") == "This article has been withdrawn."
    assert len(page.css("main time")) == 2
    assert page.css('meta[name=robots][content="noindex"]')
    assert not page.css(
        'script[type$=json], meta[name=description], [property="og:description"], aside'
    )
    address = own_tree.address_of(name)
    linking = {n for n in own_tree.files if address.encode() in (own_tree.root / n).read_bytes()}
    bodies = {
        n for n, p in own_tree.pages() if p.css(f'.article-body a[href="{path_of(address)}"]')
    }
    assert bodies == {"2013/06/04/uranium-and-power/index.html"}
    assert linking <= {name, "feed.xml", "atom.xml", "feed.json"} | feeds_of(own_tree)


def path_of(address: str) -> str:
    return urlsplit(address).path


def feeds_of(tree: Tree) -> set[str]:
    """The feeds that carry the body which links to the notice."""
    return {name for name in tree.files if name.endswith("/feed.xml")}


def test_there_is_enough_to_read(articles: dict[str, LexborHTMLParser]) -> None:
    assert len(articles) >= 12
    for name, page in articles.items():
        assert len(page.css("aside.more-from a.card")) == 4, name
        assert page.css(".byline .p-name"), name
        assert page.css(".bio"), name


# ---------------------------------------------------------------- HTML


class Nesting(HTMLParser):
    """Faults in how tags open and close, as an editor of the source would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As `<path/>` of an inline SVG: open and closed at once."""

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} closes {self._open[-1:]}")
        else:
            self._open.pop()


def test_tags_nest(own_tree: Tree) -> None:
    faults = {
        name: found
        for name in own_tree.named(".html")
        if (found := Nesting((own_tree.root / name).read_text(encoding="utf-8")).faults)
    }
    assert not faults


def test_nesting_is_seen() -> None:
    assert Nesting("<p><em>a</p></em>").faults
    assert Nesting("<ul><li>a</ul>").faults
    assert Nesting('<a id="a" id="b">a</a>').faults
    assert not Nesting("<p>a<br>b<img src='c'></p>").faults


def test_every_page_says_what_it_is(pages: dict[str, LexborHTMLParser]) -> None:
    for name, page in pages.items():
        assert one(page, "h1"), name
        assert one(page, "title"), name
        assert len(page.css("main")) == 1, name
        (root,) = page.css("html")
        assert root.attributes["lang"], name
        assert root.attributes["dir"] in {"ltr", "rtl"}, name


def test_no_two_pages_have_one_title(pages: dict[str, LexborHTMLParser]) -> None:
    titles = [one(page, "title") for page in pages.values()]
    assert sorted(titles) == sorted(set(titles))


def test_ids_are_unique(own_tree: Tree) -> None:
    for name, page in own_tree.pages():
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), name


def test_pictures_say_what_they_show_or_that_they_need_not(own_tree: Tree) -> None:
    for name, page in own_tree.pages():
        assert not page.css("img:not([alt])"), name
        pictures = page.css("main > article img:not(.u-photo)")  # those stand beside a name
        assert all(node.attributes["alt"] for node in pictures), name


def test_nothing_runs_or_is_styled_inside_a_page(own_tree: Tree) -> None:
    """So that a content security policy may forbid it, but for the one script that it names."""
    headers = (own_tree.root / "_headers").read_text(encoding="utf-8")
    for name, page in own_tree.pages():
        assert not page.css("style, [style]"), name
        scripts = page.css('script:not([type="application/ld+json"]):not([src])')
        assert all(source_of(script.text()) in headers for script in scripts), name
        attributes = {attribute for node in page.css("*") for attribute in node.attributes}
        assert not [attribute for attribute in attributes if attribute.startswith("on")], name


def test_a_page_asks_nobody_else_for_anything(own_tree: Tree) -> None:
    host = urlsplit(own_tree.url).netloc
    for name, page in own_tree.pages():
        fetched = [link.address for link in links(page) if link.tag not in {"a", "area", "link"}]
        fetched += [
            node.attributes["href"] or ""
            for node in page.css("link[href]")
            if node.attributes["rel"] not in {"canonical", "alternate", "author"}
        ]
        hosts = {urlsplit(address).netloc for address in fetched}
        assert hosts <= {"", host}, name
    for style in own_tree.named(".css"):
        text = (own_tree.root / style).read_text(encoding="utf-8")
        assert not re.findall(r"@import|url\(\s*['\"]?(?:https?:)?//", text)


# ---------------------------------------------------------------- structured data


def structured_data(page: LexborHTMLParser) -> list[dict[str, Any]]:
    return [json.loads(node.text()) for node in page.css('script[type="application/ld+json"]')]


def test_structured_data_says_what_the_page_says(
    own_tree: Tree, articles: dict[str, LexborHTMLParser]
) -> None:
    for name, page in articles.items():
        news, trail = structured_data(page)
        assert news["@type"] in NEWS, name
        assert news["headline"] == one(page, "h1"), name
        assert " ".join(news["description"].split()) == one(page, "article .dek"), name
        assert instants(page, "article time.dt-published") == {
            datetime.fromisoformat(news["datePublished"])
        }, name
        shown = instants(page, "article time.dt-updated, .corrections time")
        published = datetime.fromisoformat(news["datePublished"])
        assert datetime.fromisoformat(news["dateModified"]) == max({published, *shown}), name
        bylines = [node.text().strip() for node in page.css("article .byline .p-name")]
        assert [author["name"] for author in news["author"]] == bylines, name
        assert all(own_tree.file_at(author["url"]) for author in news["author"]), name
        assert news["mainEntityOfPage"]["@id"] == own_tree.address_of(name), name
        assert news["publisher"]["name"], name
        assert own_tree.file_at(news["publisher"]["logo"]["url"]), name
        assert all(own_tree.file_at(image["url"]) for image in news.get("image", ())), name
        assert len(news.get("correction", [])) == len(page.css(".corrections p")), name
        assert trail["@type"] == "BreadcrumbList", name
        assert trail["itemListElement"][-1]["item"] == own_tree.address_of(name), name


def instants(page: LexborHTMLParser, selector: str) -> set[datetime]:
    return {datetime.fromisoformat(n.attributes["datetime"] or "") for n in page.css(selector)}


def test_an_authors_page_is_a_profile(pages: dict[str, LexborHTMLParser]) -> None:
    authors = {name: page for name, page in pages.items() if page.css("body.kind-author")}
    assert authors
    for name, page in authors.items():
        (profile,) = structured_data(page)
        assert profile["@type"] == "ProfilePage", name
        person = profile["mainEntity"]
        assert person["name"] == one(page, "h1").split(" Page ")[0], name
        said = " ".join(page.css("main")[0].text().split())
        assert " ".join(person["description"].split()) in said, name
