"""Tags in several spellings."""

from blogforge.check import Wanted, check
from blogforge.options import Options
from tests.conftest import MakeSite

ONLY = Wanted(("tag-spelling",))


def post(tags: str) -> str:
    return f"---\ntitle: T\ndate: 2024-01-01\ntags: {tags}\n---\n\nText.\n"


def test_the_rarer_spelling_is_told_with_its_place(make_site: MakeSite) -> None:
    site = make_site(
        {
            "posts/a.md": post("[Côte d'Ivoire, Mali]"),
            "posts/b.md": post("[Mali]"),
            "posts/c.md": post("[oil, MALI]"),
        }
    )
    (problem,) = check(site, Options(jobs=1), ONLY)
    assert str(problem.location).startswith("posts/c.md:4:")
    assert problem.message == "the tag 'MALI' is elsewhere spelled 'Mali'"
    assert problem.hint == "write 'Mali', as most posts do"
    assert (problem.level, problem.rule) == ("warning", "tag-spelling")


def test_unicode_forms_and_spaces_are_spellings_too(make_site: MakeSite) -> None:
    site = make_site(
        {
            "posts/a.md": post("[Café politics]"),
            "posts/b.md": post("[Café politics]"),
            "posts/c.md": post('["Cafe\u0301 politics", café-politics]'),
        }
    )
    problems = check(site, Options(jobs=1), ONLY)
    assert {str(p.location).split(":")[0] for p in problems} == {"posts/c.md"}
    assert len(problems) == 2


def test_one_spelling_is_nobodys_mistake(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": post("[Mali]"), "posts/b.md": post("[Mali, Malian]")})
    assert check(site, Options(jobs=1), ONLY) == ()


def test_a_drafts_spelling_does_not_count(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": post("[Mali]"), "posts/b.md": post("[mali]\nstatus: draft")})
    assert check(site, Options(jobs=1), ONLY) == ()
