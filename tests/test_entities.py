"""entities.yaml in builds: what an edit changes, and that nothing else is made again."""

import os
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from blogforge.build import build
from blogforge.content.entities import Entities
from blogforge.content.markdown import render
from blogforge.errors import ContentError
from blogforge.options import Options
from tests.commands import tree
from tests.conftest import CONFIG, MakeSite

OPTIONS = Options(now=datetime(2026, 1, 1, tzinfo=UTC), jobs=1)
LONG_AGO = 1_300_000_000
BODIES = {
    "a": "Gaddafi spoke of the harvest to the traders.",
    "b": "Qaddafi bought ships, and the shipyard was glad.",
    "c": "The harvest of wheat is late, and traders wait.",
    "d": "The wheat harvest and its traders, once more.",
    "e": "In the shipyard of the 上校卡扎菲上校 nothing moves.",
    "f": "Chess is a game of patience.",
}
FILES = {
    f"posts/{slot}.md": f"---\ntitle: The {slot}\ndate: 2024-05-0{day}\n---\n\n{body}\n"
    for day, (slot, body) in enumerate(BODIES.items(), start=1)
}
TABLES = {
    "none": None,
    "nobody": "# nobody yet\n",
    "two": "Muammar Qaddafi: [Gaddafi, Qaddafi]\n",
    "two, written otherwise": "# the colonel\nMuammar Qaddafi:\n- Qaddafi\n- Gaddafi\n",
    "renamed": "Colonel: [Gaddafi, Qaddafi]\n",
    "three": "Muammar Qaddafi: [Gaddafi, Qaddafi, 卡扎菲]\n",
    "one": "Muammar Qaddafi: [Gaddafi]\n",
    "a word of everyday": "Harvest: [wheat]\n",
    "names that nobody has": "Nobody: [Nemo]\nNo one: [patience of nobody]\n",
}
# Added, changed, taken away, and back again.
EDITS = (
    *("two", "three", "one", "three", "two", "renamed", "two, written otherwise", "none"),
    *("a word of everyday", "two", "nobody", "names that nobody has", "renamed", "none"),
)


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    """Six posts, each with a block of two."""
    return make_site(FILES, CONFIG + "related: {limit: 2}\n")


def put(site: Path, text: str | None) -> None:
    """Write entities.yaml, or take it away."""
    file = site / "entities.yaml"
    if text is None:
        file.unlink(missing_ok=True)
    else:
        file.write_text(text, encoding="utf-8")
        os.utime(file, (LONG_AGO, LONG_AGO))


def made_again(site: Path) -> list[str]:
    """The posts whose bodies a build renders, each by its letter."""
    with patch("blogforge.content.articles.render", wraps=render) as rendering:
        build(site, OPTIONS)
    return sorted(call.args[1].slug for call in rendering.call_args_list)


def clean(site: Path) -> dict[str, bytes]:
    """The tree of a first build."""
    output = site.parent / "clean"
    build(site, Options(now=OPTIONS.now, jobs=1, output=str(output), clean=True))
    return tree(output)


def test_edits_leave_what_a_clean_build_leaves(site: Path) -> None:
    build(site, OPTIONS)
    trees = {"none": tree(site / "public")}
    for name in EDITS:
        put(site, TABLES[name])
        build(site, OPTIONS)
        if name not in trees:
            trees[name] = clean(site)
        assert tree(site / "public") == trees[name], name
    assert len({frozenset(made.items()) for made in trees.values()}) > 2


def test_spellings_relate_posts(site: Path) -> None:
    page = site / "public/2024/05/02/b/index.html"
    build(site, OPTIONS)
    assert "The a" not in block(page)
    put(site, TABLES["two"])
    build(site, OPTIONS)
    assert "The a" in block(page)


def blocks_of(public: Path) -> dict[str, str]:
    return {path: block(public / path) for path in tree(public) if path.endswith(".html")}


def block(page: Path) -> str:
    return page.read_text(encoding="utf-8").partition("More from")[2]


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ("none", "two", "ab"),
        ("two", "none", "ab"),
        ("two", "three", "e"),
        ("two", "one", "b"),
        ("two", "renamed", "ab"),
        ("two", "two, written otherwise", ""),
        ("none", "nobody", ""),
        ("none", "names that nobody has", ""),
        ("none", "a word of everyday", "acd"),
    ],
)
def test_only_articles_that_may_have_the_spellings_are_made_again(
    before: str, after: str, made: str, site: Path
) -> None:
    put(site, TABLES[before])
    build(site, OPTIONS)
    put(site, TABLES[after])
    assert made_again(site) == list(made)
    put(site, f"{TABLES[after] or ''}# a remark\n")
    assert made_again(site) == []


def test_a_table_that_is_as_it_was_takes_no_look_at_articles(site: Path) -> None:
    put(site, TABLES["two"])
    build(site, OPTIONS)
    (site / "posts/f.md").unlink()
    with patch.object(Entities, "concern", side_effect=AssertionError):
        assert build(site, OPTIONS).rendered


def test_only_pages_whose_block_changes_are_rendered(site: Path) -> None:
    build(site, OPTIONS)
    blocks = blocks_of(site / "public")
    put(site, TABLES["two"])
    rendered = set(build(site, OPTIONS).rendered)
    now = blocks_of(site / "public")
    assert rendered == {path for path in now if now[path] != blocks[path]}
    assert rendered


def test_a_mistake_stops_the_build_and_mending_it_changes_nothing(site: Path) -> None:
    build(site, OPTIONS)
    put(site, TABLES["two"])
    build(site, OPTIONS)
    before = tree(site / "public")
    put(site, "Muammar Qaddafi: Gaddafi\n")
    with pytest.raises(ContentError, match=r"entities\.yaml:1:18"):
        build(site, OPTIONS)
    assert tree(site / "public") == before
    put(site, TABLES["two"])
    assert build(site, OPTIONS).rendered == {}


def test_a_misnamed_file_is_missed_where_nothing_else_changed(site: Path) -> None:
    build(site, OPTIONS)
    (site / "entities.yml").write_text("Colonel: [Gaddafi]\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"rename entities\.yml to entities\.yaml"):
        build(site, OPTIONS)
