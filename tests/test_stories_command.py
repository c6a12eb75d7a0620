"""`blogforge stories`: those there are, and those there may be."""

import json
from pathlib import Path
from typing import Any

import pytest

from blogforge.new import as_yaml
from blogforge.stories import NO_NEWER, NO_PROPOSAL, NO_STORY
from blogforge.strict_yaml import parse
from tests.commands import Outcome, run

CONFIG = "title: The Desk\nurl: https://desk.example/\ntimezone: Europe/Paris\n"
MALI = "Mali Tuareg Azawad Bamako Sanogo Kidal Gao Timbuktu junta"


def own_words(number: int) -> str:
    """Words that no other number has."""
    letters = str(number).translate(str.maketrans("0123456789", "bdfgklmnpr"))
    return " ".join(f"{letters}{ending}" for ending in ("ara", "emi", "ilo", "otu", "uka"))


class Desk:
    """A site in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "posts").mkdir()
        (root / "blogforge.yaml").write_text(CONFIG)

    def post(self, name: str, title: str, body: str, *lines: str) -> None:
        matter = "\n".join((f"title: {as_yaml(title)}", *lines))
        (self.root / f"posts/{name}.md").write_text(f"---\n{matter}\n---\n{body}\n")

    def mali(self, month: int, title: str, *lines: str) -> None:
        """A post of 2012 about Mali."""
        body = f"In {MALI}, and then {MALI}. {own_words(month)}"
        self.post(f"2012-{month:02}-21-{month}", title, body, *lines)

    def noise(self) -> None:
        """Posts that have no word in common."""
        for day in range(1, 29):
            words = own_words(day + 100)
            self.post(f"2012-02-{day:02}-n", words.split()[0], words)

    def stories(self, *arguments: str) -> Outcome:
        return run(self.root, "stories", *arguments)

    def proposals(self, *arguments: str) -> Any:
        outcome = self.stories("--suggest", "--json", *arguments)
        assert (outcome.status, outcome.err) == (0, "")
        return json.loads(outcome.out)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def mali(desk: Desk) -> Desk:
    """Four posts of one story that nobody named, among others."""
    desk.noise()
    for month, title in enumerate(("Guns", "The coup", "A state declared", "Gao falls"), start=3):
        desk.mali(month, f"{title}: Mali's war")
    return desk


def test_that_no_story_is_so_new_does_not_say_that_there_is_none(desk: Desk) -> None:
    desk.post("2012-03-21-guns", "Guns", "Text.", "story: The war in Mali")
    assert desk.stories("--since", "2012-03-22").out == f"{NO_NEWER}\n"
    assert "Guns" in desk.stories("--since", "2012-03-21").out


def test_it_lists_stories_with_their_posts(desk: Desk) -> None:
    desk.post("2012-03-21-guns", "Guns", "Text.", "story: The war in Mali")
    desk.post("2012-01-02-dam", "A dam", "Text.", "story: The dam")
    desk.post("2013-02-05-after", "After", "Text.", "story: the war in mali")
    outcome = desk.stories()
    assert outcome == Outcome(
        0,
        "The war in Mali  (2 posts, 2012-03-21 to 2013-02-05)  /story/the-war-in-mali/\n"
        "  2012-03-21  posts/2012-03-21-guns.md  Guns\n"
        "  2013-02-05  posts/2013-02-05-after.md  After\n"
        "\n"
        "The dam  (1 post, 2012-01-02)  /story/the-dam/\n"
        "  2012-01-02  posts/2012-01-02-dam.md  A dam\n",
        "",
    )
    assert "The dam" not in desk.stories("--since", "2013-02-05").out
    assert "The dam" not in desk.stories("--limit", "1").out


def test_it_lists_them_as_json(desk: Desk) -> None:
    desk.post("2012-03-21-guns", "Guns", "Text.", "story: The war in Mali")
    post = {
        "path": "posts/2012-03-21-guns.md",
        "date": "2012-03-21T00:00:00+01:00",
        "title": "Guns",
        "url": "/2012/03/21/guns/",
    }
    story = {"name": "The war in Mali", "url": "/story/the-war-in-mali/", "posts": [post]}
    assert json.loads(desk.stories("--json").out) == [story]


@pytest.mark.parametrize(("arguments", "sentence"), [((), NO_STORY), (("--suggest",), NO_PROPOSAL)])
def test_where_there_is_nothing_it_says_so(
    desk: Desk, arguments: tuple[str, ...], sentence: str
) -> None:
    assert desk.stories(*arguments) == Outcome(0, f"{sentence}\n", "")
    assert desk.stories(*arguments, "--json") == Outcome(0, "[]\n", "")


def test_it_suggests_a_line_for_each_post(mali: Desk) -> None:
    lines = mali.stories("--suggest").out.splitlines()
    assert lines[0].startswith("Mali’s war  (4 posts, 2012-03-21 to 2012-06-21; ")
    assert set(lines[0].rpartition("; ")[2].rstrip(")").split(", ")) <= {*MALI.split(), "war"}
    expected = [f"  posts/2012-{n:02}-21-{n}.md  story: Mali’s war" for n in range(3, 7)]
    assert lines[1:] == expected


def test_it_calls_entities_by_their_names(mali: Desk) -> None:
    (mali.root / "entities.yaml").write_text("Amadou Haya Sanogo: [Sanogo]\n")
    (proposal,) = mali.proposals()
    assert "Amadou Haya Sanogo" in {term["term"] for term in proposal["terms"]}


def test_what_it_suggests_makes_the_story(mali: Desk) -> None:
    (proposal,) = mali.proposals()
    for post in proposal["posts"]:
        source = mali.root / post["path"]
        source.write_text(source.read_text().replace("---\n", f"---\n{proposal['line']}\n", 1))
    assert mali.proposals() == []
    (story,) = json.loads(mali.stories("--json").out)
    assert story["name"] == proposal["name"]
    assert story["posts"] == proposal["posts"]


def test_posts_may_join_a_story(mali: Desk) -> None:
    mali.mali(7, "Kidal waits", "story: 'The war: Mali'")
    (proposal,) = mali.proposals()
    assert [post["title"] for post in proposal["joins"]] == ["Kidal waits"]
    assert len(proposal["posts"]) == 4
    assert parse(proposal["line"], "").values == {"story": "The war: Mali"}
    first = mali.stories("--suggest").out.splitlines()[0]
    assert first.startswith("The war: Mali  (4 posts to join 1 post, 2012-03-21 to 2012-06-21; ")


def test_a_new_story_does_not_take_the_name_of_another(mali: Desk) -> None:
    mali.post("2002-01-01-old", "Rain", "Rain and wind", "story: mali's WAR")
    (proposal,) = mali.proposals()
    assert proposal["joins"] == []
    assert proposal["name"] not in {"Mali’s war", "mali's WAR"}


@pytest.mark.parametrize("status", ["draft", "unlisted", "withdrawn"])
def test_what_is_not_published_is_in_no_story(mali: Desk, status: str) -> None:
    mali.mali(7, "Kidal waits", f"status: {status}")
    mali.mali(8, "Kidal falls", "date: 2099-08-21")
    (proposal,) = mali.proposals()
    assert len(proposal["posts"]) == 4


def test_drafts_count_where_they_are_asked_for(mali: Desk) -> None:
    mali.mali(7, "Kidal waits", "status: draft")
    (proposal,) = mali.proposals("--drafts")
    assert len(proposal["posts"]) == 5


def test_since_and_limit(mali: Desk) -> None:
    assert len(mali.proposals("--since", "2012-06-21")) == 1
    assert mali.proposals("--since", "2012-06-22") == []
    assert len(mali.proposals("--limit", "1")) == 1


@pytest.mark.parametrize("arguments", [("--since", "soon"), ("--limit", "0")])
def test_a_wrong_option_is_a_usage_error(desk: Desk, arguments: tuple[str, str]) -> None:
    outcome = desk.stories(*arguments)
    assert outcome.status == 2
    assert arguments[0] in outcome.err
