"""Fragments: of bodies, of what the theme adds, and of other pages."""

import pytest

from blogforge.check import Wanted, check
from blogforge.options import Options
from tests.conftest import MakeSite

OTHER = "---\ntitle: Other\ndate: 2024-01-02\n---\n\n## A heading\n\n<a name=old></a>Text.\n"


POST = "---\ntitle: A\ndate: 2024-01-01\n---\n\n## Überblick\n\n[x]({target})\n"


def found(make_site: MakeSite, target: str) -> list[str]:
    site = make_site(
        {
            "posts/a.md": POST.format(target=target),
            "posts/other.md": OTHER,
            "static/paper.pdf": "pdf",
        }
    )
    problems = check(site, Options(jobs=1), Wanted(("dead-anchor",)))
    return [f"{p.location}: {p.message}; {p.hint}" for p in problems]


@pytest.mark.parametrize(
    "target",
    [
        *("#überblick", "#%C3%BCberblick", "#", "#top", "#Top", "#:~:text=A", "#!/view"),
        *("other.md#a-heading", "other.md#old", "/2024/01/02/other/#a-heading:~:text=Text"),
        *("/2024/01/02/other/#main_content", "/#main_content", "/archive/#main_content"),
        *("https://elsewhere.example/#gone", "/paper.pdf#page=2", "/gone/#gone"),
    ],
)
def test_a_fragment_that_is_there_or_none_of_ours(target: str, make_site: MakeSite) -> None:
    assert found(make_site, target) == []


@pytest.mark.parametrize(
    "target", ["#uberblick", "other.md#headings", "/2024/01/02/other/#gone", "/archive/#gone"]
)
def test_a_fragment_that_is_not_there(target: str, make_site: MakeSite) -> None:
    (told,) = found(make_site, target)
    assert told.startswith("posts/a.md:8:5: links to #")


def test_the_right_one_is_proposed(make_site: MakeSite) -> None:
    (told,) = found(make_site, "other.md#a-haeding")
    assert "did you mean 'a-heading'?" in told
