"""Each edit renders exactly the pages that it changes, or might have changed."""

import os
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec import structs

from blogforge.build import Report, build
from blogforge.digest import digest_bytes
from blogforge.options import Options
from tests import rendering
from tests.commands import tree

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OPTIONS = Options(now=NOW, jobs=1)
CONFIG = """\
title: The Dispatch
url: https://dispatch.example/
paginate: 2
related: {limit: 1}
plugins: [plugin]
feeds: {items: 2}
social_cards: {enabled: false}
"""


def post(
    title: str, date: str, *lines: str, text: str = "Words of the post.\n\nMore of it."
) -> str:
    return "\n".join(["---", f"title: {title}", f"date: {date}", *lines, "---", "", text, ""])


def pinned(slot: str) -> str:
    return f"related: {{pin: [posts/{slot}.md]}}"


A = post(
    "Alpha",
    "2024-01-01",
    "section: Trade",
    "tags: [grain]",
    "authors: [ann]",
    "aliases: [/old/a/]",
    pinned("b"),
    text="Words of the post.\n\nMore of it than of [beta](b.md).",
)
F = post("Phi", "2025-06-01", "section: Africa", "authors: [ben]", pinned("e"))
G = post("Gimel", "2025-07-01", "authors: [ben]", "section: Africa", pinned("f"))
AUTHORS = "ann:\n  name: Ann Lee\n  bio: Ann writes.\nben:\n  name: Ben Roe\n"
ENTITIES = "Beta: [Gamma]\n"
FILES: dict[str, str | bytes] = {
    **rendering.FILES,
    "authors.yaml": AUTHORS,
    "entities.yaml": ENTITIES,
    "plugin.py": "filters = {'shout': str.upper}\n",
    "data/ticker.yaml": "wheat: 1\n",
    "pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
    "static/deep/x.js": "x = 1\n",
    "posts/a.md": A,
    "posts/b.md": post("Beta", "2024-02-01", "section: Trade", "authors: [ben]", pinned("c")),
    "posts/c.md": post(
        "Gamma", "2024-03-01", "section: Africa", "tags: [grain]", "authors: [ben]", pinned("b")
    ),
    "posts/d.md": post("Delta", "2024-04-01", "section: Africa", "authors: [ann]", pinned("c")),
    "posts/e.md": post("Epsilon", "2024-05-01", "section: Africa", "authors: [ann]", pinned("d")),
    "posts/f.md": F,
    "posts/draft.md": post("Draft", "2024-05-02", "status: draft", "tags: [grain]"),
    "posts/later.md": post("Later", "2026-02-01"),
}
PAGE = {
    "a": "2024/01/01/a/",
    "b": "2024/02/01/b/",
    "c": "2024/03/01/c/",
    "d": "2024/04/01/d/",
    "e": "2024/05/01/e/",
    "f": "2025/06/01/f/",
    "g": "2025/07/01/g/",
}
# Two cards a page: c stands on the front page's second one, and so on.
CARD_OF_A = {"page/3/", "section/trade/", "tag/grain/", "author/ann/page/2/", "2024/01/"} | {
    "2024/page/3/"
}
FEEDS_WITH_A = {"section/trade/feed.xml", "tag/grain/feed.xml"}
CARD_OF_F = {"", "section/africa/", "author/ben/", "2025/", "2025/06/"}
DIRECTORIES = ("section/index.html", "tag/index.html", "author/index.html")
FEEDS = {"feed.xml", "atom.xml", "feed.json"}
OFFERS = {"follow/", "feeds.opml"}  # of feeds
FEEDS_WITH_F = {*FEEDS, "section/africa/feed.xml", "author/ben/feed.xml"}

Made = dict[str, bytes]


class Case(NamedTuple):
    """An edit: file -> its new text, or None; and the pages that it renders."""

    name: str
    files: dict[str, str | None]
    pages: Callable[[Made], set[str]]


def these(*groups: Iterable[str]) -> Callable[[Made], set[str]]:
    """Pages by their addresses; the name of a file where it does not end in a slash."""
    addresses = {address for group in groups for address in group}
    paths = {a + "index.html" if a.endswith("/") or not a else a for a in addresses}
    return lambda _: paths


def articles(slots: str) -> set[str]:
    return {PAGE[slot] for slot in slots}


def html(but: Iterable[str] = (), also: Iterable[str] = ()) -> Callable[[Made], set[str]]:
    """Every page that a template makes, but those that begin so."""

    def pages(made: Made) -> set[str]:
        found = {path for path in made if path.endswith(".html") and not path.startswith("old/")}
        return {path for path in found if not path.startswith(tuple(but))} | set(also)

    return pages


def edited(path: str, old: str, new: str) -> dict[str, str | None]:
    text = FILES[path]
    assert isinstance(text, str)
    assert old in text
    return {path: text.replace(old, new)}


def fingerprinted(name: str, text: str) -> str:
    return name.format(digest_bytes(text.encode())[:8])


NOTHING = these()
NAMING = {*FEEDS, "feeds.opml", "llms.txt"}  # files that name the publication
SHIFTED = {"", "page/2/", "page/3/", "archive/", "sitemap.xml", "llms.txt", *FEEDS}
LISTS_OF_F = {
    "section/",
    "section/africa/",
    "section/africa/page/2/",
    "section/africa/feed.xml",
} | {
    "author/",
    "author/ben/",
    "author/ben/feed.xml",
}
CASES = [
    Case("nothing", {}, NOTHING),
    Case("a remark in blogforge.yaml", {"blogforge.yaml": CONFIG + "# a remark\n"}, NOTHING),
    Case("a remark in authors.yaml", edited("authors.yaml", "ben:", "# Ben\nben:"), NOTHING),
    Case("a remark in entities.yaml", {"entities.yaml": f"# a remark\n{ENTITIES}"}, NOTHING),
    Case("a spelling that changes no block", {"entities.yaml": "Beta: [Alpha]\n"}, NOTHING),
    Case("a draft", edited("posts/draft.md", "More", "Less"), NOTHING),
    Case("a draft's title", edited("posts/draft.md", "Draft", "Daft"), NOTHING),
    Case("a draft taken away", {"posts/draft.md": None}, NOTHING),
    Case("a template that nobody uses", {"templates/unused.html": "unused"}, NOTHING),
    Case("data that nobody uses", {"data/unused.yaml": "a: 1\n"}, NOTHING),
    Case("a picture that nobody uses", {"posts/unused.png": "unused"}, NOTHING),
    Case(
        "an old post's body",
        edited("posts/a.md", "More", "Less"),
        these(articles("a"), FEEDS_WITH_A),
    ),
    Case(
        "the newest post's body",
        edited("posts/f.md", "More", "Less"),
        these(articles("f"), FEEDS_WITH_F),
    ),
    Case(
        "its first paragraph, which its card shows",
        edited("posts/a.md", "Words", "Other words"),
        these(articles("a"), CARD_OF_A, FEEDS_WITH_A, {"llms.txt"}),
    ),
    Case(
        "an old post's title",
        edited("posts/a.md", "Alpha", "Aleph"),
        these(articles("a"), CARD_OF_A, FEEDS_WITH_A, {"old/a/", "llms.txt"}),
    ),
    Case(
        "an old post's dek",
        edited("posts/a.md", "section:", "dek: In short.\nsection:"),
        these(articles("a"), CARD_OF_A, FEEDS_WITH_A, {"llms.txt"}),
    ),
    Case(
        "the title of a post that others show",
        edited("posts/b.md", "Beta", "Bet"),
        these(
            articles("abc"),
            {"page/2/", "section/trade/", "author/ben/page/2/", "2024/page/2/", "2024/02/"},
            {"section/", "section/trade/feed.xml", "llms.txt"},
        ),
    ),
    Case(
        "the address of a post that another links to",
        edited("posts/b.md", "section:", "slug: bet\nsection:"),
        these(
            {"2024/02/01/bet/", "sitemap.xml"},
            articles("ac"),
            {"page/2/", "section/trade/", "author/ben/page/2/", "2024/page/2/", "2024/02/"},
            {"section/", "llms.txt"},
            FEEDS_WITH_A,
        ),
    ),
    Case(
        "a tag's spelling, of which the most frequent is its name",
        edited("posts/c.md", "[grain]", "[Grain]"),
        these(
            articles("ac"),
            {"tag/grain/", "author/ben/feed.xml", *OFFERS},
            FEEDS_WITH_A,
            DIRECTORIES,
        ),
    ),
    Case(
        "an author's bio",
        edited("authors.yaml", "Ann writes", "Ann wrote"),
        these(
            articles("ade"),
            {"author/ann/", "author/ann/page/2/", "author/ann/feed.xml", "author/", *OFFERS},
        ),
    ),
    Case("data", {"data/ticker.yaml": "wheat: 2\n"}, these({""})),
    Case("a page's body", edited("pages/about.md", "Who", "What"), these({"about/"})),
    Case(
        "the articles' template",
        edited("templates/article.html", "<h1>", "<h1 >"),
        these(articles("abcdef")),
    ),
    Case(
        "an imported template",
        edited("templates/cards.html", "</a>", "</a> "),
        html(but=("about/", "404", "archive/", "follow/", *DIRECTORIES)),
    ),
    Case("the template of all", edited("templates/base.html", "<!doc", "\n<!doc"), html()),
    Case(
        "a stylesheet",
        {"static/style.css": "body { color: tan }\n"},
        html(also=[fingerprinted("style.{}.css", "body { color: tan }\n")]),
    ),
    Case(
        "a part of a stylesheet",
        {"static/style.css": '@import "own.css";\n', "static/own.css": "b { color: tan }\n"},
        html(also=[fingerprinted("style.{}.css", "b { color: tan }\n")]),
    ),
    Case(
        "a script",
        {"static/deep/x.js": "x = 2\n"},
        these({fingerprinted("deep/x.{}.js", "x = 2\n")}),
    ),
    Case("a static file more", {"static/note.txt": "note"}, these({"note.txt"})),
    Case(
        "a new post",
        {"posts/g.md": G},
        these(
            articles("g"),
            SHIFTED,
            LISTS_OF_F,
            {"section/africa/page/3/", "author/ben/page/2/", "2025/", "2025/06/", "2025/07/"},
        ),
    ),
    Case(
        "a post taken away",
        {"posts/f.md": None},
        these(SHIFTED - {"page/3/"}, LISTS_OF_F, {"2024/", "2024/05/"}),
    ),
    Case("a plugin", {"plugin.py": "filters = {'shout': str.title}\n"}, set),
    Case(
        "the name of the publication",
        {"blogforge.yaml": CONFIG.replace("Dispatch", "Despatch")},
        lambda made: html()(made) | {path for path in made if path.rpartition("/")[2] in NAMING},
    ),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it was first built."""
    site = rendering.write(tmp_path_factory.mktemp("built"), {"blogforge.yaml": CONFIG, **FILES})
    made = set(build(site, OPTIONS).rendered)
    assert made | {".blogforge"} == set(tree(site / "public"))
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the site and its tree, to edit."""
    copy = tmp_path / "site"
    shutil.copytree(built, copy)
    return copy


@pytest.fixture
def made(site: Path) -> Made:
    """The tree as it was first built, without the manifest."""
    return {path: data for path, data in tree(site / "public").items() if path != ".blogforge"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_edit_renders_exactly(case: Case, site: Path, made: Made) -> None:
    for path, text in case.files.items():
        if text is None:
            (site / path).unlink()
        else:
            rendering.write(site, {path: text})
    rendered, expected = set(again(site).rendered), case.pages(made)
    assert {"needless": rendered - expected, "stale": expected - rendered} == {
        "needless": set(),
        "stale": set(),
    }


def test_another_time_of_modification_is_no_change(site: Path, made: Made) -> None:
    for path in sorted(site.rglob("*")):
        if path.is_file() and "public" not in path.parts:
            os.utime(path, (1, 1))
    assert again(site).rendered == {}
    assert again(site).pages.unchanged == len(made)


def test_time_that_brings_nothing_changes_nothing(site: Path) -> None:
    assert again(site, datetime(2026, 1, 31, tzinfo=UTC)).rendered == {}


def test_time_that_brings_a_post_renders_what_shows_it(site: Path) -> None:
    report = again(site, datetime(2026, 2, 2, tzinfo=UTC))
    pages = these(
        SHIFTED,
        {"2025/", "2025/06/", "2026/02/01/later/", "2026/", "2026/02/"},
        {"news-sitemap.xml", "robots.txt"},
    )
    assert set(report.rendered) == pages({})


@pytest.mark.parametrize("how", ["deleted", "truncated"])
def test_a_damaged_page_is_rendered_alone(how: str, site: Path, made: Made) -> None:
    page = f"{PAGE['a']}index.html"
    if how == "deleted":
        (site / "public" / page).unlink()
    else:
        os.truncate(site / "public" / page, 10)
    assert set(again(site).rendered) == {page}
    assert (site / "public" / page).read_bytes() == made[page]


def test_without_a_memory_everything_is_rendered(site: Path, made: Made) -> None:
    shutil.rmtree(site / ".public.blogforge")
    report = again(site)
    assert set(report.rendered) == set(made)
    assert report.pages.written == 0


def again(site: Path, now: datetime = NOW) -> Report:
    return build(site, structs.replace(OPTIONS, now=now))
