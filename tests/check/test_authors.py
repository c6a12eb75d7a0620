"""Authors whom authors.yaml does not know."""

from blogforge.check import Wanted, check
from blogforge.options import Options
from tests.conftest import MakeSite

ONLY = Wanted(("unknown-author",))

AUTHORS = "anna:\n  name: Anna Keita\n  bio: Writes.\n"


def post(authors: str) -> str:
    return f"---\ntitle: T\ndate: 2024-01-01\nauthors: {authors}\n---\n\nText.\n"


def test_an_author_who_is_not_listed_is_told_with_the_place(make_site: MakeSite) -> None:
    site = make_site({"authors.yaml": AUTHORS, "posts/a.md": post("[anna, ana]")})
    (problem,) = check(site, Options(jobs=1), ONLY)
    assert str(problem.location).startswith("posts/a.md:4:")
    assert problem.message == "the author 'ana' is not in authors.yaml"
    assert problem.hint == "did you mean 'anna'?"
    assert (problem.level, problem.rule) == ("warning", "unknown-author")


def test_an_author_like_no_other_gets_another_hint(make_site: MakeSite) -> None:
    site = make_site({"authors.yaml": AUTHORS, "posts/a.md": post("Zoltan")})
    (problem,) = check(site, Options(jobs=1), ONLY)
    assert problem.hint == "add an entry there with a name and a bio"


def test_ids_and_names_are_both_known(make_site: MakeSite) -> None:
    site = make_site(
        {"authors.yaml": AUTHORS, "posts/a.md": post("[anna]"), "posts/b.md": post("anna keita")}
    )
    assert check(site, Options(jobs=1), ONLY) == ()


def test_without_the_file_everybody_is_welcome(make_site: MakeSite) -> None:
    assert check(make_site({"posts/a.md": post("[Zoltan]")}), Options(jobs=1), ONLY) == ()
