"""What most posts do, and the few that do not."""

import pytest

from blogforge.check import Wanted, check
from blogforge.check.house import width
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite

LONG = "word " * 15


def found(make_site: MakeSite, faulty: int, sound: int, rule: str, config: str = "") -> list[str]:
    """The posts told of among some with a long title and no dek, and some that are as others."""
    texts = [f"title: {LONG}{n}\ndate: 2025-01-01" for n in range(faulty)]
    texts += [f"title: T{n}\ndek: So it is.\ndate: 2025-01-01" for n in range(sound)]
    posts = {f"posts/{n}.md": f"---\n{text}\n---\n\nText.\n" for n, text in enumerate(texts)}
    problems = check(make_site(posts, CONFIG + config), Options(jobs=1), Wanted((rule,)))
    return [problem.location.path for problem in problems if problem.location]


@pytest.mark.parametrize("rule", ["missing-dek", "long-title"])
def test_the_exception_is_told_and_not_the_rule_of_the_house(
    rule: str, make_site: MakeSite
) -> None:
    assert found(make_site, 1, 1, rule) == ["posts/0.md"]
    assert found(make_site, 3, 1, rule) == []


def test_a_house_that_asks_hears_of_all(make_site: MakeSite) -> None:
    config = "check: {rules: {missing-dek: error}}\n"
    assert len(found(make_site, 3, 0, "missing-dek", config)) == 3


@pytest.mark.parametrize(
    ("text", "wide"), [("abc", 3), ("naïve", 5), ("nai\u0308ve", 5), ("東京", 4)]
)
def test_the_room_that_a_text_takes(text: str, wide: int) -> None:
    assert width(text) == wide
