"""Pictures that are not there."""

from collections.abc import Mapping

import pytest

from blogforge.check import Wanted, check
from blogforge.errors import Problem
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite
from tests.pictures import picture

ONLY = Wanted(("missing-image",))

BLOG = "title: T\nurl: https://a.example/blog/\n"


def found(
    make_site: MakeSite, files: Mapping[str, str], config: str = CONFIG
) -> tuple[Problem, ...]:
    png = picture(9, 9, "PNG")
    there: dict[str, str | bytes] = {
        "posts/images/map.png": png,
        "static/logo.svg": "<svg/>",
        "static/a b.png": png,
    }
    told = check(make_site({**there, **files}, config=config), Options(jobs=1), ONLY)
    return tuple(problem for problem in told if problem.rule != "missing-description")


def post(body: str = "Text.", more: str = "") -> dict[str, str]:
    return {"posts/a.md": f"---\ntitle: A\ndate: 2024-01-01\n{more}---\n\n{body}\n"}


@pytest.mark.parametrize("config", [CONFIG, BLOG])
@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("![x](images/nope.png)", (6, "images/nope.png", "posts/images/nope.png")),
        ("![x](images/no%20pe.png)", (6, "images/no%20pe.png", "posts/images/no pe.png")),
        ("![x](/nope.png)", (6, "/nope.png", "static/nope.png")),
        ('<img src="/nope.png" alt="">', (11, "/nope.png", "static/nope.png")),
        ('<video poster="nope.png"></video>', (16, "nope.png", "posts/nope.png")),
    ],
)
def test_a_missing_picture_is_told_with_its_place(
    config: str, body: str, told: tuple[int, str, str], make_site: MakeSite
) -> None:
    column, written, place = told
    (problem,) = found(make_site, post(f"Text.\n\n{body}"), config)
    assert str(problem.location) == f"posts/a.md:8:{column}"
    assert problem.message == f"the picture {written} is not there"
    assert problem.hint == f"put it at {place}"
    assert (problem.level, problem.rule) == ("warning", "missing-image")


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_pictures_that_are_there_are_left_alone(engine: str, make_site: MakeSite) -> None:
    config = CONFIG + f"markdown:\n  engine: {engine}\n"
    bodies = [
        "![x](images/map.png)",
        "![x](/logo.svg)",
        "![x](/a%20b.png)",
        "![x](https://elsewhere.example/nope.png)",
        "![x](data:image/gif;base64,R0lGODlhAQABAAAAACw=)",
        "`![x](nope.png)`",
    ]
    assert found(make_site, post("Text.\n\n" + "\n\n".join(bodies)), config) == ()


@pytest.mark.parametrize("config", [CONFIG, BLOG])
def test_the_picture_of_a_post_and_of_a_page(config: str, make_site: MakeSite) -> None:
    page = {"pages/us.md": "---\ntitle: Us\nimage: /us.png\n---\n\nUs.\n"}
    files = post(more="image:\n  src: /nope.png\n") | page
    of_page, of_post = found(make_site, files, config)
    assert [str(p.location) for p in (of_page, of_post)] == ["pages/us.md:3:8", "posts/a.md:5:8"]
    assert of_post.message == "the picture /nope.png is not there"
    assert of_post.hint == "put it at static/nope.png"
    assert {p.rule for p in (of_page, of_post)} == {"missing-image"}


@pytest.mark.parametrize("config", [CONFIG, BLOG])
@pytest.mark.parametrize(
    "src", ["/logo.svg", "/a b.png", "images/map.png", "https://b.example/x.png"]
)
def test_the_picture_of_a_post_that_is_there(config: str, src: str, make_site: MakeSite) -> None:
    assert found(make_site, post(more=f"image: {src}\n"), config) == ()


@pytest.mark.parametrize("config", [CONFIG, BLOG])
@pytest.mark.parametrize(
    ("image", "message", "hint"),
    [
        ("/nope.png", "the picture /nope.png is not there", "put it at static/nope.png"),
        (
            "logo.svg",
            "the picture logo.svg would be another on every page",
            "begin with a slash: /logo.svg",
        ),
    ],
)
def test_the_picture_of_an_author(
    config: str, image: str, message: str, hint: str, make_site: MakeSite
) -> None:
    files = post() | {"authors.yaml": f"anna:\n  name: Anna\n  image: {image}\n"}
    (problem,) = found(make_site, files, config)
    assert str(problem.location) == "authors.yaml:3:10"
    assert (problem.message, problem.hint) == (message, hint)
    assert problem.excerpt.strip() == f"image: {image}"
    assert problem.level == "warning"


@pytest.mark.parametrize("config", [CONFIG, BLOG])
@pytest.mark.parametrize("image", ["/logo.svg", "https://b.example/x.png", ""])
def test_the_picture_of_an_author_that_is_there(
    config: str, image: str, make_site: MakeSite
) -> None:
    files = post() | {"authors.yaml": f"anna:\n  name: Anna\n  image: {image}\n"}
    assert found(make_site, files, config) == ()


@pytest.mark.parametrize("logo", ["/nope.svg", "nope.svg"])
def test_the_logo(logo: str, make_site: MakeSite) -> None:
    (problem,) = found(make_site, post(), BLOG + f"publisher:\n  logo: {logo}\n")
    assert str(problem.location) == "blogforge.yaml:4:9"
    assert problem.message == f"the picture {logo} is not there"
    assert problem.hint == "put it at static/nope.svg"


@pytest.mark.parametrize("logo", ["/logo.svg", "logo.svg", "https://b.example/logo.svg"])
def test_a_logo_that_is_there(logo: str, make_site: MakeSite) -> None:
    assert found(make_site, post(), BLOG + f"publisher:\n  logo: {logo}\n") == ()
