from __future__ import annotations

import ast
import inspect
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from blogforge.errors import ContentError
from blogforge.model import Page, Post, Site
from blogforge.pages import plan as plan_module
from blogforge.pages.plan import PLANNERS, archive, page_at, paginate, plan
from blogforge.pages.subjects import Calendar, Directory, Feed, Listing, Redirect, StoryLine
from blogforge.settings import FeedsConfig, SectionConfig
from blogforge.urls import collision_key, encode
from tests.invented import CONFIG, NOW, day, post, site_of, standalone

if TYPE_CHECKING:
    from blogforge.config import Config
    from blogforge.pages.plan import Planner

BLOG = replace(CONFIG, url="https://x.example/blog/")


def many(count: int) -> list[Post]:
    """Posts a minute apart, the first of them the newest."""
    return [
        post(f"p{n:02}", date=day(20) - timedelta(minutes=n), section="Africa", story="War")
        for n in range(count)
    ]


def by_path(site: Site) -> dict[str, Page]:
    return {page.path: page for page in plan(site)}


def of_kind(site: Site, kind: str) -> list[Page]:
    return [page for page in plan(site) if page.kind == kind]


def messages(site: Site, *planners: Planner) -> list[str]:
    with pytest.raises(ContentError) as caught:
        plan(site, planners or PLANNERS)
    return [problem.message for problem in caught.value.problems]


# ---------------------------------------------------------------- what there is


def test_the_pages_of_a_small_site() -> None:
    site = site_of(
        [post("a", section="Africa", tags=("Mali",), authors=("Ana",), story="War")],
        standalones=[standalone("about")],
        now=NOW,
    )
    assert list(by_path(site)) == [
        "2012/03/01/a/index.html",
        "2012/03/index.html",
        "2012/index.html",
        "404.html",
        "_headers",
        "about/index.html",
        "archive/index.html",
        "atom.xml",
        "author/ana/feed.xml",
        "author/ana/index.html",
        "author/index.html",
        "feed.json",
        "feed.xml",
        "feeds.opml",
        "follow/index.html",
        "index.html",
        "llms.txt",
        "robots.txt",
        "section/africa/feed.xml",
        "section/africa/index.html",
        "section/index.html",
        "sitemap.xml",
        "story/index.html",
        "story/war/feed.xml",
        "story/war/index.html",
        "tag/index.html",
        "tag/mali/feed.xml",
        "tag/mali/index.html",
    ]


def test_a_site_without_posts_has_its_frame() -> None:
    assert list(by_path(site_of([]))) == [
        "404.html",
        "_headers",
        "archive/index.html",
        "atom.xml",
        "feed.json",
        "feed.xml",
        "feeds.opml",
        "follow/index.html",
        "index.html",
        "llms.txt",
        "robots.txt",
        "sitemap.xml",
    ]


def test_the_plan_does_not_hang_on_the_order_of_planners() -> None:
    site = site_of(many(3))
    assert plan(site, reversed(PLANNERS)) == plan(site)


def test_an_article_says_what_it_is_made_of() -> None:
    page = by_path(site_of([post("a", title="Guns")]))["2012/03/01/a/index.html"]
    assert (page.url, page.render, page.kind) == ("/2012/03/01/a/", "article.html", "article")
    assert (page.title, page.origin, page.modified) == ("Guns", "posts/a.md", day(1))


def test_a_document_may_name_its_template() -> None:
    site = site_of(
        [post("a", template="long.html")], standalones=[standalone("about", template="wide.html")]
    )
    assert by_path(site)["2012/03/01/a/index.html"].render == "long.html"
    assert by_path(site)["about/index.html"].render == "wide.html"


def test_groups_are_listed_by_name_with_their_sizes() -> None:
    site = site_of([post("a", tags=("beta", "Alpha")), post("b", tags=("beta",))])
    assert by_path(site)["tag/index.html"].subject == Directory(
        kind="tag", entries=(("tag:alpha", 1), ("tag:beta", 2))
    )


def test_stories_are_listed_by_what_is_new_and_sections_as_the_navigation() -> None:
    config = replace(CONFIG, sections=(SectionConfig(name="World"), SectionConfig(name="Africa")))
    old = post("old", story="Alpha", section="Africa")
    new = post("new", story="Beta", section="Africa", date=day(2))
    pages = by_path(site_of([old, new], config))
    assert pages["story/index.html"].subject == Directory(
        kind="story",
        entries=(("story:beta", 1), ("story:alpha", 1)),
        newest=("posts/new.md", "posts/old.md"),
    )
    assert pages["section/index.html"].subject == Directory(
        kind="section",
        entries=(("section:world", 0), ("section:africa", 2)),
        newest=("", "posts/new.md"),
    )


def test_the_first_page_of_a_section_tells_its_stories_and_the_others_do_not() -> None:
    config = replace(CONFIG, paginate=2)
    posts = [post(f"p{n}", date=day(n + 1), section="Africa", story="War") for n in range(4)]
    alone = post("alone", date=day(9), section="Africa", story="Alone")
    pages = by_path(site_of([*posts, alone], config))
    first, second = (pages[f"section/africa/{path}index.html"].subject for path in ("", "page/2/"))
    assert (first.count, type(second)) == (5, Listing)
    newest = tuple(f"posts/p{n}.md" for n in (3, 2, 1))
    assert first.stories == (StoryLine(group="story:war", count=4, paths=newest),)
    assert pages["index.html"].subject.stories == first.stories


def test_years_and_months_lead_to_those_next_to_them() -> None:
    dates = [day(1).replace(month=month, year=year) for year, month in ((2011, 12), (2012, 3))]
    pages = by_path(site_of([post(f"p{n}", date=date) for n, date in enumerate(dates)]))
    year, month = pages["2012/index.html"].subject, pages["2011/12/index.html"].subject
    assert (year.earlier, year.later, year.count) == ("archive:2011", "", 1)
    assert year.months == (("archive:2012-03", 1),)
    assert (month.earlier, month.later, month.months) == ("", "archive:2012-03", ())


def test_the_archive_has_years_with_their_months() -> None:
    site = site_of([post("a"), post("b", date=day(1).replace(month=5)), post("c")])
    assert by_path(site)["archive/index.html"].subject == Calendar(
        years=(("archive:2012", (("archive:2012-05", 1), ("archive:2012-03", 2))),)
    )


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (0, [0]),
        (1, [1]),
        (20, [20]),
        (21, [21]),  # one leads, and twenty follow
        (22, [21, 1]),
        (41, [21, 20]),
        (42, [21, 20, 1]),
    ],
)
def test_pages_of_the_home_list(count: int, sizes: list[int]) -> None:
    pages = of_kind(site_of(many(count)), "home")
    listings = sorted((page.subject for page in pages), key=lambda listing: listing.number)
    assert [len(listing.paths) for listing in listings] == sizes
    assert [listing.lead for listing in listings] == [True] + [False] * (len(sizes) - 1)


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(1, [1]), (19, [19]), (20, [20]), (21, [20, 1]), (40, [20, 20]), (41, [20, 20, 1])],
)
def test_pages_of_a_section(count: int, sizes: list[int]) -> None:
    pages = of_kind(site_of(many(count)), "section")
    listings = sorted((page.subject for page in pages), key=lambda listing: listing.number)
    assert [len(listing.paths) for listing in listings] == sizes


def test_the_pages_of_a_list_lead_to_each_other() -> None:
    pages = by_path(site_of(many(42)))
    first, second, third = (
        pages[path] for path in ("index.html", "page/2/index.html", "page/3/index.html")
    )
    assert (first.subject.previous, first.subject.next) == ("", "/page/2/")
    assert (second.subject.previous, second.subject.next) == ("/", "/page/3/")
    assert (third.subject.previous, third.subject.next) == ("/page/2/", "")
    assert {page.subject.total for page in (first, second, third)} == {3}
    assert (first.render, second.render) == ("home.html", "list.html")
    assert (first.label, second.label) == ("", "Latest")
    assert [page.indexed for page in (first, second)] == [True, False]


def test_how_many_there_are_on_a_page_is_configurable() -> None:
    site = site_of(many(7), replace(CONFIG, paginate=3))
    assert [len(page.subject.paths) for page in of_kind(site, "section")] == [3, 3, 1]


def test_a_story_is_told_from_its_beginning() -> None:
    site = site_of([post("late", date=day(9), story="War"), post("early", story="War")])
    assert by_path(site)["story/war/index.html"].subject.paths == (
        "posts/early.md",
        "posts/late.md",
    )


def test_a_new_post_touches_the_first_and_the_last_page_of_a_story() -> None:
    config = replace(CONFIG, paginate=3)
    posts = [post(f"p{n}", date=day(n + 1), story="War") for n in range(8)]
    before, after = (of_kind(site_of(some, config), "story") for some in (posts[:7], posts))
    first, second, third = (page.subject for page in after)
    assert (first.count, first.newest) == (8, "posts/p7.md")
    assert second == before[1].subject
    assert [(page.count, page.newest) for page in (second, third)] == [(0, ""), (0, "")]


@given(st.integers(0, 100), st.integers(1, 30), st.booleans())
@settings(max_examples=200)
def test_pages_of_a_list_hold_everything_once_in_order(count: int, size: int, lead: bool) -> None:
    paths = tuple(map(str, range(count)))
    made = list(paginate("tag:a", paths, "/a/", size, lead=lead))
    listings = [listing for listing, _ in made]
    assert tuple(path for listing in listings for path in listing.paths) == paths
    assert len({url for _, url in made}) == len(made)
    assert [listing.number for listing in listings] == list(range(1, len(made) + 1))
    assert all(len(listing.paths) <= size + listing.lead for listing in listings)
    assert all(listing.paths for listing in listings[1:])
    for (listing, url), (after, url_after) in pairwise(made):
        assert (listing.next, after.previous) == (url_after, url)


# ---------------------------------------------------------------- unlisted posts


def test_an_unlisted_post_has_a_page_and_is_nowhere_else() -> None:
    hidden = post("aside", status="unlisted", tags=("Mali",), story="War", authors=("Ana",))
    site = site_of([hidden, post("b", story="War", tags=("Mali",))])
    pages = plan(site)
    (page,) = (page for page in pages if page.origin == hidden.path)
    assert not page.indexed
    assert "author/ana/index.html" not in by_path(site)
    others = [page.subject for page in pages if page.origin != hidden.path]
    assert "aside" not in repr(others)


@pytest.mark.parametrize(
    ("fields", "indexed"),
    [({}, True), ({"status": "unlisted"}, False), ({"canonical": "https://e.example/a"}, False)],
)
def test_what_search_engines_are_told_of(fields: dict[str, str], indexed: bool) -> None:
    site = site_of([post("a", **fields)], standalones=[standalone("about", **fields)])
    pages = by_path(site)
    assert pages["2012/03/01/a/index.html"].indexed == indexed
    assert pages["about/index.html"].indexed == indexed
    assert ("/2012/03/01/a/" in repr(pages["sitemap.xml"].subject)) == indexed


# ---------------------------------------------------------------- feeds


def feeds(site: Site) -> dict[str, Feed]:
    return {page.path: page.subject for page in of_kind(site, "feed")}


def test_feeds_hold_the_twenty_newest() -> None:
    site = site_of(many(25))
    newest = tuple(f"posts/p{n:02}.md" for n in range(20))
    found = feeds(site)
    assert {feed.paths for feed in found.values()} == {newest}
    assert found["feed.xml"] == Feed(group="", paths=newest, format="rss", home="/")
    assert found["section/africa/feed.xml"] == Feed(
        group="section:africa", paths=newest, format="rss", home="/section/africa/"
    )
    assert found["story/war/feed.xml"].paths == newest  # although its page begins with the oldest


def test_how_many_and_which_feeds_is_configurable() -> None:
    config = replace(CONFIG, feeds=FeedsConfig(items=2, groups=("atom", "json")))
    found = feeds(site_of(many(5), config))
    assert set(found) == {"feed.xml", "atom.xml", "feed.json"} | {
        f"{group}/{name}"
        for group in ("section/africa", "story/war")
        for name in ("atom.xml", "feed.json")
    }
    assert {len(feed.paths) for feed in found.values()} == {2}


# ---------------------------------------------------------------- aliases


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("/old/", "old/index.html"),
        ("/old", "old/index.html"),
        ("/old/page.html", "old/page.html"),
        ("/old/feed.xml", "old/feed.xml"),
        ("/v1.2/", "v1.2/index.html"),
        ("/v1.2/news", "v1.2/news/index.html"),
        ("/alt und neu/", "alt und neu/index.html"),
        ("/e\u0301te\u0301/", "été/index.html"),
    ],
)
def test_an_alias_leads_to_the_new_address(alias: str, path: str) -> None:
    site = site_of([post("a", aliases=(alias,))])
    page = by_path(site)[path]
    assert page.subject == Redirect(target="/2012/03/01/a/")
    assert (page.kind, page.indexed, page.origin) == ("redirect", False, "posts/a.md")
    assert by_path(site)["_redirects"].subject == ((encode(alias), "/2012/03/01/a/"),)


def test_unlisted_posts_and_pages_have_aliases_too() -> None:
    site = site_of(
        [post("a", status="unlisted", aliases=("/x/",))],
        standalones=[standalone("about", aliases=("/y/",))],
    )
    assert {"x/index.html", "y/index.html"} <= set(by_path(site))


def test_there_are_no_rules_without_aliases() -> None:
    assert "_redirects" not in by_path(site_of([post()]))


# ---------------------------------------------------------------- collisions


def test_two_posts_on_one_url() -> None:
    (message,) = messages(site_of([post("x/a"), post("y/a")]))
    assert "posts/x/a.md" in message
    assert "posts/y/a.md" in message
    assert "both make the file 2012/03/01/a/index.html" in message


@pytest.mark.parametrize(
    ("slug", "other"),
    [
        ("Mali", "mali"),
        ("été", "e\u0301te\u0301"),
        ("ÉTÉ", "e\u0301te\u0301"),
        ("straße", "strasse"),
    ],
)
def test_two_posts_that_some_file_systems_cannot_tell_apart(slug: str, other: str) -> None:
    (message,) = messages(site_of([post("one", slug=slug), post("two", slug=other)]))
    assert "posts/one.md" in message
    assert "posts/two.md" in message


@pytest.mark.parametrize(
    ("fields", "with_what"),
    [
        ({"url": "/tag/mali/"}, "the tag 'Mali'"),
        ({"url": "/2012/03/"}, "the archive 'March 2012'"),
        ({"url": "/archive/"}, "the archive"),
        ({"aliases": ("/",)}, "the front page"),
        ({"aliases": ("/feed.xml",)}, "the site's feed"),
        ({"aliases": ("/sitemap.xml",)}, "the sitemap"),
        ({"aliases": ("/about",)}, "pages/about.md"),
    ],
)
def test_a_post_in_the_way_of_what_is_made_anyway(fields: dict[str, str], with_what: str) -> None:
    site = site_of([post("a", tags=("Mali",), **fields)], standalones=[standalone("about")])
    with pytest.raises(ContentError) as caught:
        plan(site)
    (problem,) = caught.value.problems
    assert problem.location
    assert problem.location.path.endswith("a.md") or problem.location.path == "pages/about.md"
    assert with_what in problem.message
    assert "posts/a.md" in problem.message


def test_a_file_where_another_page_has_its_folder() -> None:
    site = site_of([post("a", aliases=("/old.html",)), post("b", aliases=("/Old.html/new/",))])
    (message,) = messages(site)
    assert "posts/a.md and posts/b.md make the file old.html" in message
    assert "in a folder of that name, Old.html/new/index.html" in message


def test_every_collision_of_a_run_is_told() -> None:
    assert len(messages(site_of([post(f"{x}/{name}") for x in "xyz" for name in "ab"]))) == 4


@pytest.mark.parametrize(
    "path", ["../x", "a/../../x", "/etc/passwd", "a//b", "./a", "a\\b", "a\0b", ""]
)
def test_nothing_leaves_the_tree(path: str) -> None:
    page = Page(path=path, url="/x", render="x.html", kind="x", origin="a plugin")
    (message,) = messages(site_of([]), lambda site, config: [page])
    assert "a plugin makes" in message


@pytest.mark.parametrize(
    "path", [".blogforge", ".blogforge/x", ".git/x", ".GIT/x", "a/\ud800.html"]
)
def test_nothing_stands_where_no_page_can(path: str) -> None:
    page = Page(path=path, url=f"/{path}", render="x", kind="x", origin="posts/a.md", indexed=True)
    with pytest.raises(ContentError) as caught:
        plan(site_of([]), [lambda site, config: [page]])
    (problem,) = caught.value.problems
    assert f"posts/a.md makes {path!r}" in problem.message
    assert problem.location
    assert problem.message.encode()


@pytest.mark.parametrize("path", [".well-known/security.txt", ".nojekyll", "a/.git/x", ".gitx"])
def test_other_dots_are_places(path: str) -> None:
    page = Page(path=path, url="/x", render="x.html", kind="x", origin="a plugin")
    assert path in {made.path for made in plan(site_of([]), [lambda site, config: [page]])}


@given(st.lists(st.text(st.sampled_from("aAäÄßs\u0308./"), min_size=1, max_size=4), max_size=6))
@settings(max_examples=300)
def test_what_is_planned_never_collides(names: Sequence[str]) -> None:
    pages = [
        Page(path=name, url="/", render="x", kind="x", origin=f"{n}.md")
        for n, name in enumerate(names)
    ]
    try:
        planned = plan(site_of([]), [lambda site, config: pages])
    except ContentError:
        return
    keys = [collision_key(page.path) for page in planned]
    assert len(set(keys)) == len(keys)
    assert not any(other.startswith(f"{key}/") for key in keys for other in keys)


# ---------------------------------------------------------------- base path and Unicode


def whole_site(config: Config) -> Site:
    base = config.base_path
    grouped = {"section": "Africa", "tags": ("Mali",), "authors": ("Ana",), "story": "War"}
    posts = [post(f"p{n:02}", base=base, **grouped) for n in range(25)]
    posts.append(post("b", base=base, aliases=("/old/",)))
    return site_of(posts, config, standalones=[standalone("about", url=f"{base}about/")])


def test_the_base_path_is_in_every_url_and_in_no_path() -> None:
    pages = plan(whole_site(BLOG))
    assert [page.path for page in pages] == [page.path for page in plan(whole_site(CONFIG))]
    assert all(page.url.startswith("/blog/") for page in pages)
    for page in pages:
        if isinstance(page.subject, Feed):
            assert page.subject.home.startswith("/blog/")
        if isinstance(page.subject, Listing) and page.subject.total > 1:
            assert (page.subject.next or page.subject.previous).startswith("/blog/")
        if isinstance(page.subject, Redirect):
            assert page.subject.target.startswith("/blog/")


@pytest.mark.parametrize("slug", ["été", "e\u0301te\u0301", "السلاح-الليبي", "a b", "50%"])
def test_a_file_is_named_in_form_c_and_its_url_is_encoded(slug: str) -> None:
    (page,) = (p for p in plan(site_of([post("a", slug=slug)])) if p.kind == "article")
    assert page.path == f"2012/03/01/{unicodedata.normalize('NFC', slug)}/index.html"
    assert page.url.isascii()
    assert page.url == encode(f"/2012/03/01/{slug}/")


def test_a_url_outside_the_base_path_is_refused() -> None:
    with pytest.raises(ValueError, match="/blog/"):
        page_at("/events/", BLOG, render="events.html", kind="events")


# ---------------------------------------------------------------- planners


def test_what_planners_use_is_public() -> None:
    tree = ast.parse(inspect.getsource(plan_module))
    imported = [
        (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert imported
    assert not [
        names
        for names in imported
        if any(part.startswith("_") for part in names) and names[0] != "__future__"
    ]
    reached = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr.startswith("_")
    ]
    assert not reached


@pytest.mark.parametrize("planner", PLANNERS)
def test_a_planner_takes_a_site_and_its_configuration(planner: object) -> None:
    assert callable(planner)
    assert list(inspect.signature(planner).parameters) == ["site", "config"]


def test_a_strangers_planner_stands_beside_the_built_in_ones() -> None:
    def events(site: Site, config: Config) -> list[Page]:
        return [
            page_at(
                f"{config.base_path}events/",
                config,
                render="events.html",
                kind="events",
                indexed=True,
            )
        ]

    pages = plan(site_of([post()]), (archive, events))
    assert [page.path for page in pages] == [
        "_headers",
        "archive/index.html",
        "events/index.html",
        "llms.txt",
        "robots.txt",
        "sitemap.xml",
    ]
    assert "https://dispatch.example/events/" in repr(pages[-1].subject)
