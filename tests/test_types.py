"""The label that says what kind of article this is, and explains it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from blogforge.build import build
from blogforge.config import load_config
from blogforge.errors import ConfigError
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite

OPTIONS = Options(now=datetime(2026, 3, 10, 12, tzinfo=UTC), jobs=1)


def post(title: str, *lines: str) -> str:
    front = "\n".join([f"title: {title}", "date: 2026-03-01", *lines])
    return f"---\n{front}\n---\n\nA text.\n"


def page(site: Path, slug: str) -> LexborHTMLParser:
    file = site / "public/2026/03/01" / slug / "index.html"
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def test_the_label_of_a_type_explains_it(make_site: MakeSite) -> None:
    site = make_site(
        {"posts/a.md": post("A", "type: opinion", "kicker: Opinion"), "posts/b.md": post("B")},
        CONFIG + "types: {opinion: Somebody's <view>.}\n",
    )
    build(site, OPTIONS)
    (label,) = page(site, "a").css(".article-header details.type")
    assert [" ".join(node.text().split()) for node in label.iter()] == [
        "Opinion",
        "Somebody's <view>.",
    ]
    assert not page(site, "a").css(".article-header .kicker")
    assert page(site, "b").css("details.type-analysis p")[0].text().startswith("Analysis says")


def test_a_section_that_is_called_as_the_type_is_not_said_twice(make_site: MakeSite) -> None:
    opinion = post("A", "type: opinion", "section: Opinion")
    site = make_site({"posts/a.md": opinion, "posts/b.md": post("B", "section: Opinion")}, CONFIG)
    build(site, OPTIONS)

    def above(tree: LexborHTMLParser, headline: str) -> list[list[str]]:
        return [node.text().split() for node in tree.css(headline)]

    assert above(page(site, "a"), ".article-header .eyebrow > * > summary") == [["Opinion"]]
    assert above(page(site, "a"), ".article-header .section-label") == []
    assert above(page(site, "b"), ".article-header .section-label") == [["Opinion"]]
    home = LexborHTMLParser((site / "public/index.html").read_text(encoding="utf-8"))
    assert above(home, ".card .eyebrow") == [["Opinion"], ["Opinion"]]


def test_only_the_types_that_there_are_can_be_explained(make_site: MakeSite) -> None:
    site = make_site({}, CONFIG + "types: {opinions: Ours.}\n")
    with pytest.raises(ConfigError, match="did you mean 'opinion'"):
        load_config(site)
