"""A page's trace: all that it was made of, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from blogforge.config import Config
from blogforge.model import Author, Correction, Post, Site, Standalone
from blogforge.pages.inputs import Inputs
from blogforge.pages.theme import Theme
from blogforge.settings import FeedsConfig, MenuItem, PublisherConfig, SectionConfig
from tests.invented import CONFIG, NOW, day, post, site_of, standalone
from tests.rendering import FILES, Publication, publication, write

ANA = Author(id="ana", name="Ana Ruiz", bio="Ana writes.")
POSTS = {
    "a": {"title": "Alpha", "section": "Africa", "tags": ("Mali",), "authors": ("ana",)},
    "b": {"title": "Bravo", "section": "Africa", "tags": ("Mali", "Coup"), "story": "War"},
    "c": {"title": "Charlie", "section": "Europe", "authors": ("Ben",), "story": "War"},
    "d": {"title": "Delta", "aliases": ("/old/delta/",), "lang": "fr", "dek": "Le dek."},
    "e": {"title": "Echo", "status": "unlisted", "tags": ("Coup",), "story": "War"},
}
DATA = {"ticker": {"gold": 1, "oil": 2}}


class Draft:
    """A site that can be edited before it is put together."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config = replace(CONFIG, extra={"motto": "Slowly."})
        self.posts: dict[str, dict[str, Any]] = {
            name: {"date": day(number), **fields}
            for number, (name, fields) in enumerate(POSTS.items(), 1)
        }
        self.pages: dict[str, dict[str, Any]] = {"about": {"title": "About us"}}
        self.bodies: dict[str, str] = {}
        self.authors = [ANA]
        self.data: dict[str, Any] = dict(DATA)
        self.related: dict[str, tuple[str, ...]] = {"posts/a.md": ("posts/b.md", "posts/c.md")}
        self.now = NOW
        self.plugins: list[str] = []

    def site(self) -> Site:
        base = self.config.base_path
        posts: list[Post] = [post(name, base=base, **fields) for name, fields in self.posts.items()]
        pages: list[Standalone] = [
            standalone(name, url=f"{base}{name}/", **fields) for name, fields in self.pages.items()
        ]
        site = site_of(
            posts,
            self.config,
            standalones=pages,
            authors=self.authors,
            bodies=self.bodies,
            data=self.data,
            now=self.now,
        )
        return replace(site, related=self.related)

    def publication(self) -> Publication:
        return publication(self.root, self.site(), plugins=self.plugins)

    def remove(self, name: str) -> None:
        del self.posts[name]
        self.related.clear()

    def configure(self, **settings: Any) -> None:
        self.config = replace(self.config, **settings)

    def write(self, name: str, text: str) -> None:
        write(self.root, {name: text})

    def append(self, name: str, text: str) -> None:
        self.write(name, (self.root / name).read_text(encoding="utf-8") + text)


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Draft(write(tmp_path, FILES))


Edit = Callable[[Draft], object]
EDITS: dict[str, Edit] = {
    "title": lambda d: d.posts["b"].update(title="Bravissimo"),
    "dek": lambda d: d.posts["b"].update(dek="A new dek."),
    "body": lambda d: d.bodies.update({"posts/b.md": "<p>Anew.</p>"}),
    "date": lambda d: d.posts["b"].update(date=day(4, 10)),
    "hour": lambda d: d.posts["d"].update(date=day(4, 10)),
    "updated": lambda d: d.posts["b"].update(updated=day(25)),
    "kicker": lambda d: d.posts["b"].update(kicker="Sahel"),
    "correction": lambda d: d.posts["b"].update(
        corrections=(Correction(date=day(21), text="It was three."),)
    ),
    "canonical": lambda d: d.posts["b"].update(canonical="https://e.example/b"),
    "language": lambda d: d.posts["b"].update(lang="ar"),
    "tag added": lambda d: d.posts["a"].update(tags=("Mali", "Coup")),
    "tag spelled": lambda d: d.posts["a"].update(tags=("MALI",)),
    "section": lambda d: d.posts["a"].update(section="Europe"),
    "author": lambda d: d.posts["a"].update(authors=("Ben",)),
    "story": lambda d: d.posts["a"].update(story="War"),
    "alias": lambda d: d.posts["a"].update(aliases=("/older/",)),
    "template": lambda d: d.posts["a"].update(template="page.html"),
    "unlisted": lambda d: d.posts["a"].update(status="unlisted"),
    "new post": lambda d: d.posts.update(f={"title": "Foxtrot", "date": day(20)}),
    "old post": lambda d: d.posts.update(f={"title": "Foxtrot", "date": day(1, 1)}),
    "post gone": lambda d: d.remove("b"),
    "page title": lambda d: d.pages["about"].update(title="About"),
    "related": lambda d: d.related.update({"posts/a.md": ("posts/c.md",)}),
    "bio": lambda d: d.authors.__setitem__(0, replace(ANA, bio="She wrote.")),
    "author name": lambda d: d.authors.__setitem__(0, replace(ANA, name="Ana R.")),
    "data": lambda d: d.data.update(ticker={"gold": 1, "oil": 3}),
    "data order": lambda d: d.data.update(ticker={"oil": 2, "gold": 1}),
    "site title": lambda d: d.configure(title="The Despatch"),
    "site dek": lambda d: d.configure(dek="Slow news."),
    "host": lambda d: d.configure(url="https://other.example/"),
    "base path": lambda d: d.configure(url="https://dispatch.example/blog/"),
    "site language": lambda d: d.configure(language="de"),
    "menu": lambda d: d.configure(menu=(MenuItem(title="About", url="/about/"),)),
    "extra": lambda d: d.configure(extra={"motto": "Fast."}),
    "publisher": lambda d: d.configure(publisher=PublisherConfig(name="Press", logo="/l.png")),
    "sections": lambda d: d.configure(sections=(SectionConfig(name="Europe", dek="Old."),)),
    "group feeds": lambda d: d.configure(feeds=FeedsConfig(groups=("atom",))),
    "feed items": lambda d: d.configure(feeds=FeedsConfig(items=2)),
    "paginate": lambda d: d.configure(paginate=1),
    "stylesheet": lambda d: d.write("static/style.css", "body { color: blue }"),
    "picture": lambda d: d.write("static/favicon.svg", "<svg></svg>"),
    "new file": lambda d: d.write("static/new.txt", "new"),
    "template text": lambda d: d.append("templates/article.html", "x"),
    "base template": lambda d: d.append("templates/base.html", "x"),
    "imported macro": lambda d: d.append("templates/cards.html", "{% macro x() %}{% endmacro %}"),
    "plugin": lambda d: d.plugins.append("digest of a plugin"),
    "time": lambda d: setattr(d, "now", day(5) + timedelta(hours=1)),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_what_the_traces_call_unchanged_is_unchanged(draft: Draft, edit: Edit) -> None:
    before = draft.publication().all()
    edit(draft)
    after = draft.publication()
    stale = after.stale(before)
    made = after.all()
    assert stale or set(made) != set(before), "the edit shows nowhere"
    for path in set(before) - stale:
        assert made[path].data == before[path].data, path
        assert made[path].trace == before[path].trace, path


def test_the_same_site_has_the_same_traces(draft: Draft) -> None:
    before = draft.publication().all()
    assert draft.publication().stale(before) == set()
    assert draft.publication().all() == before


def test_a_new_title_concerns_the_pages_that_show_the_card(draft: Draft) -> None:
    before = draft.publication().all()
    draft.posts["b"]["title"] = "Bravissimo"
    stale = draft.publication().stale(before)
    assert stale == {path for path, page in before.items() if b"Bravo" in page.data}
    assert "2012/03/01/a/index.html" in stale  # more from
    assert "2012/03/03/c/index.html" in stale  # thread
    assert "2012/03/05/e/index.html" in stale  # an unlisted one sees the thread
    assert "2012/03/04/d/index.html" not in stale
    assert "about/index.html" not in stale


def test_a_new_body_concerns_its_page_and_feeds(draft: Draft) -> None:
    before = draft.publication().all()
    draft.bodies["posts/b.md"] = "<p>Anew.</p>"
    assert draft.publication().stale(before) == {
        "2012/03/02/b/index.html",
        "atom.xml",
        "feed.json",
        "feed.xml",
        "section/africa/feed.xml",
        "story/war/feed.xml",
        "tag/coup/feed.xml",
        "tag/mali/feed.xml",
    }


@pytest.mark.parametrize(
    ("edit", "stale"),
    [
        ("data", {"index.html"}),
        ("extra", {"index.html"}),
        ("page title", {"about/index.html"}),
        ("related", {"2012/03/01/a/index.html"}),
        ("picture", {"favicon.svg"}),
        ("canonical", {"2012/03/02/b/index.html", "sitemap.xml"}),
    ],
)
def test_an_edit_concerns_no_more_than_it_must(draft: Draft, edit: str, stale: set[str]) -> None:
    before = draft.publication().all()
    EDITS[edit](draft)
    names = ("feed.xml", "atom.xml", "feed.json", "feeds.opml", "llms.txt")
    lists = {path for path in before if path.endswith(names)}
    assert draft.publication().stale(before) - lists == stale


def test_an_unlisted_post_concerns_nobody(draft: Draft) -> None:
    before = draft.publication().all()
    draft.posts["e"]["title"] = "Encore"
    assert draft.publication().stale(before) == {"2012/03/05/e/index.html"}


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("config:title", "site title"),
        ("config:base_path", "base path"),
        ("config:origin", "host"),
        ("config:extra", "extra"),
        ("card:posts/b.md", "title"),
        ("body:posts/b.md", "body"),
        ("post:posts/b.md", "canonical"),
        ("post:pages/about.md", "page title"),
        ("author:ana", "bio"),
        ("authors:posts/a.md", "author"),
        ("group:tag:mali", "tag spelled"),
        ("groups:section", "sections"),
        ("latest:2", "new post"),
        ("members:section:africa:1", "date"),
        ("related:posts/a.md", "related"),
        ("tags:posts/a.md", "tag added"),
        ("thread:posts/b.md", "story"),
        ("data:ticker", "data"),
        ("data:ticker", "data order"),
        ("asset:style.css", "stylesheet"),
        ("file:static:style.css", "stylesheet"),
        ("template:article.html", "template text"),
        ("template:article.html", "base template"),
        ("template:author.html", "imported macro"),
        ("engine:", "plugin"),
    ],
)
def test_an_edit_changes_the_digest_of_what_it_concerns(draft: Draft, name: str, edit: str) -> None:
    before = draft.publication().inputs.digest(name)
    assert draft.publication().inputs.digest(name) == before
    EDITS[edit](draft)
    if edit == "date":
        draft.posts["a"]["date"] = day(20)
    assert draft.publication().inputs.digest(name) != before


def test_a_value_is_read_once(draft: Draft) -> None:
    inputs = draft.publication().inputs
    assert inputs.value("tags:posts/a.md") is inputs.value("tags:posts/a.md")


@pytest.mark.parametrize(
    "name", ["card:posts/no.md", "data:no", "config:no", "asset:no.css", "groups:tags", "no:no"]
)
def test_what_stands_behind_no_name(draft: Draft, name: str) -> None:
    with pytest.raises((LookupError, AttributeError)):
        draft.publication().inputs.value(name)


def test_a_copied_file_is_read_from_where_it_is(draft: Draft) -> None:
    write(draft.root, {"posts/a/map.svg": "<svg/>"})
    inputs = Inputs(draft.site(), Theme(draft.root, Config(title="a", url="b")), draft.root)
    assert inputs.file_bytes("posts/a/map.svg") == b"<svg/>"
    assert inputs.file_bytes("static:style.css") == b"body { color: black }\n"
