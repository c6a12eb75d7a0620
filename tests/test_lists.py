"""Fronts of sections, the archive as a calendar, directories, as readers of the theme see them."""

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from blogforge.build import build
from blogforge.options import Options
from tests.conftest import CONFIG
from tests.rendering import write
from tests.trees import Tree

AUTHORS = """\
ana: {name: Ana Ruiz, bio: Ana Ruiz writes.}
ben: {name: Ben Roe}
"""


def post(day: str, *lines: str) -> str:
    return "\n".join(["---", f"title: Piece of {day}", f"date: {day}", *lines, "---", "Words."])


def war(day: str) -> str:
    return post(day, "section: Africa", "authors: [ana]", "story: The war")


FILES = {
    "blogforge.yaml": CONFIG
    + "sections: [{name: Asia}, {name: Africa, dek: The south.}]\nsocial_cards: {enabled: false}\n",
    "authors.yaml": AUTHORS,
    **{f"posts/w{n}.md": war(f"2024-03-{n:02}") for n in (1, 2, 3)},
    **{f"posts/a{n}.md": post(f"2024-05-{n:02}", "section: Africa") for n in (4, 5, 6)},
    "posts/b.md": post("2022-12-31", "section: Asia", "authors: [ben]", "tags: [Rice]"),
    "posts/c.md": post("2024-05-06T18:00:00Z", "section: Asia", "story: Rice"),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    root = write(tmp_path_factory.mktemp("site"), FILES)
    build(root, Options(jobs=1))
    return Tree(root / "public", "https://dispatch.example/")


def main_of(tree: Tree, path: str) -> LexborNode:
    main = LexborHTMLParser((tree.root / path / "index.html").read_text("utf-8")).css_first("main")
    assert main
    return main


def texts(node: LexborNode, selector: str) -> list[str]:
    return [" ".join(found.text().split()) for found in node.css(selector)]


def pieces(*days: str) -> list[str]:
    return [f"Piece of {day}" for day in days]


def test_a_section_leads_with_its_newest_article(tree: Tree) -> None:
    main = main_of(tree, "section/africa")
    assert texts(main, ".card-lead .card-title") == pieces("2024-05-06")
    latest = pieces("2024-05-05", "2024-05-04", "2024-03-03", "2024-03-02")
    assert texts(main, ".latest .card-title") == latest
    assert texts(main, ".story-block h2, .story-block li a") == [
        "The war",
        *pieces("2024-03-03", "2024-03-02", "2024-03-01"),
    ]
    assert texts(main, ".others .card-title") == pieces("2024-03-01")


def test_a_small_section_is_a_list(tree: Tree) -> None:
    main = main_of(tree, "section/asia")
    assert texts(main, ".river .card-title") == pieces("2024-05-06T18:00:00Z", "2022-12-31")
    assert not main.css(".card-lead, .story-block")  # one article is no story yet


def test_the_archive_shows_all_months_and_leads_to_those_with_articles(tree: Tree) -> None:
    main = main_of(tree, "archive")
    assert texts(main, "h2") == ["2024 7 articles", "2022 1 article"]
    assert len(main.css(".months li")) == 24
    months = {m.attributes["aria-label"]: m.attributes["href"] for m in main.css("a.month")}
    assert months == {
        "March 2024: 3 articles": "/2024/03/",
        "May 2024: 4 articles": "/2024/05/",
        "December 2022: 1 article": "/2022/12/",
    }
    levels = [m.attributes["class"] for m in main.css("a.month")]
    assert levels == ["month level-3", "month level-4", "month level-1"]


def test_a_year_is_told_by_month_and_a_month_by_day(tree: Tree) -> None:
    year, month = main_of(tree, "2024"), main_of(tree, "2024/05")
    assert texts(year, ".period-part h2") == ["May 2024", "March 2024"]
    assert [a.attributes["href"] for a in year.css(".period-part h2 a")] == [
        "/2024/05/",
        "/2024/03/",
    ]
    assert len(year.css("a.month")) == 2
    assert texts(month, ".period-part h2") == ["6 May", "5 May", "4 May"]
    first = month.css_first(".period-part")
    assert first
    assert texts(first, ".card-title") == pieces("2024-05-06T18:00:00Z", "2024-05-06")
    assert texts(year, ".period-links a") == ["2022"]
    assert texts(month, ".period-links a") == ["March 2024"]
    assert texts(main_of(tree, "2022/12"), ".period-links a") == ["March 2024"]


def test_directories_show_what_is_known_of_each(tree: Tree) -> None:
    authors, sections = main_of(tree, "author"), main_of(tree, "section")
    assert texts(authors, "h2") == ["Ana Ruiz", "Ben Roe"]
    assert texts(authors, ".list-count") == ["3 articles", "1 article"]
    assert texts(sections, "h2") == ["Asia", "Africa"]  # as in the navigation
    assert texts(sections, ".newest a") == pieces("2024-05-06T18:00:00Z", "2024-05-06")
    assert texts(main_of(tree, "story"), "h2") == ["Rice", "The war"]
    assert texts(main_of(tree, "tag"), ".group-list li") == ["Rice 1"]


def test_an_author_s_page_counts_and_names_the_stories(tree: Tree) -> None:
    main = main_of(tree, "author/ana")
    assert texts(main, ".list-count, .author-stories a") == ["3 articles", "The war"]


def test_the_front_page_follows_the_story_that_was_told_last(tree: Tree) -> None:
    main = main_of(tree, "")
    assert texts(main, ".story-block h2") == ["The war"]
    assert len(main.css(".story-block time")) == 3
