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


def test_only_the_types_that_there_are_can_be_explained(make_site: MakeSite) -> None:
    site = make_site({}, CONFIG + "types: {opinions: Ours.}\n")
    with pytest.raises(ConfigError, match="did you mean 'opinion'"):
        load_config(site)
