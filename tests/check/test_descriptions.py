"""Pictures without a description."""

import pytest

from blogforge.check import Wanted, check
from blogforge.errors import Problem
from blogforge.options import Options
from tests.conftest import MakeSite
from tests.pictures import picture

ONLY = Wanted(("missing-description",))


def found(make_site: MakeSite, body: str, more: str = "") -> tuple[Problem, ...]:
    post = f"---\ntitle: T\ndate: 2024-01-01\n{more}---\n\nText.\n\n{body}\n"
    site = make_site({"posts/a.md": post, "posts/map.png": picture(9, 9, "PNG")})
    return check(site, Options(jobs=1), ONLY)


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("![](map.png)", 1),
        ('See ![ ](map.png "A caption").', 5),
        ("![][m]\n\n[m]: map.png", 1),
        ('<img src="map.png">', 1),
        ('A <IMG\nclass="x" src="map.png">', 3),
    ],
)
def test_a_picture_without_a_description_is_told(
    body: str, column: int, make_site: MakeSite
) -> None:
    (problem,) = found(make_site, body)
    assert str(problem.location) == f"posts/a.md:8:{column}"
    assert (problem.level, problem.rule) == ("warning", "missing-description")
    assert "what it shows" in problem.hint


@pytest.mark.parametrize(
    "body",
    [
        "![a map](map.png)",
        '<img src="map.png" alt="a map">',
        '<img alt="" src="map.png">',
        "`![](map.png)`",
        "```\n![](map.png)\n```",
        "Wow\\![](map.png)",
    ],
)
def test_a_description_or_the_word_that_there_is_none_is_enough(
    body: str, make_site: MakeSite
) -> None:
    assert found(make_site, body) == ()


@pytest.mark.parametrize("more", ["image: map.png\n", "image: {src: map.png, credit: Ana}\n"])
def test_the_picture_of_a_post_needs_one_too(more: str, make_site: MakeSite) -> None:
    (problem,) = found(make_site, "", more)
    assert (str(problem.location), problem.rule) == ("posts/a.md:4:8", "missing-description")
    assert found(make_site, "", "image: {src: map.png, alt: A map}\n") == ()
