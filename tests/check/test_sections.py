"""Sections that blogforge.yaml does not know."""

import pytest

from blogforge.check import Wanted, check
from blogforge.errors import Problem
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite

ONLY = Wanted(("unknown-section",))

SECTIONS = CONFIG + "sections:\n  - name: Middle East\n  - name: Économie\n"


def found(make_site: MakeSite, section: str, config: str = SECTIONS) -> tuple[Problem, ...]:
    post = f"---\ntitle: T\ndate: 2024-01-01\nsection: {section}\n---\n\nText.\n"
    return check(make_site({"posts/a.md": post}, config=config), Options(jobs=1), ONLY)


def test_an_unknown_section_is_told_with_its_place(make_site: MakeSite) -> None:
    (problem,) = found(make_site, "Midle East")
    assert str(problem.location) == "posts/a.md:4:10"
    assert problem.message == "the section 'Midle East' is not in blogforge.yaml"
    assert problem.hint == "did you mean 'Middle East'?"
    assert (problem.level, problem.rule) == ("warning", "unknown-section")


def test_a_section_like_no_other_gets_the_list(make_site: MakeSite) -> None:
    (problem,) = found(make_site, "Sport")
    assert problem.hint == "write Middle East or Économie, or add it there"


@pytest.mark.parametrize("section", ["Middle East", "middle east", "Économie", "Economie", ""])
def test_a_known_section_is_left_alone(section: str, make_site: MakeSite) -> None:
    known = section != "Economie"
    assert (found(make_site, section) == ()) is known


def test_without_sections_any_will_do(make_site: MakeSite) -> None:
    assert found(make_site, "Sport", CONFIG) == ()
