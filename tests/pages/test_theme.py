from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from msgspec.structs import replace

from blogforge.build import build
from blogforge.errors import ContentError
from blogforge.install import default_theme
from blogforge.options import Options
from blogforge.pages.theme import Theme
from tests.invented import CONFIG
from tests.rendering import write


def theme(root: Path, files: dict[str, str | bytes] | None = None) -> Theme:
    return Theme(write(root, files or {}), CONFIG)


def test_the_default_theme_is_found() -> None:
    assert (default_theme() / "templates" / "base.html").is_file()
    assert (default_theme() / "static" / "style.css").is_file()


# ---------------------------------------------------------------- templates


def test_a_site_takes_a_template_s_place_file_by_file(tmp_path: Path) -> None:
    found = theme(tmp_path, {"templates/404.html": "Mine."})
    assert found.template("404.html").render() == "Mine."
    home = found.template("home.html").filename
    assert home is not None
    assert Path(home).is_relative_to(default_theme())


def test_a_template_of_the_site_extends_one_of_the_theme(tmp_path: Path) -> None:
    found = theme(tmp_path, {"templates/mine.html": '{% include "404.html" ignore missing %}'})
    assert found.template("mine.html")


def test_a_template_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    found = theme(tmp_path, {"templates/x.html": b"\xef\xbb\xbfa\r\nb\r\n"})
    assert found.template("x.html").render() == "a\nb\n"


def test_blocks_that_nothing_shows_are_told(tmp_path: Path) -> None:
    extends = '{% extends "theme/home.html" %}\n'
    whole = "{% block main %}{% block own %}{% endblock %}{{ self.aside() }}{% endblock %}"
    found = theme(
        tmp_path,
        {
            "templates/home.html": extends + "{% block mian %}x{% endblock %}",
            "templates/list.html": extends + whole + "{% block aside %}y{% endblock %}",
            "templates/page.html": '{% extends "list.html" %}{% block own %}z{% endblock %}',
            "templates/odd.html": "{% extends chosen %}{% block any %}{% endblock %}",
            "templates/bad.html": b'{% extends "bad.html" %}\xff',
        },
    )
    (told,) = found.warnings()
    assert str(told.location) == "templates/home.html:2"
    assert told.message == "'theme/home.html' has no block 'mian': nothing shows it"
    assert told.hint == "did you mean 'main'?"


def test_a_filter_that_is_not_there_is_told_with_what_was_meant(tmp_path: Path) -> None:
    found = theme(tmp_path, {"templates/x.html": "{{ 'a' | uper }}"})
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        found.template("x.html")
    problem = found.problem(caught.value)
    assert problem is not None
    assert problem.hint == "did you mean 'upper'?"


def test_a_template_that_is_not_utf8_is_a_located_error(tmp_path: Path) -> None:
    found = theme(tmp_path, {"templates/x.html": b"a\nb \xe9\n"})
    with pytest.raises(ContentError) as caught:
        found.template("x.html")
    (problem,) = caught.value.problems
    assert problem.location
    assert (problem.location.path, problem.location.line) == ("templates/x.html", 2)


@pytest.mark.parametrize("name", ["../secret.html", "/etc/passwd", "a/../../secret.html", "", "."])
def test_a_template_is_never_outside_its_folder(tmp_path: Path, name: str) -> None:
    import jinja2

    found = theme(tmp_path, {"secret.html": "secret", "templates/x.html": ""})
    with pytest.raises(jinja2.TemplateNotFound):
        found.template(name)


# ---------------------------------------------------------------- closures

TREE: dict[str, str | bytes] = {
    "templates/page.html": '{% extends "frame.html" %}{% from "macros.html" import a %}',
    "templates/frame.html": (
        '{% include "foot.html" %}{% include ["x.html", "y.html"] ignore missing %}'
    ),
    "templates/macros.html": '{% import "deep.html" as deep %}{% macro a() %}{% endmacro %}',
    "templates/foot.html": "foot",
    "templates/deep.html": "deep",
    "templates/other.html": "other",
}


@pytest.mark.parametrize("name", ["page", "frame", "macros", "foot", "deep"])
def test_a_closure_has_all_that_a_template_uses(tmp_path: Path, name: str) -> None:
    before = theme(tmp_path, TREE).closure("page.html")
    after = theme(tmp_path, {f"templates/{name}.html": TREE[f"templates/{name}.html"] + "!"})  # type: ignore[operator]
    assert after.closure("page.html") != before


def test_a_closure_has_nothing_else(tmp_path: Path) -> None:
    before = theme(tmp_path, TREE).closure("page.html")
    assert theme(tmp_path, {"templates/other.html": "!"}).closure("page.html") == before
    assert theme(tmp_path, {"templates/new.html": "!"}).closure("page.html") == before


@pytest.mark.parametrize("name", ["x.html", "y.html"])
def test_a_template_that_was_missing_counts_when_it_comes(tmp_path: Path, name: str) -> None:
    before = theme(tmp_path, TREE).closure("page.html")
    assert theme(tmp_path, {f"templates/{name}": ""}).closure("page.html") != before


def test_a_template_of_the_theme_counts_until_it_is_replaced(tmp_path: Path) -> None:
    before = theme(tmp_path, {"templates/mine.html": '{% extends "base.html" %}'})
    digest = before.closure("mine.html")
    assert theme(tmp_path, {"templates/base.html": "mine"}).closure("mine.html") != digest


def test_a_computed_name_may_be_any_template(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "templates/page.html": "{% include name %}",
        "templates/data.bin": b"\xff\xfe\x00",
        "templates/broken.html": "{% if %}",
    }
    before = theme(tmp_path, files).closure("page.html")
    assert theme(tmp_path, {"templates/other.html": ""}).closure("page.html") != before


def test_templates_that_use_each_other(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "templates/a.html": '{% include "b.html" %}',
        "templates/b.html": '{% include "a.html" %}',
    }
    found = theme(tmp_path, files)
    assert found.closure("a.html") == found.closure("b.html") == theme(tmp_path).closure("a.html")


# ---------------------------------------------------------------- static files


def test_a_site_s_static_file_takes_the_place_of_the_theme_s(tmp_path: Path) -> None:
    found = theme(tmp_path, {"static/style.css": "mine"})
    assert found.assets.content("style.css") == b"mine"
    assert set(found.assets.files) >= set(theme(tmp_path / "other").assets.files)


def test_styles_and_scripts_have_a_fingerprint(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "static/js/a.js": "1",
        "static/a.css": "1",
        "static/a.svg": "1",
    }
    found = theme(tmp_path, files)
    script = found.assets.published_name("js/a.js")
    assert script.startswith("js/a.")
    assert script.endswith(".js")
    assert len(script) == len("js/a.12345678.js")
    assert found.assets.published_name("a.svg") == "a.svg"
    assert theme(tmp_path, {"static/js/a.js": "2"}).assets.published_name("js/a.js") != script


def test_the_url_of_a_static_file(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"static/a b.svg": "", "static/cafe\u0301.svg": ""}
    config = replace(CONFIG, url="https://x.example/blog/")
    found = Theme(write(tmp_path, files), config)
    assert found.assets.url("a b.svg") == "/blog/a%20b.svg"
    assert found.assets.url("café.svg") == "/blog/caf%C3%A9.svg"


def test_names_are_in_form_c(tmp_path: Path) -> None:
    found = theme(tmp_path, {"static/cafe\u0301.svg": "x"})
    assert "café.svg" in found.assets.files
    assert found.assets.content("café.svg") == b"x"
    assert all(unicodedata.is_normalized("NFC", name) for name in found.assets.files)


def test_a_static_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(
        LookupError, match=r"there is no static/stlye\.css: did you mean 'style\.css'"
    ):
        theme(tmp_path).assets.url("stlye.css")


def test_dotfiles_stay_but_for_well_known_ones(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "static/.DS_Store": "",
        "static/.git/config": "",
        "static/.well-known/security.txt": "",
        "static/.well-known/.hidden": "",
    }
    found = set(theme(tmp_path, files).assets.files)
    assert {name for name in found if name.startswith(".")} == {".well-known/security.txt"}


def test_a_link_within_the_site_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"chart.txt": "", "static/a.txt": ""})
    (tmp_path / "static" / "chart.txt").symlink_to(tmp_path / "chart.txt")
    assert {"a.txt", "chart.txt"} <= set(theme(tmp_path).assets.files)


def test_links_that_are_not_followed_are_told_all_at_once(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(tmp_path, {"secret.txt": "", "site/static/a/b.txt": ""})
    (site / "static" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (site / "static" / "folder").symlink_to("a")
    (site / "static" / "lost.txt").symlink_to("gone")
    (site / "static" / ".hidden").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(ContentError) as caught:
        _ = theme(site).assets.files
    told = [(str(problem.location), problem.message) for problem in caught.value.problems]
    assert told == [
        ("static/folder", "this link leads to a folder, and only files are copied"),
        ("static/lost.txt", "this link leads nowhere"),
        ("static/out.txt", "this link leads out of the site's folder"),
    ]


def test_the_order_of_a_folder_does_not_matter(tmp_path: Path) -> None:
    names = [f"static/{os.urandom(4).hex()}.txt" for _ in range(20)]
    found = list(theme(tmp_path, dict.fromkeys(names, "")).assets.files)
    assert found == sorted(found)


@pytest.mark.parametrize(
    "source",
    ["{{ config._view }}", "{% set _ = data('team').append(1) %}", "{{ latest.__self__ }}"],
)
def test_a_template_reaches_nothing_past_its_view(
    source: str, make_site: Callable[..., Path]
) -> None:
    root = make_site(
        {
            "posts/2012-03-21-a.md": "---\ntitle: A\n---\nText.\n",
            "data/team.yaml": "[one]\n",
            "templates/article.html": source,
        }
    )
    with pytest.raises(ContentError) as caught:
        build(root, Options())
    (problem,) = caught.value.problems
    assert str(problem.location) == "templates/article.html:1"


def test_a_block_of_the_themes_own_template_can_be_replaced(make_site: Callable[..., Path]) -> None:
    root = make_site(
        {
            "posts/2012-03-21-a.md": "---\ntitle: A\n---\nText.\n",
            "templates/404.html": (
                '{% extends "theme/404.html" %}{% block main %}<p>Gone fishing</p>{% endblock %}'
            ),
        }
    )
    build(root, Options())
    page = (root / "public/404.html").read_text()
    assert "Gone fishing" in page
    assert "site-footer" in page
