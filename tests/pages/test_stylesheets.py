"""A stylesheet and its parts, which readers get as one file."""

import re
from pathlib import Path

import pytest

from blogforge.config import Config
from blogforge.errors import ContentError
from blogforge.install import default_theme
from blogforge.pages.theme import Theme
from tests.rendering import write

CONFIG = Config(title="The Desk", url="https://x.example/")


def theme(root: Path, files: dict[str, str | bytes] | None = None) -> Theme:
    return Theme(write(root, files or {}), CONFIG)


def test_the_theme_s_parts_are_published_as_one_stylesheet(tmp_path: Path) -> None:
    assets = theme(tmp_path).assets
    style = assets.content("style.css").decode()
    assert "@import" not in style
    assert ".masthead" in style
    assert style.index("--paper:") < style.index(".card") < style.index("@media print")
    assert "style.css" in assets.files
    assert not [name for name in assets.files if name.startswith("css/")]


def test_every_part_of_the_theme_is_imported(tmp_path: Path) -> None:
    style = theme(tmp_path).assets.content("style.css").decode()
    for part in (default_theme() / "static" / "css").glob("*.css"):
        rules = re.sub(r"/\*.*?\*/\s*", "", part.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert rules in style, part.name


def test_a_site_replaces_one_part(tmp_path: Path) -> None:
    before = theme(tmp_path / "a").assets
    after = theme(tmp_path / "b", {"static/css/tokens.css": ":root { --paper: red }\n"}).assets
    style = after.content("style.css").decode()
    assert ":root { --paper: red }" in style
    assert "light-dark(#fdfcfa" not in style
    assert ".masthead" in style
    assert after.published_name("style.css") != before.published_name("style.css")
    assert "css/tokens.css" not in after.files


def test_a_whole_stylesheet_of_a_site_s_own_needs_no_parts(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"static/style.css": "p {}\n", "static/css/base.css": "a {}"}
    assets = theme(tmp_path, files).assets
    assert assets.content("style.css") == b"p {}\n"
    assert [name for name in assets.files if name.startswith("css/")] == ["css/base.css"]


def test_comments_of_parts_stay_at_home(tmp_path: Path) -> None:
    kept = """a { content: "/* a */"; background: url(/*b*/x) } /*! c */ i { quotes: '*/' '/*' }"""
    files: dict[str, str | bytes] = {
        "static/css/own.css": f"/* the author's\n */\n{kept} /* d */\n",
        "static/style.css": '/* e */ @import "css/own.css";\n@import "css/own.css";\n',
        "static/whole.css": "/* f */\n",
    }
    assets = theme(tmp_path, files).assets
    assert assets.content("style.css").decode() == f'@import "css/own.css";\n{kept} '
    assert assets.content("whole.css") == b"/* f */\n"


def test_a_site_s_own_stylesheet_may_import_what_it_likes(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "static/deep/own.css": '@import "../css/code.css";\n@import "more.css";\nq {}\n',
        "static/deep/more.css": "@charset 'utf-8';\nb {}\n",
        "static/other.css": '@import "https://x.example/a.css";\n@import "print.css" print;\n',
    }
    assets = theme(tmp_path, files).assets
    style = assets.content("deep/own.css").decode()
    assert re.search(r"\.highlight.*b \{\}\nq \{\}\n$", style, re.DOTALL)
    assert "deep/more.css" not in assets.files
    assert assets.content("other.css") == str(files["static/other.css"]).encode()


@pytest.mark.parametrize(
    ("style", "message", "line", "hint"),
    [
        ('a {}\n@import "css/tokns.css";\n', "there is no static/css/tokns.css", 2, "css/tokens"),
        ('@import "../../secret.css";\n', "there is no static/secret.css", 1, "files of static"),
        ('@import "style.css";\n', "static/style.css imports itself", 1, "leave out"),
    ],
)
def test_an_import_that_cannot_be_is_told_where_it_stands(
    tmp_path: Path, style: str, message: str, line: int, hint: str
) -> None:
    with pytest.raises(ContentError) as caught:
        theme(tmp_path, {"static/style.css": style}).assets.content("style.css")
    (problem,) = caught.value.problems
    assert (str(problem.location), problem.message) == (f"static/style.css:{line}", message)
    assert hint in problem.hint
