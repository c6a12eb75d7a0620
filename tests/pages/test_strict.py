from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from blogforge.model import Link
from blogforge.pages.strict import printable
from blogforge.pages.theme import Theme
from blogforge.settings import MenuItem
from tests.invented import CONFIG

NOON = datetime(2012, 3, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize("value", ["a", Markup("<b>"), 1, 1.5, True, NOON, date(2012, 3, 21)])
def test_what_can_be_printed(value: object) -> None:
    assert printable(value) is value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "none"),
        (len, "call it"),
        ("a".upper, "call it"),
        ([1], "a list"),
        ((x for x in "a"), "a generator"),
        ({}, "a dict"),
        (Link(title="a", url="b"), "a Link"),
        (object(), "a object"),
    ],
)
def test_what_cannot_be_printed(value: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        printable(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ colour }}", "'colour' is undefined"),
        ("{{ link.titel }}", "the link has no 'titel': did you mean 'title'?"),
        ("{{ link['titel'] }}", "the link has no 'titel': did you mean 'title'?"),
        ("{{ link.colour }}", "the link has no 'colour'"),
        ("{{ item.urls }}", "the menuitem has no 'urls': did you mean 'url'?"),
        ("{{ free.gols }}", "this mapping has no 'gols': did you mean 'gold'?"),
        ("{% for x in link.titel %}{% endfor %}", "the link has no 'titel'"),
        ("{% if link.titel %}{% endif %}", "the link has no 'titel'"),
        ("{{ 'text'.colour }}", "has no attribute 'colour'"),
    ],
)
def test_what_is_not_there_is_named_as_the_manual_does(
    tmp_path: Path, text: str, message: str
) -> None:
    template = Theme(tmp_path, CONFIG).environment.from_string(text)
    names = {
        "link": Link(title="a", url="b"),
        "item": MenuItem(title="a", url="b"),
        "free": {"gold": 1},
    }
    with pytest.raises(jinja2.UndefinedError) as caught:
        template.render(names)
    assert message in str(caught.value)


def test_an_old_copy_of_the_theme_s_macros_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/_macros.html").write_text("{% macro old() %}{% endmacro %}")
    (tmp_path / "templates/page.html").write_text(
        "{% import '_macros.html' as m %}\n{{ m.title('a') }}"
    )
    theme = Theme(tmp_path, CONFIG)
    with pytest.raises(jinja2.UndefinedError) as caught:
        theme.environment.get_template("page.html").render()
    problem = theme.problem(caught.value)
    assert problem
    assert str(problem.location) == "templates/page.html:2"
    assert problem.message == "templates/_macros.html has no macro 'title'"
    assert "take over what that has become" in problem.hint


def test_a_template_may_ask_whether_something_is_there(tmp_path: Path) -> None:
    environment = Theme(tmp_path, CONFIG).environment
    text = "{{ colour | default('red') }} {{ link.titel is defined }} {{ 'x' if false }}"
    assert environment.from_string(text).render(link=Link(title="a", url="b")) == "red False "
