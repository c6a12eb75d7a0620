"""What is known of templates from build to build changes no byte of what they make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from blogforge.pages import compiled
from blogforge.pages.theme import Theme
from tests.invented import CONFIG
from tests.rendering import write

TEMPLATES: dict[str, str | bytes] = {
    "templates/page.html": '{% extends "frame.html" %}{% block main %}{{ 6 * 7 }}{% endblock %}',
    "templates/frame.html": "<{% block main %}{% endblock %}>{% include name ignore missing %}",
    "templates/broken.html": "{% if %}",
}
Damage = Callable[[bytes], bytes]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", TEMPLATES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "work" / "templates"


def page(site: Path, folder: Path | None) -> str:
    return Theme(site, CONFIG, compiled=folder).template("page.html").render(name="no.html")


def compilations(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows by one as a template is compiled."""
    made: list[object] = []
    generate = jinja2.Environment._generate

    def noted(self: jinja2.Environment, *args: object, **kwargs: object) -> str:
        made.append(args[1])
        return generate(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(jinja2.Environment, "_generate", noted)
    return made


def test_a_template_is_compiled_once(
    site: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = compilations(monkeypatch)
    assert page(site, folder) == "<42>"
    assert made == ["page.html", "frame.html"]
    assert page(site, folder) == "<42>"
    assert len(made) == 2
    write(site, {"templates/frame.html": "({% block main %}{% endblock %})"})
    assert page(site, folder) == "(42)"
    assert made[2:] == ["frame.html"]


DAMAGES: list[Damage] = [
    lambda data: b"",
    lambda data: data[:10],
    lambda data: data[:-1],
    lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
    lambda data: bytes([data[0] ^ 1]) + data[1:],
    lambda data: b"\x00" * len(data),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_counts_as_none(
    site: Path, folder: Path, damage: Damage, monkeypatch: pytest.MonkeyPatch
) -> None:
    closure = Theme(site, CONFIG, compiled=folder).closure("page.html")
    page(site, folder)
    files = list(folder.iterdir())
    assert len(files) == 3
    for file in files:
        file.write_bytes(damage(file.read_bytes()))
    made = compilations(monkeypatch)
    assert page(site, folder) == "<42>"
    assert len(made) == 2
    assert Theme(site, CONFIG, compiled=folder).closure("page.html") == closure


def test_one_template_s_bytecode_is_not_another_s(site: Path, folder: Path) -> None:
    page(site, folder)
    one, two = sorted(folder.iterdir())
    one.write_bytes(two.read_bytes())
    assert page(site, folder) == "<42>"


def test_other_versions_compile_anew(
    site: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(site, folder)
    monkeypatch.setattr(compiled, "engine_digest", lambda: "of another version")
    made = compilations(monkeypatch)
    page(site, folder)
    assert len(made) == 2


def test_a_plugin_s_filter_is_asked_each_time(site: Path, folder: Path) -> None:
    """Of a constant, it is asked as the template is compiled."""
    write(site, {"templates/page.html": "{{ 'a' | shout }}"})
    for shout in (str.upper, str.title, lambda text: f"{text}!"):
        theme = Theme(site, CONFIG, {"shout": shout}, compiled=folder)
        assert theme.template("page.html").render() == shout("a")


def test_a_folder_that_cannot_be_written_is_no_error(site: Path, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("no folder")
    assert page(site, folder) == "<42>"
    assert Theme(site, CONFIG, compiled=folder).closure("page.html")


# ---------------------------------------------------------------- what templates refer to


def test_a_closure_needs_no_template_s_text_analysed_twice(site: Path, folder: Path) -> None:
    names = ("page.html", "broken.html", "home.html", "no.html")
    first, without = Theme(site, CONFIG, compiled=folder), Theme(site, CONFIG)
    expected = [without.closure(name) for name in names]
    assert [first.closure(name) for name in names] == expected
    second = Theme(site, CONFIG, compiled=folder)
    assert [second.closure(name) for name in names] == expected
    assert "environment" in vars(first)
    assert "environment" not in vars(second)


def test_what_a_trace_says_of_a_template_made_the_page(site: Path) -> None:
    """Even where somebody saves it between the two."""
    theme = Theme(site, CONFIG)
    before = theme.closure("page.html")
    write(site, {"templates/page.html": "new"})
    assert theme.template("page.html").render(name="no.html") == "<42>"
    after = Theme(site, CONFIG)
    assert after.closure("page.html") != before
    assert after.template("page.html").render() == "new"
