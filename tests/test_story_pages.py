"""A story as readers see it, in the default theme."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.commands import run

CONFIG = """\
title: The Desk
url: https://desk.example/
paginate: 20
stories:
  - name: The strike
    dek: A port stands still.
"""


class Paper:
    """A site whose posts tell one story."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "posts").mkdir()
        (root / "blogforge.yaml").write_text(CONFIG)

    def post(self, day: date, title: str = "Piece", story: str = "the strike") -> None:
        text = f"---\ntitle: {title} of {day}\ndate: {day}\nstory: {story}\n---\nText.\n"
        (self.root / f"posts/{day}-piece.md").write_text(text)

    def posts(self, count: int, apart: int, first: date = date(2012, 1, 10)) -> None:
        for number in range(count):
            self.post(first + timedelta(days=number * apart))

    def build(self) -> list[str]:
        """Build, and name what was made."""
        outcome = run(self.root, "build", "--json", "--explain", "--now", "2020-01-01")
        assert outcome.status == 0, outcome.err
        return [change["path"] for change in json.loads(outcome.out)["changes"]]

    def main(self, path: str = "story/the-strike/index.html") -> LexborNode:
        main = LexborHTMLParser((self.root / "public" / path).read_text()).css_first("main")
        assert main is not None
        return main


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path)


def texts(node: LexborNode, selector: str) -> list[str]:
    return [" ".join(found.text().split()) for found in node.css(selector)]


def test_its_page_says_what_it_is_and_how_far_it_has_come(paper: Paper) -> None:
    paper.posts(5, apart=10)
    paper.build()
    main = paper.main()
    assert texts(main, ".list-header h1, .list-header .dek") == [
        "The strike",
        "A port stands still.",
    ]
    assert texts(main, ".story-span") == ["5 articles, 10 January 2012 – 19 February 2012"]
    assert texts(main, ".story-newest") == ["Latest article Piece of 2012-02-19"]
    (link,) = main.css(".story-newest a")
    assert link.attributes["href"] == "/2012/02/19/piece/"
    assert texts(main, ".timeline h2")[0] == "Piece of 2012-01-10"
    assert main.css('a[href="/story/the-strike/feed.xml"]')
    assert main.css('a[href="/story/"]')


def test_a_story_of_one_day_has_one_date_and_no_further_link(paper: Paper) -> None:
    paper.posts(1, apart=1)
    paper.build()
    assert texts(paper.main(), ".story-span") == ["1 article, 10 January 2012"]
    assert texts(paper.main(), ".story-newest") == []


@pytest.mark.parametrize(
    ("count", "apart", "marks"),
    [
        (3, 400, []),
        (7, 1, ["January 2012"]),
        (8, 10, ["January 2012", "February 2012", "March 2012"]),
        (8, 100, ["2012", "2013"]),
    ],
)
def test_much_is_marked_by_years_or_by_months(
    paper: Paper, count: int, apart: int, marks: list[str]
) -> None:
    paper.posts(count, apart=apart)
    paper.build()
    main = paper.main()
    assert texts(main, ".timeline-mark") == marks
    dates = [node.attributes["datetime"] or "" for node in main.css(".timeline time")]
    assert len(dates) == count
    assert dates == sorted(dates)
    assert len(main.css(".timeline h3" if marks else ".timeline h2")) == count


def test_a_new_post_makes_no_page_in_the_middle_anew(paper: Paper) -> None:
    paper.posts(59, apart=3)
    paper.build()
    paper.post(date(2013, 1, 1))
    made = {path for path in paper.build() if path.startswith("story/the-strike/")}
    assert made == {
        "story/the-strike/index.html",
        "story/the-strike/page/3/index.html",
        "story/the-strike/feed.xml",
    }
    assert texts(paper.main("story/the-strike/page/2/index.html"), ".story-span") == []


def test_an_article_leads_to_its_neighbours_and_to_the_whole(paper: Paper) -> None:
    paper.posts(13, apart=1)
    paper.build()
    main = paper.main("2012/01/16/piece/index.html")
    assert texts(main, ".story-thread h2, .story-thread h3, .whole-story") == [
        "The strike",
        "Earlier in this story",
        "Since then",
        "The whole story",
    ]
    shown = texts(main, ".story-thread li a")
    assert shown == [f"Piece of 2012-01-{day}" for day in (*range(11, 16), *range(17, 22))]
    assert {link.attributes["href"] for link in main.css(".story-thread h2 a, .whole-story a")} == {
        "/story/the-strike/"
    }
