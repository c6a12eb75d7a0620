"""`redirects:` of blogforge.yaml: old addresses of lists, feeds and what is elsewhere now."""

from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest

from tests.commands import run
from tests.conftest import MakeSite

SETTINGS = (
    "title: Desk\nurl: https://desk.example/news/\ntimezone: UTC\n"
    "social_cards: {enabled: false}\nsections: [{name: Africa}]\nlanguages: {fr: {title: Bureau}}\n"
    "redirects:\n"
)
FILES = {
    "posts/2024-05-01-grain.md": (
        "---\ntitle: Grain\nsection: Africa\naliases: [/old/grain/]\n---\n\nGrain.\n"
    ),
    "posts/2024-05-02-ble.md": "---\ntitle: Blé\nlang: fr\n---\n\nDu blé.\n",
}


@pytest.fixture
def published(make_site: MakeSite, request: pytest.FixtureRequest) -> Path:
    root = make_site(FILES, SETTINGS + "".join(f"  {line}\n" for line in request.param))
    outcome = run(root, "build")
    assert outcome.status == 0, outcome.err
    return root / "public"


REDIRECTS = [
    "/category/africa/: /section/africa/",
    "/café: /news/section/africa/#top",
    "/shop/: https://shop.example/",
    "/index.php: /",
    "/index.xml: /feed.xml",
    "/feeds/africa.atom: /section/africa/feed.xml",
    "/fr/rss.xml: /fr/feed.xml",
    "/feed/: /feed.xml",
]


@pytest.mark.parametrize("published", [REDIRECTS], indirect=True)
def test_old_addresses_lead_on(published: Path) -> None:
    def leads(path: str) -> str:
        text = (published / path).read_text(encoding="utf-8")
        return text.split('content="0; url=')[1].split('"')[0]

    assert leads("category/africa/index.html") == "/news/section/africa/"
    assert leads("café/index.html") == "/news/section/africa/#top"
    assert leads("shop/index.html") == "https://shop.example/"
    assert leads("index.php") == "/news/"
    assert leads("feed/index.html") == "/news/feed.xml"
    shop = (published / "shop/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://shop.example/">' in shop
    rules = (published / "_redirects").read_text(encoding="utf-8").splitlines()
    assert rules == [
        "/news/old/grain/ /news/2024/05/01/grain/ 301",
        "/news/category/africa/ /news/section/africa/ 301",
        "/news/caf%C3%A9 /news/section/africa/#top 301",
        "/news/shop/ https://shop.example/ 301",
        "/news/index.php /news/ 301",
        "/news/index.xml /news/feed.xml 301",
        "/news/feeds/africa.atom /news/section/africa/feed.xml 301",
        "/news/fr/rss.xml /news/fr/feed.xml 301",
        "/news/feed/ /news/feed.xml 301",
    ]


@pytest.mark.parametrize("published", [REDIRECTS], indirect=True)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("index.xml", "feed.xml"),
        ("feeds/africa.atom", "section/africa/feed.xml"),
        ("fr/rss.xml", "fr/feed.xml"),
    ],
)
def test_a_feed_is_found_where_it_was_and_says_where_it_is(
    published: Path, old: str, new: str
) -> None:
    found = (published / old).read_bytes()
    assert found == (published / new).read_bytes()
    feed = feedparser.parse(found)
    assert feed.entries
    assert any(link.rel == "self" and link.href.endswith(new) for link in feed.feed.links)


def test_two_for_one_place_are_an_error(make_site: MakeSite) -> None:
    root = make_site(FILES, SETTINGS + "  /old/grain: /section/africa/\n")
    outcome = run(root, "build")
    assert outcome.status == 1
    assert "redirects of blogforge.yaml" in outcome.err
    assert "posts/2024-05-01-grain.md" in outcome.err


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("old/: /", "blogforge.yaml:8:9: 'old/' does not begin with a slash"),
        ("/a/../b/: /", "'/a/../b/' is empty or leaves its folder"),
        ("/?p=12: /", "'/?p=12' has ?"),
        ("/: /about/", "'/' is the front page"),
        ("/old/: about", "'redirects./old/' is no address of a page"),
        ("/old/: mailto:desk@desk.example", "is no address of a page"),
        ("/old/: [a]", "must be text"),
    ],
)
def test_what_is_no_redirect_is_an_error(make_site: MakeSite, line: str, message: str) -> None:
    outcome = run(make_site(FILES, f"{SETTINGS}  {line}\n"), "build")
    assert outcome.status == 2
    assert message in outcome.err


def test_check_says_which_lead_nowhere(make_site: MakeSite) -> None:
    root = make_site(FILES, SETTINGS + "  /a/: /section/africa/\n  /b/: /section/asia/\n")
    outcome = run(root, "check", "--only", "dead-link")
    assert "9:" in outcome.out
    assert "the redirect from /b/ leads to /news/section/asia/" in outcome.out
    assert "/a/" not in outcome.out
