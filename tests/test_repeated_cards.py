"""No page shows an article twice, nor an article's page that article."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from blogforge.build import build
from blogforge.options import Options
from tests.commands import pages
from tests.conftest import CONFIG

if TYPE_CHECKING:
    from tests.conftest import MakeSite
    from tests.trees import Tree

# What the theme shows an article by: a card, a card as a whole, a line of a story block.
CARDS = "article.card .card-title a, a.card, .story-thread li a"
STORIES = ("", "The strait", "The canal")
SECTIONS = ("", "Africa", "Trade")
WORDS = ("grain", "port", "ship", "canal", "harvest", "oil", "gas", "coup", "vote", "strike")


def repeated(html: str) -> list[str]:
    """The addresses of articles that a page shows more than once, its own counted."""
    page = LexborHTMLParser(html)
    own = [link.attributes["href"] for link in page.css(".print-address a.u-url")]
    shown = Counter([*own, *(link.attributes["href"] for link in page.css(CARDS))])
    return [str(url) for url, times in shown.items() if times > 1]


def test_the_test_sees_repeats() -> None:
    card = '<article class="card"><h2 class="card-title"><a href="/a/">A</a></h2></article>'
    line = '<section class="story-thread"><ol><li><a href="/a/">A</a></li></ol></section>'
    block = '<ul><li><a class="card" href="/a/">A</a></li></ul>'
    for other in (card, line, block):
        assert repeated(card + other) == ["/a/"]
    assert repeated(f'<p class="print-address"><a class="u-url" href="/a/">a</a></p>{line}')
    assert repeated(f'{card}<div class="article-body"><a href="/a/">A</a></div>') == []


def test_on_our_own_site_no_article_stands_twice_on_a_page(own_tree: Tree) -> None:
    found = {name: repeated(html.html or "") for name, html in own_tree.pages()}
    assert {name: urls for name, urls in found.items() if urls} == {}


@pytest.mark.parametrize("seed", range(3))
def test_on_no_site_an_article_stands_twice_on_a_page(seed: int, make_site: MakeSite) -> None:
    """Where pins and stories, sections and the newest all ask for the same few posts."""
    settings = "paginate: 9\nrelated: {limit: 6}\nsections: [{name: Trade}, {name: Empty}]\n"
    site = make_site(invented(Random(seed)), CONFIG + settings)
    build(site, Options(now=datetime(2026, 1, 1, tzinfo=UTC), jobs=1))
    made = pages(site / "public")
    assert sum('class="story-thread"' in html for html in made.values()) > 5
    assert sum('class="more-from"' in html for html in made.values()) > 20
    found = {path: repeated(html) for path, html in made.items()}
    assert {path: urls for path, urls in found.items() if urls} == {}


def invented(chance: Random) -> dict[str, str]:
    """Some posts, among them translations, copies, issues of a series and unlisted ones."""
    return {f"posts/{number}.md": post(number, chance) for number in range(1, 29)}


def post(number: int, chance: Random) -> str:
    others = [other for other in range(1, 29) if other != number]
    front = {
        "title": chance.choice([f"Post {number}", f"The week no. {number}", "Grain at sea"]),
        "date": f"2024-05-{number:02}",
        "story": chance.choice(STORIES),
        "section": chance.choice(SECTIONS),
        "status": "unlisted" if number == 9 else "",
        "lang": chance.choice(["", "", "fr"]),
        "translation_of": chance.choice(["", "", "", f"{chance.choice(others)}.md"]),
        "related": pins(chance.sample([other for other in others if other != 9], 3), chance),
    }
    lines = [f"{key}: {value}" for key, value in front.items() if value]
    body = " ".join(chance.choices(WORDS, k=chance.choice([0, 5, 20])))
    return "\n".join(["---", *lines, "---", "", body, ""])


def pins(numbers: list[int], chance: Random) -> str:
    named = ", ".join(f"{number}.md" for number in numbers)
    return chance.choice(["", f"{{pin: [{named}]}}", f"{{exclude: [{named}]}}"])
