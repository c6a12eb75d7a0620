"""Social cards of a site: which pages have one, what a build does for them, what is wrong."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from blogforge.build import Report, build
from blogforge.errors import BlogforgeError
from blogforge.install import PACKAGE
from blogforge.options import Options
from blogforge.pictures import kept
from tests.commands import tree
from tests.conftest import CONFIG, MakeSite
from tests.pictures import opened, picture

CARDS = CONFIG + "social_cards: {enabled: true}\n"
OPTIONS = Options(now=datetime(2026, 1, 1, tzinfo=UTC), jobs=1)
FONT = (PACKAGE / "posters/faces/hebrew.ttf").read_bytes()


def post(*lines: str, title: str = "A", date: str = "2024-01-01") -> str:
    return "\n".join(["---", f"title: {title}", f"date: {date}", *lines, "---", "", "Text.", ""])


def built(site: Path) -> Report:
    return build(site, OPTIONS)


def image_of(site: Path, page: str) -> str:
    """The path in the tree of the image by which others show a page."""
    html = LexborHTMLParser((site / "public" / page).read_text(encoding="utf-8"))
    found = html.css_first('meta[property="og:image"]')
    assert found is not None
    address = found.attributes["content"] or ""
    assert address.startswith("https://dispatch.example/")
    return address.removeprefix("https://dispatch.example/")


def cards(site: Path) -> set[str]:
    return {path for path in tree(site / "public") if path.startswith("cards/")}


def test_a_post_without_a_picture_is_shown_by_a_card_of_its_own(make_site: MakeSite) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    site = make_site(
        {
            "posts/a.md": post("section: Africa", "authors: [Ana Ruiz]"),
            "posts/b.md": post("image: {src: b.svg, alt: A map}", title="B"),
            "posts/c.md": post("image: {src: c.jpg, alt: A boat}", title="C"),
            "posts/b.svg": drawing,
            "posts/c.jpg": picture(90, 60),
            "pages/about.md": "---\ntitle: About us\n---\n\nText.\n",
        },
        config=CARDS,
    )
    built(site)
    pages = ("2024/01/01/a/index.html", "2024/01/01/b/index.html", "about/index.html")
    lists = ("index.html", "section/africa/index.html", "author/ana-ruiz/index.html")
    shown = [image_of(site, page) for page in (*pages, *lists)]
    assert set(shown) == cards(site)
    assert len(set(shown)) == 6
    assert image_of(site, "archive/index.html") == image_of(site, "index.html")
    assert image_of(site, "2024/01/01/c/index.html") == "media/c.jpg"
    for path in shown:
        assert opened((site / "public" / path).read_bytes()).size == (1200, 630)


def test_what_a_page_says_of_its_card(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": post(title="Salt & sand")}, config=CARDS)
    built(site)
    page = LexborHTMLParser((site / "public/2024/01/01/a/index.html").read_text(encoding="utf-8"))
    said = {
        node.attributes["property"]: node.attributes["content"]
        for node in page.css('meta[property^="og:image"]')
    }
    url = f"https://dispatch.example/{image_of(site, '2024/01/01/a/index.html')}"
    assert said == {
        "og:image": url,
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Salt & sand",
    }
    assert page.css_first('meta[name="twitter:card"][content="summary_large_image"]')
    facts = json.loads(page.css('script[type="application/ld+json"]')[0].text())
    shown = {"@type": "ImageObject", "url": url, "width": 1200, "height": 630}
    assert shown.items() <= facts["image"][0].items()
    assert not page.css('body img[src*="/cards/"]')
    assert "/cards/" not in (site / "public/feed.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("status", ["draft", "unlisted", "withdrawn"])
def test_what_is_hidden_has_no_card(make_site: MakeSite, status: str) -> None:
    site = make_site({"posts/a.md": post()}, config=CARDS)
    built(site)
    before = cards(site)
    make_site({"posts/hidden.md": post(f"status: {status}", title="Wombat")}, config=CARDS)
    built(site)
    assert cards(site) == before
    if status != "draft":
        assert image_of(site, "2024/01/01/hidden/index.html") == image_of(site, "index.html")


def test_a_card_is_drawn_once_and_again_when_it_would_show_something_else(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({"posts/a.md": post(), "posts/b.md": post(title="B")}, config=CARDS)
    built(site)
    before = cards(site)
    make_site({"posts/a.md": post("tags: [sand]")}, config=CARDS)
    assert not [path for path in built(site).rendered if path.startswith("cards/")]
    make_site({"posts/a.md": post(title="Retitled")}, config=CARDS)
    drawn = [path for path in built(site).rendered if path.startswith("cards/")]
    assert len(drawn) == 1
    assert cards(site) - before == {*drawn}
    assert len(before - cards(site)) == 1
    was = tree(site / "public")
    for path in cards(site):
        (site / "public" / path).unlink()
    monkeypatch.setattr(kept, "draw", None)  # nobody may draw again
    built(site)
    assert tree(site / "public") == was


def test_a_sites_own_font_is_tried_first(make_site: MakeSite) -> None:
    config = CONFIG + "social_cards: {enabled: true, fonts: [/fonts/own.ttf]}\n"
    files: dict[str, str | bytes] = {"posts/a.md": post(title="שלום"), "static/fonts/own.ttf": FONT}
    site = make_site(files, config=config)
    built(site)
    own = image_of(site, "2024/01/01/a/index.html")
    make_site({}, config=CARDS)
    built(site)
    assert image_of(site, "2024/01/01/a/index.html") != own


def test_a_title_for_which_there_is_no_font_is_left_out_and_told_once(make_site: MakeSite) -> None:
    titles = ("水利の政治", "水利", "Water ✨")
    files = {f"posts/{i}.md": post(title=title) for i, title in enumerate(titles)}
    report = built(make_site(files, config=CARDS))
    (warning,) = report.warnings
    assert "no font for CJK letters" in warning.message
    assert "(and 1 more)" in warning.message
    assert warning.location is not None
    assert (warning.location.path, warning.location.line) == ("posts/0.md", 2)


def test_there_is_no_card_with_nothing_on_it(make_site: MakeSite) -> None:
    config = CARDS.replace("The Dispatch", "快报")
    site = make_site({"posts/a.md": post(title="水利")}, config=config)
    built(site)
    assert not cards(site)


@pytest.mark.parametrize(
    ("name", "files", "said"),
    [
        ("own.otf", {}, r"blogforge\.yaml:4:\d+: .*fonts' names no file of static/: 'own\.otf'"),
        (
            "../own.otf",
            {"own.otf": b"", "static/a.txt": b""},
            r"blogforge\.yaml:4:\d+: .*fonts' names no file of static/",
        ),
        (".own.otf", {"static/.own.otf": b""}, r"blogforge\.yaml:4:\d+: .*fonts' is hidden"),
        ("own.woff2", {"static/own.woff2": b""}, r"blogforge\.yaml:4:\d+: .*fonts' is no font"),
        ("own.otf", {"static/own.otf": b"no font"}, r"static/own\.otf.*it is no font"),
    ],
)
def test_a_font_that_cannot_be_used_is_an_error(
    make_site: MakeSite, name: str, files: dict[str, str | bytes], said: str
) -> None:
    config = CONFIG + f"social_cards:\n  fonts: [{name}]\n  enabled: true\n"
    with pytest.raises(BlogforgeError) as caught:
        built(make_site({"posts/a.md": post(), **files}, config=config))
    assert re.search(said, str(caught.value))


def test_cards_may_be_switched_off(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": post()}, config=CONFIG + "social_cards: {enabled: false}\n")
    built(site)
    assert not cards(site)
    assert "og:image" not in (site / "public/2024/01/01/a/index.html").read_text(encoding="utf-8")
