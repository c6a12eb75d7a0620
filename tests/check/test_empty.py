"""Posts that say nothing."""

import pytest

from blogforge.check import Wanted, check
from blogforge.errors import Problem
from blogforge.options import Options
from tests.conftest import MakeSite
from tests.pictures import picture

ONLY = Wanted(("empty-article",))


def found(make_site: MakeSite, body: str, more: str = "") -> tuple[Problem, ...]:
    post = f"---\ntitle: T\ndate: 2024-01-01\n{more}---\n{body}"
    site = make_site({"posts/a.md": post, "posts/map.png": picture(9, 9, "PNG")})
    return check(site, Options(jobs=1), ONLY)


@pytest.mark.parametrize("body", ["", "\n\n", "<!-- to do -->\n", "***\n"])
def test_a_post_without_words_is_told(body: str, make_site: MakeSite) -> None:
    (problem,) = found(make_site, body)
    assert str(problem.location) == "posts/a.md:2:8"
    assert (problem.level, problem.rule) == ("warning", "empty-article")
    assert problem.hint == "write it below the front matter, or set 'status: draft'"


@pytest.mark.parametrize(
    "body", ["Word.", "> Said.", "![a map](map.png)", "    x = 1\n", "## A heading"]
)
def test_words_a_picture_or_code_are_something(body: str, make_site: MakeSite) -> None:
    assert found(make_site, body) == ()


def test_a_draft_may_be_empty(make_site: MakeSite) -> None:
    assert found(make_site, "", "status: draft\n") == ()
    assert check(make_site({}), Options(jobs=1, drafts=True), ONLY) == ()


def test_a_notice_says_why(make_site: MakeSite) -> None:
    (problem,) = found(make_site, "", "status: withdrawn\n")
    assert str(problem.location) == "posts/a.md:4:9"
    assert problem.rule == "empty-article"
    assert found(make_site, "We were wrong.", "status: withdrawn\n") == ()


def test_an_article_left_in_a_withdrawn_post_is_told_once(make_site: MakeSite) -> None:
    text = "---\ntitle: A\ndate: 2024-01-01\nstatus: withdrawn\n---\n\n" + "word " * 300
    (problem,) = check(make_site({"posts/a.md": text}), Options(jobs=1))
    assert "is no longer published" in problem.message
