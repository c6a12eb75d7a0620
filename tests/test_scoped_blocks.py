"""Blocks that templates ask for beside the usual one, from build to build."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blogforge.build import build
from blogforge.edition import Edition, prepare
from blogforge.errors import ContentError
from blogforge.options import Options
from blogforge.output.recovery import work_folder
from blogforge.output.state import State
from blogforge.pages.render import render
from blogforge.pages.views import View
from blogforge.pool.packing import packed, unpacked
from blogforge.serve.editions import Editions
from blogforge.site import scopes
from blogforge.site.related import rank
from tests.commands import tree

if TYPE_CHECKING:
    from tests.conftest import MakeSite

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OPTIONS = Options(now=NOW, jobs=1)
ASKING = """\
{% extends "theme/article.html" %}
{% block after %}{{ super() }}
<ol id="asked">{% for card in related(article, limit=6, section="Africa") %}
<li>{{ card.url }}</li>{% endfor %}</ol>
{% endblock %}
"""
HOME = """\
{% extends "theme/home.html" %}
{% block after %}{% if lead %}{% for card in related(lead, limit=3, section="sea") %}
{{ card.title }}{% endfor %}{% endif %}{% endblock %}
"""
TEMPLATES = {"templates/article.html": ASKING, "templates/home.html": HOME}
WORDS = ("grain leaves the port", "ships wait at the canal", "the harvest is late", "oil and gas")


def post(number: int, section: str, *lines: str, words: str = "") -> str:
    front = "\n".join((f"title: Post {number}", f"date: 2024-05-{number:02}", *lines))
    section = f"section: {section}\n" if section else ""
    return f"---\n{front}\n{section}---\n\n{words or WORDS[number % 4]}, number{number}.\n"


POSTS = {f"posts/{n}.md": post(n, ("Africa", "Sea", "")[n % 3]) for n in range(1, 16)}
HIDDEN = {
    "posts/20.md": post(20, "Africa", "status: draft"),
    "posts/21.md": post(21, "Africa", "status: unlisted"),
    "posts/22.md": post(22, "Africa", "embargo: 2026-02-01"),
    "posts/23.md": post(23, "Africa", "status: withdrawn"),
}
EDITS = {
    "another word in the section": ("posts/3.md", post(3, "Africa", words="oil in the canal")),
    "another word elsewhere": ("posts/4.md", post(4, "Sea", words="the harvest, the port")),
    "a post moves in": ("posts/4.md", post(4, "africa")),
    "a post moves out": ("posts/3.md", post(3, "Sea")),
    "a pin": ("posts/4.md", post(4, "Sea", "related: {pin: [1.md, 12.md]}")),
    "an exclude": ("posts/5.md", post(5, "", "related: {exclude: [3.md]}")),
    "no block": ("posts/5.md", post(5, "", "related: false")),
    "a draft": ("posts/6.md", post(6, "Africa", "status: draft")),
    "a story": ("posts/6.md", post(6, "Africa", "story: Grain")),
    "its second part": ("posts/9.md", post(9, "Africa", "story: Grain")),
    "a new post": ("posts/16.md", post(16, "Africa")),
    "a longer block": (
        "blogforge.yaml",
        "title: A\nurl: https://a.example/\nrelated: {limit: 6, half_life: 9}\n",
    ),
    "another limit": ("templates/article.html", ASKING.replace("limit=6", "limit=5")),
    "no limit": ("templates/article.html", ASKING.replace("limit=6, ", "")),
    "another section": ("templates/article.html", ASKING.replace('"Africa"', "article.section")),
    "no section": ("templates/article.html", ASKING.replace(', section="Africa"', "")),
    "the usual block": ("templates/article.html", '{% extends "theme/article.html" %}'),
}


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(POSTS | HIDDEN | TEMPLATES)


def asked(tree: dict[str, bytes], path: str) -> list[str]:
    """The block that the page at `path` asks for."""
    _, _, rest = tree[path].decode().partition('<ol id="asked">')
    return re.findall("<li>(.*?)</li>", rest.partition("</ol>")[0])


def remembered(site: Path) -> list[str]:
    with State(work_folder(site / "public")) as state:
        return state.table("scopes", list[str]) or []


def test_it_has_the_posts_of_its_section_and_nothing_hidden(site: Path) -> None:
    build(site, OPTIONS)
    made = tree(site / "public")
    africa = {f"/2024/05/{n:02}/{n}/" for n in range(3, 16, 3)}
    assert {*asked(made, "2024/05/01/1/index.html")} == africa
    assert {*asked(made, "2024/05/03/3/index.html")} == africa - {"/2024/05/03/3/"}
    assert asked(made, "2024/05/21/21/index.html"), "an unlisted post has a block"


@pytest.mark.parametrize(("jobs", "step"), [(1, 1), (2, 4)])
def test_builds_one_after_the_other_make_what_clean_ones_make(
    site: Path, jobs: int, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blogforge.renewal._WORTH_A_POOL", 1)
    build(site, OPTIONS)
    for name, (path, text) in islice(EDITS.items(), 0, None, step):
        (site / path).write_text(text, encoding="utf-8")
        build(site, Options(now=NOW, jobs=jobs))
        output = site.parent / name
        build(site, Options(now=NOW, jobs=1, output=str(output)))
        assert tree(site / "public") == tree(output), name


def test_an_edit_renders_the_pages_whose_blocks_it_changes(site: Path) -> None:
    build(site, OPTIONS)
    (site / "posts/4.md").write_text(post(4, "Africa"), encoding="utf-8")
    why = build(site, OPTIONS).rendered
    assert why["2024/05/05/5/index.html"] == "related:6:africa:posts/5.md changed"


def test_a_ranking_is_remembered_as_long_as_a_page_asks_for_it(site: Path) -> None:
    build(site, OPTIONS)
    assert remembered(site) == ["4:sea", "6:africa"]
    (site / "posts/4.md").write_text(post(4, "Africa"), encoding="utf-8")
    build(site, OPTIONS)
    assert remembered(site) == ["4:sea", "6:africa"]
    (site / "templates/home.html").unlink()
    build(site, OPTIONS)
    (site / "posts/4.md").write_text(post(4, "Sea"), encoding="utf-8")
    build(site, OPTIONS)
    assert remembered(site) == ["6:africa"]


def test_what_is_remembered_spares_work(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site, OPTIONS)
    with State(work_folder(site / "public")) as state:
        known = {state.blob(f"ranking {name}") for name in ("4:sea", "6:africa")}
    memories: list[bytes] = []

    def noted(corpus: object, settings: object, memory: bytes = b"") -> object:
        memories.append(memory)
        return rank(corpus, settings, memory)  # type: ignore[arg-type]

    monkeypatch.setattr(scopes, "rank", noted)
    (site / "posts/4.md").write_text(post(4, "Africa"), encoding="utf-8")
    build(site, OPTIONS)
    assert {*memories} == known
    assert None not in known


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ('section="Afrika"', "there is no section 'Afrika': did you mean 'Africa'?"),
        ("limit=0", "related: 'limit' must be a whole number from 1 to 50, not 0"),
        ("limit=51", "related: 'limit' must be a whole number from 1 to 50, not 51"),
        ('limit="4"', "related: 'limit' must be a whole number from 1 to 50, not '4'"),
        ("limit=true", "related: 'limit' must be a whole number from 1 to 50, not True"),
    ],
)
def test_what_cannot_be_asked_is_told_in_the_template(call: str, told: str, site: Path) -> None:
    text = ASKING.replace('limit=6, section="Africa"', call)
    (site / "templates/article.html").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        build(site, OPTIONS)
    (problem,) = caught.value.problems
    assert (str(problem.location), problem.message) == ("templates/article.html:3", told)


def test_a_section_of_drafts_is_known_and_empty(make_site: MakeSite) -> None:
    site = make_site({**HIDDEN, **TEMPLATES, "posts/1.md": post(1, "Sea")})
    build(site, OPTIONS)
    assert asked(tree(site / "public"), "2024/05/01/1/index.html") == []


def test_workers_elsewhere_get_what_was_ranked(site: Path) -> None:
    edition = prepare(site, OPTIONS)
    page = next(page for page in edition.pages if page.path == "2024/05/04/4/index.html")
    here = render(page, edition.inputs).data
    there = unpacked(packed(edition.inputs))
    assert render(page, there).data == here
    view = View(there)
    with pytest.raises(LookupError, match="not ranked here"):
        view.related(view.card("posts/4.md"), limit=9)


def test_the_preview_keeps_what_was_asked_from_edition_to_edition(
    site: Path, tmp_path: Path
) -> None:
    editions = Editions(site, OPTIONS, tmp_path / "kept", print)

    def shown(edition: Edition) -> bytes:
        page = next(page for page in edition.pages if page.path == "2024/05/05/5/index.html")
        return render(page, edition.inputs).data

    first = editions.next()
    before = shown(first)
    (site / "posts/4.md").write_text(post(4, "Africa"), encoding="utf-8")
    second = editions.next()
    assert second.inputs.scopes.remembered == first.inputs.scopes.memories
    assert before != shown(second) == shown(prepare(site, OPTIONS))
