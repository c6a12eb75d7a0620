"""Links on the site that lead nowhere."""

import pytest

from blogforge.check import Wanted, check
from blogforge.errors import Edit, Problem
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite
from tests.pictures import picture

ONLY = Wanted(("dead-link", "alias-link"))

OTHER = "---\ntitle: Other\ndate: 2024-01-02\naliases: [/was/]\n---\n\n## A heading\n\nText.\n"
BLOG = "title: T\nurl: https://a.example/blog/\n"


def found(make_site: MakeSite, text: str, **settings: str) -> tuple[Problem, ...]:
    site = make_site(
        {
            "posts/a.md": f"---\ntitle: A\ndate: 2024-01-01\n---\n\n{text}\n",
            "posts/other.md": OTHER,
            "posts/map.png": picture(9, 9, "PNG"),
            "pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
            "static/paper.pdf": "pdf",
        },
        **settings,
    )
    return check(site, Options(jobs=1), ONLY)


@pytest.mark.parametrize(
    "target",
    [
        "/2024/01/02/other/",
        "/2024/01/02/other",
        "/2024/01/02/other/index.html",
        "/2024/01/02/other/#a-heading",
        "/2024/01/02/other/?from=a",
        "../../02/other/",
        "https://dispatch.example/2024/01/02/other/",
        "//dispatch.example/about/",
        "https://elsewhere.example/gone/",
        "http://dispatch.example:8000/",
        "mailto:a@b.example",
        "tel:+33",
        "#here",
        "/",
        "/about/",
        "/paper.pdf",
        "/archive/",
        "/feed.xml",
        "/2024/",
        "other.md",
        "other.md#a-heading",
        "map.png",
    ],
)
def test_a_link_that_leads_somewhere_is_left_alone(target: str, make_site: MakeSite) -> None:
    assert found(make_site, f"See [this]({target}).") == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "target"),
    [
        ("See [this](/gone/).", 6, 12, "/gone/"),
        ("One\ntwo [this](/2024/01/03/other/)", 7, 12, "/2024/01/03/other/"),
        ("See [this](https://dispatch.example/gone/).", 6, 12, "https://dispatch.example/gone/"),
        ("See [this](other/).", 6, 12, "other/"),
        ("See [this][1].\n\n[1]: /gone.pdf", 8, 6, "/gone.pdf"),
        ('<a href="/gone/">x</a>', 6, 10, "/gone/"),
    ],
)
def test_a_dead_link_is_told_with_its_place(
    text: str, line: int, column: int, target: str, make_site: MakeSite
) -> None:
    (problem,) = found(make_site, text)
    assert str(problem.location) == f"posts/a.md:{line}:{column}"
    assert target in problem.message
    assert problem.level == "warning"
    assert problem.hint
    assert target in problem.excerpt


def test_a_link_to_a_file_name_that_is_not_there_is_told_once(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": "---\ntitle: A\ndate: 2024-01-01\n---\n\n[x](gone.md)\n"})
    problems = [p for p in check(site, Options(jobs=1)) if "gone.md" in p.message]
    assert [(str(p.location), p.level, p.rule) for p in problems] == [
        ("posts/a.md:6:5", "warning", "build")
    ]


def test_a_link_that_is_dead_twice_is_told_at_both_places(make_site: MakeSite) -> None:
    problems = found(make_site, "[a](/gone/) and [b](/gone/), not /gone/ or `(/gone/)`.")
    assert [p.location.column for p in problems if p.location] == [5, 21]


def test_a_link_to_an_old_address_is_told_with_the_new_one(make_site: MakeSite) -> None:
    (problem,) = found(make_site, "See [this](/was/#a-heading).")
    assert (problem.rule, problem.level, str(problem.location)) == (
        "alias-link",
        "notice",
        "posts/a.md:6:12",
    )
    assert problem.message == "links to /was/#a-heading, an old address of /2024/01/02/other/"
    assert problem.edit == Edit("/was/#a-heading", "other.md#a-heading")


def test_pages_and_unlisted_posts_are_looked_at_too(make_site: MakeSite) -> None:
    site = make_site(
        {
            "posts/a.md": "---\ntitle: A\ndate: 2024-01-01\nstatus: unlisted\n---\n\n[x](/b/)\n",
            "pages/about.md": "---\ntitle: About\n---\n\n[x](/c/)\n",
        }
    )
    problems = check(site, Options(jobs=1), ONLY)
    assert [str(p.location) for p in problems] == ["pages/about.md:5:5", "posts/a.md:7:5"]
    assert {p.rule for p in problems} == {"dead-link"}


@pytest.mark.parametrize(
    ("target", "dead"),
    [
        ("/blog/2024/01/02/other/", False),
        ("/2024/01/02/other/", False),
        ("https://a.example/shop/", False),
        ("/blog/gone/", True),
        ("https://a.example/blog/gone/", True),
    ],
)
def test_a_site_below_a_path_knows_its_own(target: str, dead: bool, make_site: MakeSite) -> None:
    assert bool(found(make_site, f"See [this]({target}).", config=BLOG)) is dead


def test_addresses_in_other_scripts_are_compared_as_characters(make_site: MakeSite) -> None:
    site = make_site(
        {
            "posts/a.md": "---\ntitle: A\ndate: 2024-01-01\n---\n\n[x](/2024/01/02/مالي/) "
            "[y](/2024/01/02/%D9%85%D8%A7%D9%84%D9%8A/)\n",
            "posts/2024-01-02-مالي.md": "---\ntitle: مالي\n---\n\nText.\n",
        }
    )
    assert check(site, Options(jobs=1), ONLY) == ()


@pytest.mark.parametrize("config", [CONFIG, BLOG])
@pytest.mark.parametrize(
    ("url", "message", "hint"),
    [
        (
            "about/",
            "the menu's 'Us' would lead elsewhere from every page",
            "begin with a slash: /about/",
        ),
        ("https://elsewhere.example/", "", ""),
        ("mailto:a@b.example", "", ""),
        ("/about/", "", ""),
    ],
)
def test_the_menu(config: str, url: str, message: str, hint: str, make_site: MakeSite) -> None:
    problems = found(make_site, "Text.", config=f"{config}menu:\n  - title: Us\n    url: {url}\n")
    assert [(p.message, p.hint) for p in problems] == ([(message, hint)] if message else [])


def test_a_dead_entry_of_the_menu_is_told_with_its_place(make_site: MakeSite) -> None:
    config = f"{CONFIG}menu:\n  - title: Us\n    url: /gone/\n"
    (problem,) = found(make_site, "Text.", config=config)
    assert str(problem.location) == "blogforge.yaml:5:10"
    assert problem.message == "the menu's 'Us' leads to /gone/, and there is nothing"
    assert (problem.level, problem.rule) == ("warning", "dead-link")


def test_a_root_link_of_a_site_below_a_path_is_told_as_written(make_site: MakeSite) -> None:
    (problem,) = found(make_site, "See [this](/gone/).", config=BLOG)
    assert str(problem.location) == "posts/a.md:6:12"
    assert problem.message == "links to /gone/, and there is nothing"
