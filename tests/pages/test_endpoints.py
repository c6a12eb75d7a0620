from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser  # type: ignore[import-untyped]  # has no types
import pytest
from lxml import etree, html
from msgspec.structs import replace

from blogforge.images import Image, Picture
from blogforge.model import Correction, Page, Post, Reference, Site
from blogforge.pages.crawlers import news_change, sitemap_pages
from blogforge.pages.plan import plan
from blogforge.pages.render import render
from blogforge.pages.sitemap import IMAGE, NEWS_AGE
from blogforge.settings import FeedsConfig
from tests.invented import CONFIG, NOW, day, post, site_of, standalone
from tests.rendering import FILES, publication, write

if TYPE_CHECKING:
    from blogforge.config import Config

SECOND = timedelta(seconds=1)
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


def many(count: int) -> list[Post]:
    return [
        post(f"p{n:02}", date=day(20) - timedelta(minutes=n), tags=("Mali",)) for n in range(count)
    ]


def made(root: Path, site: Site) -> dict[str, bytes]:
    site = replace(site, data={"ticker": {}})
    pages = publication(write(root, FILES), site).all()
    return {path: page.data for path, page in pages.items()}


# ---------------------------------------------------------------- feeds


def test_feeds_read_back_with_the_newest_twenty(tmp_path: Path) -> None:
    pages = made(tmp_path, site_of(many(25)))
    titles = [f"About p{n:02}" for n in range(20)]
    for path in ("feed.xml", "atom.xml", "tag/mali/feed.xml"):
        read = feedparser.parse(pages[path])
        assert not read.bozo
        assert [entry.title for entry in read.entries] == titles
    assert [item["title"] for item in json.loads(pages["feed.json"])["items"]] == titles


def test_a_feed_says_which_group_it_is_of(tmp_path: Path) -> None:
    config = replace(CONFIG, dek="Slow news.", url="https://x.example/blog/")
    pages = made(tmp_path, site_of([post("a", base="/blog/", tags=("Mali",))], config))
    whole, group = (feedparser.parse(pages[p]).feed for p in ("feed.xml", "tag/mali/feed.xml"))
    assert (whole.title, whole.link, whole.subtitle) == (
        "The Dispatch",
        "https://x.example/blog/",
        "Slow news.",
    )
    assert group.title == "Mali – The Dispatch"
    assert group.link == "https://x.example/blog/tag/mali/"


def test_an_entry_is_its_post(tmp_path: Path) -> None:
    written = post(
        "a",
        title="Guns & sand",
        dek="Who gains.",
        authors=("Ana",),
        section="Africa",
        tags=("Mali",),
        image=Image(src="/media/a.jpg", alt="A <b>"),
        corrections=(Correction(date=day(9), text="It was 3 < 4."),),
    )
    site = site_of([written], bodies={"posts/a.md": '<p><a href="/b/">b</a></p>'})
    (item,) = json.loads(made(tmp_path, site)["feed.json"])["items"]
    assert item == {
        "id": "https://dispatch.example/2012/03/01/a/",
        "url": "https://dispatch.example/2012/03/01/a/",
        "title": "Guns & sand",
        "summary": "Who gains.",
        "image": "https://dispatch.example/media/a.jpg",
        "date_published": "2012-03-01T09:00:00+00:00",
        "date_modified": "2012-03-09T09:00:00+00:00",
        "authors": [{"name": "Ana", "url": "https://dispatch.example/author/ana/"}],
        "tags": ["Africa", "Mali"],
        "language": "en",
        "content_html": (
            '<figure><img src="https://dispatch.example/media/a.jpg" alt="A &lt;b&gt;"></figure>\n'
            '<p><a href="https://dispatch.example/b/">b</a></p>\n'
            "<h2>Corrections</h2>\n"
            '<p><time datetime="2012-03-09T09:00:00+00:00">9 March 2012</time> It was 3 &lt; 4.</p>'
        ),
    }


def content_of(root: Path, body: str = "<p>Body.</p>", **fields: Any) -> str:
    """What a feed shows of the post with those fields."""
    site = site_of([post("a", **fields)], bodies={"posts/a.md": body})
    (item,) = json.loads(made(root, site)["feed.json"])["items"]
    content: str = item["content_html"]
    return content


def test_an_entry_has_all_that_its_page_says(tmp_path: Path) -> None:
    content = content_of(
        tmp_path,
        image=Image(src="/a.svg", alt="A", caption="A boat", credit="Eve Roy"),
        key_points=("One", "Two & three"),
        sources=(Reference(title="T", url="https://a.example/", archived="https://b.example/"),),
    )
    assert content.split("\n") == [
        '<figure><img src="https://dispatch.example/a.svg" alt="A">'
        "<figcaption>A boat <small>Eve Roy</small></figcaption></figure>",
        *("<h2>Key points</h2>", "<ul>", "<li>One</li>", "<li>Two &amp; three</li>", "</ul>"),
        "<p>Body.</p>",
        *("<h2>Sources</h2>", "<ol>"),
        '<li><a href="https://a.example/">T</a> '
        '(<a href="https://b.example/">archived copy</a>)</li>',
        "</ol>",
    ]


def test_a_picture_that_the_body_shows_is_not_shown_twice(tmp_path: Path) -> None:
    body = '<p><img src="/a.svg" alt=""></p>'
    assert content_of(tmp_path, body, image=Image(src="/a.svg")).count("<img") == 1


def test_what_runs_from_right_to_left_says_so(tmp_path: Path) -> None:
    assert content_of(tmp_path, lang="ar").startswith('<div lang="ar" dir="rtl">\n<p>Body.')
    assert content_of(tmp_path, lang="fr") == "<p>Body.</p>"


def test_an_entry_keeps_its_id_wherever_its_post_goes(tmp_path: Path) -> None:
    config = replace(CONFIG, url="https://new.example/")
    corrections = (Correction(date=day(9), text="It was three.", id="correction_20120309"),)
    site = site_of([post("a", id="tag:old.example,2012:a", corrections=corrections)], config)
    pages = made(tmp_path, site)
    assert feedparser.parse(pages["feed.xml"]).entries[0].id == "tag:old.example,2012:a"
    corrected = feedparser.parse(pages["corrections/feed.xml"]).entries[0]
    assert corrected.id == "tag:old.example,2012:a#correction_20120309"
    assert corrected.link == "https://new.example/2012/03/01/a/#correction_20120309"


def test_a_browser_is_told_how_to_show_a_feed(tmp_path: Path) -> None:
    pages = made(write(tmp_path, {"static/feed.css": "b {}"}), site_of([post("a")]))
    [style] = [path for path in pages if path.startswith("feed.") and path.endswith(".css")]
    for name in ("feed.xml", "atom.xml"):
        assert f'<?xml-stylesheet type="text/css" href="/{style}"?>'.encode() in pages[name]


def test_a_feed_is_as_old_as_its_newest_entry(tmp_path: Path) -> None:
    posts = [post("a", updated=day(9)), post("b", date=day(2))]
    feeds = [made(tmp_path, site_of(posts, now=now))["atom.xml"] for now in (NOW, NOW + NEWS_AGE)]
    assert feeds[0] == feeds[1]
    assert feedparser.parse(feeds[0]).feed.updated == "2012-03-09T09:00:00+00:00"


def test_a_site_without_posts_has_well_formed_feeds(tmp_path: Path) -> None:
    pages = made(tmp_path, site_of([]))
    for path in ("feed.xml", "atom.xml"):
        assert etree.fromstring(pages[path]) is not None
    assert json.loads(pages["feed.json"])["items"] == []
    assert feedparser.parse(pages["atom.xml"]).feed.updated == "1970-01-01T00:00:00+00:00"


def test_a_group_has_feeds_of_every_format_that_is_wanted(tmp_path: Path) -> None:
    config = replace(CONFIG, feeds=FeedsConfig(groups=("rss", "atom", "json")))
    pages = made(tmp_path, site_of(many(2), config))
    assert feedparser.parse(pages["tag/mali/atom.xml"]).version == "atom10"
    assert feedparser.parse(pages["tag/mali/feed.xml"]).version == "rss20"
    assert json.loads(pages["tag/mali/feed.json"])["title"] == "Mali – The Dispatch"


# ---------------------------------------------------------------- sitemaps


def locations(data: bytes) -> list[str | None]:
    return [node.text for node in etree.fromstring(data).iter(LOC)]


def test_the_sitemap_has_the_first_page_of_everything(tmp_path: Path) -> None:
    site = site_of(
        [*many(25), post("a", status="unlisted", aliases=("/old/",))],
        replace(CONFIG, paginate=10),
        standalones=[standalone("about")],
    )
    found = locations(made(tmp_path, site)["sitemap.xml"])
    base = "https://dispatch.example/"
    assert found == sorted(
        [base]
        + [f"{base}2012/03/20/p{n:02}/" for n in range(25)]
        + [
            f"{base}{p}"
            for p in ("2012/", "2012/03/", "about/", "archive/", "follow/", "tag/", "tag/mali/")
        ]
    )


def test_the_sitemap_says_when_a_page_changed(tmp_path: Path) -> None:
    site = site_of([post("a", updated=day(9), tags=("Mali",))])
    tree = etree.fromstring(made(tmp_path, site)["sitemap.xml"])
    dates = {node.findtext(LOC): node.findtext(LASTMOD) for node in tree}
    assert dates["https://dispatch.example/2012/03/01/a/"] == "2012-03-09T09:00:00+00:00"
    assert dates["https://dispatch.example/tag/mali/"] == "2012-03-09T09:00:00+00:00"


def sitemaps(root: Path, site: Site, max_urls: int) -> dict[str, bytes]:
    """The files of the sitemap of `site` by name, and robots.txt."""
    pages = plan(site, max_urls=max_urls)
    inputs = publication(root, site).inputs
    names = ("sitemap", "robots")
    return {p.path: render(p, inputs).data for p in pages if p.path.startswith(names)}


def test_a_large_sitemap_has_a_part_for_each_month(tmp_path: Path) -> None:
    old = post("old", date=datetime(2011, 12, 31, 23, tzinfo=UTC))
    site = site_of([*many(5), old])
    [whole] = [
        locations(data) for name, data in sitemaps(tmp_path, site, 50).items() if "map" in name
    ]
    files = sitemaps(tmp_path, site, 6)
    base = "https://dispatch.example/"
    parts = [
        "sitemap-2011-12.xml",
        "sitemap-2012-03.xml",
        "sitemap-pages.xml",
        "sitemap-pages-2.xml",
    ]
    assert locations(files["sitemap.xml"]) == [base + part for part in parts]
    assert sorted(url or "" for part in parts for url in locations(files[part])) == whole
    assert locations(files["sitemap-2011-12.xml"]) == [f"{base}2011/12/31/old/"]
    assert [len(locations(files[part])) for part in parts[1:3]] == [5, 6]
    assert b"sitemap-" not in files["robots.txt"]  # the index is enough


def test_a_new_post_leaves_the_months_before_it_alone(tmp_path: Path) -> None:
    old = [post(f"old{n}", date=datetime(2011, 12, n, tzinfo=UTC)) for n in (1, 2)]
    before, after = (sitemaps(tmp_path, site_of([*old, *many(count)]), 2) for count in (1, 2))
    changed = {name for name, data in after.items() if before.get(name) != data}
    assert "sitemap-2012-03.xml" in changed
    assert "sitemap-2011-12.xml" not in changed


def test_a_page_s_pictures_are_in_the_sitemap(tmp_path: Path) -> None:
    written = post("a", image=Image(src="/media/a.jpg"))
    site = site_of([written, post("b", image=Image(src="/media/gone.jpg"))])
    brief = replace(site.briefs["posts/a.md"], pictures=("/media/b.png", "/media/a.jpg"))
    pictures = {
        url: Picture(name=url[1:], digest="d", url=url, width=9, height=9)
        for url in ("/media/a.jpg", "/media/b.png")
    }
    site = replace(site, briefs=site.briefs | {"posts/a.md": brief}, pictures=pictures)
    tree = etree.fromstring(sitemaps(tmp_path, site, 50)["sitemap.xml"])
    found = {node.findtext(LOC): [e.text for e in node.iter(f"{{{IMAGE}}}loc")] for node in tree}
    base = "https://dispatch.example"
    images = [f"{base}/media/a.jpg", f"{base}/media/b.png"]
    assert {url: urls for url, urls in found.items() if urls} == {f"{base}{written.url}": images}


@pytest.mark.parametrize(
    ("date", "listed"),
    [
        (NOW, True),
        (NOW - NEWS_AGE + SECOND, True),
        (NOW - NEWS_AGE, False),
        (NOW + SECOND, False),
    ],
)
def test_news_are_two_days_old_at_most(tmp_path: Path, date: datetime, listed: bool) -> None:
    pages = made(tmp_path, site_of([post("a", date=date), post("b")]))
    assert ("news-sitemap.xml" in pages) == listed
    assert (b"news-sitemap" in pages["robots.txt"]) == listed
    if listed:
        url = f"https://dispatch.example/{date:%Y/%m/%d}/a/"
        assert locations(pages["news-sitemap.xml"]) == [url]


@pytest.mark.parametrize("fields", [{"status": "unlisted"}, {"canonical": "https://e.example/"}])
def test_what_is_no_news_of_ours(tmp_path: Path, fields: dict[str, Any]) -> None:
    pages = made(tmp_path, site_of([post("a", date=NOW, **fields)]))
    assert "news-sitemap.xml" not in pages


def test_the_news_of_the_calendar_s_last_day(tmp_path: Path) -> None:
    end = datetime(9999, 12, 31, tzinfo=UTC)
    pages = made(tmp_path, replace(site_of([post("a", date=end)]), now=end))
    assert "news-sitemap.xml" in pages


def test_when_the_news_change_by_themselves() -> None:
    fresh, old = post("a", date=NOW - timedelta(hours=1)), post("b")
    assert news_change(site_of([old])) is None
    assert news_change(site_of([fresh, old])) == fresh.date + NEWS_AGE
    coming = post("c", date=NOW + SECOND)  # as with --future
    assert news_change(site_of([fresh, coming])) == coming.date


def test_robots_are_told_of_the_sitemaps(tmp_path: Path) -> None:
    config = replace(CONFIG, url="https://x.example/blog/")
    pages = made(tmp_path, site_of([post("a", base="/blog/", date=NOW)], config))
    assert pages["robots.txt"].decode() == (
        "User-agent: *\nDisallow:\n\n"
        "Sitemap: https://x.example/blog/sitemap.xml\n"
        "Sitemap: https://x.example/blog/news-sitemap.xml\n"
    )


def test_every_location_is_a_page_of_the_plan(tmp_path: Path) -> None:
    site = site_of(many(3), replace(CONFIG, url="https://x.example/blog/"))
    site = replace(site, posts=tuple(post(p.slug, base="/blog/", date=p.date) for p in site.posts))
    pages: list[Page] = [page for page in plan(site) if page.kind != "file"]
    (sitemap, robots) = sitemap_pages(pages, site)
    assert {entry.url for entry in sitemap.subject} <= {
        f"https://x.example{page.url}" for page in pages
    }
    assert robots.subject == ("sitemap.xml",)
    del tmp_path


# ---------------------------------------------------------------- redirects and files


def test_an_old_address_leads_to_the_new_one(tmp_path: Path) -> None:
    config: Config = replace(CONFIG, url="https://x.example/blog/")
    site = site_of([post("été", base="/blog/", title="<b>&", aliases=("/old/",))], config)
    pages = made(tmp_path, site)
    tree = html.fromstring(pages["old/index.html"].decode())
    url = "/blog/2012/03/01/%C3%A9t%C3%A9/"
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"https://x.example{url}"]
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={url}"]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert tree.xpath("//a/@href") == [url]
    assert tree.xpath("//title/text()") == ["<b>&"]
    assert pages["_redirects"].decode() == f"/blog/old/ {url} 301\n"


def test_files_are_copied_as_they_are(tmp_path: Path) -> None:
    raw = bytes(range(256))
    write(tmp_path, {"static/a.bin": raw, "static/b.css": "b {}"})
    pages = made(tmp_path, site_of([post("a")]))
    assert pages["a.bin"] == raw
    (style,) = (path for path in pages if path.startswith("b."))
    assert style != "b.css"
    assert pages[style] == b"b {}"
