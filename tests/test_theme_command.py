"""`blogforge theme`: what the theme has, and what a site takes over from it."""

import json
from pathlib import Path
from typing import Any

import pytest

from blogforge.install import default_theme
from blogforge.overrides import theme_files
from blogforge.pages.blocks import blocks, parent
from tests.commands import Outcome, run, tree, untouched
from tests.conftest import MakeSite

FILES = {
    "blogforge.yaml": (
        "title: Desk\nurl: https://desk.example/\ntimezone: UTC\nsocial_cards: {enabled: false}\n"
        "sections: [{name: Africa}]\n"
    ),
    "authors.yaml": "ada: {name: Ada Okoro, bio: Ada Okoro writes.}\n",
    "pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
    "posts/2024-05-01-grain.md": (
        "---\ntitle: Grain\nauthors: [ada]\nsection: Africa\nstory: Grain\ntags: [grain]\n"
        "corrections: [{date: 2024-05-02, text: It was wheat.}]\n---\n\nGrain and ships.\n"
    ),
    "posts/2024-06-01-ships.md": (
        "---\ntitle: Ships\nstory: Grain\ntags: [grain]\n---\n\nShips with grain wait.\n"
    ),
    "posts/2024-06-02-gone.md": "---\ntitle: Gone\nstatus: withdrawn\n---\n\nIt was false.\n",
}


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(FILES)


def build(site: Path) -> dict[str, bytes]:
    outcome = run(site, "build", "--now", "2024-07-01T00:00Z")
    assert outcome.status == 0, outcome.err
    return tree(site / "public")


def listed(site: Path) -> dict[str, Any]:
    outcome = run(site, "theme", "list", "--json")
    return {file["path"]: file for file in json.loads(outcome.out)}


def ejected(site: Path, *arguments: str) -> Outcome:
    outcome = run(site, "theme", "eject", *arguments)
    assert outcome.status == 0, outcome.err
    return outcome


def templates() -> list[str]:
    folder = default_theme() / "templates"
    return sorted(file.name for file in folder.glob("*.html") if not file.name.startswith("_"))


def test_each_file_says_what_it_is_for(site: Path) -> None:
    silent = {file.path for file in theme_files(site) if not file.purpose}
    assert {Path(path).suffix for path in silent} <= {".po", ".svg", ".woff2", ".txt"}


def test_what_was_ejected_makes_the_same_pages(site: Path) -> None:
    before = build(site)
    names = [name for name in listed(site) if Path(name).suffix in {".html", ".css"}]
    ejected(site, *names)
    assert build(site) == before


def test_blocks_of_their_own_make_the_same_pages(site: Path) -> None:
    before = build(site)
    for name in templates():
        source = (default_theme() / "templates" / name).read_text("utf-8")
        if own := [block.name for block in blocks(source)]:
            ejected(site, name, *(f"--block={block}" for block in own))
    assert build(site) == before
    states = {file["path"]: (file["state"], file["blocks"]) for file in listed(site).values()}
    assert states["templates/article.html"] == ("yours", ["scripts", "main", "after"])


def test_a_block_of_the_frame_can_be_taken_for_one_kind_of_page(site: Path) -> None:
    before = build(site)
    ejected(site, "list.html", "--block", "after")
    path = site / "templates/list.html"
    text = path.read_text("utf-8")
    path.write_text(text.replace("{% block after %}", "{% block after %}<p>More tags</p>"), "utf-8")
    after = build(site)
    changed = {name for name in before if before[name] != after[name] and name.endswith("l")}
    assert changed == {"tag/grain/index.html"}


def test_the_list_says_whose_each_file_is(site: Path) -> None:
    theme = default_theme()
    ejected(site, "css/tokens.css", "404.html")
    ejected(site, "article.html", "--block", "after")
    (site / "templates/home.html").write_bytes((theme / "templates/home.html").read_bytes())
    (site / "templates/list.html").write_text("{% extends 'base.html' %}", "utf-8")
    files = listed(site)
    assert files["static/css/tokens.css"]["state"] == "yours"
    assert files["templates/404.html"]["taken"]
    assert files["templates/article.html"]["blocks"] == ["after"]
    assert files["templates/home.html"]["state"] == "copy"
    assert files["templates/list.html"]["state"] == "yours"
    assert files["templates/page.html"]["state"] == "theme"
    words = run(site, "theme", "list").out
    assert "\n  article.html      " in words
    assert "  A post's own page.\n" in words
    assert "[yours, block after]" in words


def test_the_list_says_where_the_theme_has_changed_since(site: Path) -> None:
    ejected(site, "css/tokens.css", "404.html")
    ejected(site, "article.html", "--block=after", "--block=main")
    for name in ("static/css/tokens.css", "templates/404.html", "templates/article.html"):
        path = site / name
        text = path.read_text("utf-8")
        digest = text.split("(", 1)[1].split(")", 1)[0]
        path.write_text(text.replace(digest, "0" * len(digest), 1), "utf-8")
    states = {path: file["state"] for path, file in listed(site).items()}
    assert [path for path, state in states.items() if state == "stale"] == [
        "templates/404.html",
        "templates/article.html",
        "static/css/tokens.css",
    ]


@pytest.mark.parametrize("text", ["{% endblock %}", "{% block %}", "{% block a %}", "\xff{%"])
def test_a_template_that_is_broken_is_listed(site: Path, text: str) -> None:
    (site / "templates").mkdir()
    broken = '{% extends "theme/home.html" %}' + text
    (site / "templates/home.html").write_bytes(broken.encode("latin-1"))
    assert listed(site)["templates/home.html"]["state"] == "yours"


def test_nothing_of_the_author_s_is_overwritten(site: Path) -> None:
    mine = site / "templates/article.html"
    mine.parent.mkdir()
    mine.write_text("mine", "utf-8")
    with untouched(site):
        outcome = run(site, "theme", "eject", "article.html")
    assert outcome.status == 2
    assert "templates/article.html is there already; nothing was written" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["artcle.html"],
            "the theme has no file 'artcle.html'\n  hint: did you mean 'article.html'",
        ),
        (["../blogforge.yaml"], "the theme has no file '../blogforge.yaml'"),
        (["home.html", "--block", "mian"], "no block 'mian'\n  hint: did you mean 'main'"),
        (["css/tokens.css", "--block", "main"], "no block 'main'\n  hint: its blocks: none"),
        (["digest.html", "--block", "main"], "no block 'main'"),
    ],
)
def test_what_there_is_not_is_an_error(site: Path, arguments: list[str], message: str) -> None:
    with untouched(site):
        outcome = run(site, "theme", "eject", *arguments)
    assert outcome.status == 2
    assert message in outcome.err


def test_a_folder_without_a_site_is_an_error(tmp_path: Path) -> None:
    assert run(tmp_path, "theme", "list").status == 2
    assert run(tmp_path, "theme", "eject", "home.html").status == 2


def test_blocks_within_blocks_and_comments() -> None:
    source = (
        '{# {% block no %} #}{% extends "base.html" %}\n{% set a %}x{% endset %}{% set b = 1 %}\n'
        "{% macro f(x) %}{% set c = x %}{% endmacro %}\n"
        "{% block one %}{% if a %}{% block two %}2{% endblock %}{% endif %}{% endblock one %}\n"
        "{%- if b %}{% set d = 2 %}{% endif %}"
    )
    assert [(block.name, block.text) for block in blocks(source)] == [
        (
            "one",
            "{% block one %}{% if a %}{% block two %}2{% endblock %}{% endif %}{% endblock one %}",
        ),
        ("two", "{% block two %}2{% endblock %}"),
    ]
    assert parent(source) == "base.html"
