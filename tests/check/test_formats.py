"""Problems as text, JSON and annotations."""

import json

from click import unstyle
from hypothesis import given
from hypothesis import strategies as st

from blogforge.check.formats import as_github, as_json
from blogforge.check.text import as_text
from blogforge.errors import Edit, Location, Problem

PROBLEMS = (
    Problem("no title", Location("posts/a.md", 2, 1), "write 'title: …'", "date: x", rule="build"),
    Problem("a dead link", Location("posts/b.md", 6), level="warning", rule="dead-link"),
    Problem("odd", level="warning"),
)


def test_text_has_each_problem_below_its_file_and_how_many() -> None:
    assert as_text(PROBLEMS) == (
        "posts/a.md\n"
        "  2:1 error: no title [build]\n"
        "      | date: x\n"
        "      hint: write 'title: …'\n"
        "\n"
        "posts/b.md\n"
        "  6 warning: a dead link [dead-link]\n"
        "\n"
        "the site\n"
        "  warning: odd\n"
        "\n"
        "     1  build\n"
        "     1  dead-link\n"
        "1 error, 2 warnings\n"
    )


def test_text_says_what_can_be_mended() -> None:
    mendable = Problem("odd", Location("posts/c.md", 3, 1), rule="dead-link", edit=Edit("a", "b"))
    assert "\n     2  dead-link, 1 of which --fix can mend\n" in as_text((*PROBLEMS, mendable))


def test_colours_change_nothing_but_how_it_looks() -> None:
    coloured = as_text(PROBLEMS, colours=True)
    assert coloured != as_text(PROBLEMS)
    assert unstyle(coloured) == as_text(PROBLEMS)


def test_text_of_nothing_says_so() -> None:
    assert as_text(()) == "nothing to mend\n"


def test_text_counts_notices_where_there_are_any() -> None:
    problems = (*PROBLEMS, Problem("long", level="notice"))
    assert as_text(problems).endswith("     1  dead-link\n1 error, 2 warnings, 1 notice\n")


def test_json_has_every_field() -> None:
    first, second, third = json.loads(as_json(PROBLEMS))
    assert first == {
        "path": "posts/a.md",
        "line": 2,
        "column": 1,
        "level": "error",
        "rule": "build",
        "message": "no title",
        "hint": "write 'title: …'",
        "excerpt": "date: x",
        "edit": None,
    }
    (mendable,) = json.loads(as_json([Problem("odd", edit=Edit("a", "b"))]))
    assert mendable["edit"] == {"old": "a", "new": "b"}
    assert (second["line"], second["column"]) == (6, 0)
    assert (third["path"], third["line"], third["rule"]) == ("", 0, "")
    assert as_json(PROBLEMS).endswith("]\n")


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(as_json(())) == []


def test_github_names_file_line_and_column() -> None:
    assert as_github(PROBLEMS) == (
        "::error title=build,file=posts/a.md,line=2,col=1::no title. write 'title: …'\n"
        "::warning title=dead-link,file=posts/b.md,line=6::a dead link\n"
        "::warning title=blogforge::odd\n"
    )


def test_github_escapes_what_would_end_a_command() -> None:
    problem = Problem("50% off\r\n::error::fake", Location("a,b:c%.md", 1), rule="x")
    assert as_github([problem]) == (
        "::error title=x,file=a%2Cb%3Ac%25.md,line=1::50%25 off%0D%0A::error::fake\n"
    )


@given(message=st.text(), path=st.text(min_size=1), hint=st.text())
def test_a_problem_is_one_line_of_github_whatever_it_says(
    message: str, path: str, hint: str
) -> None:
    text = as_github([Problem(message, Location(path, 3, 4), hint)])
    assert text.count("\n") == 1
    assert "\r" not in text
    head, _, rest = text.removeprefix("::error ").partition("::")
    assert len(head.split(",")) == 4
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        rest = rest.replace(escape, char)
    assert rest.rstrip("\n").startswith(message.rstrip("\n"))
