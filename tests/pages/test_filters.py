from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest

from blogforge.pages.filters import iso
from blogforge.pages.theme import Theme
from tests.invented import CONFIG

NOON = datetime(2012, 3, 21, 14, 5, 30, 999, tzinfo=timezone(timedelta(hours=2)))
Shown = Callable[..., str]


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    """Renders a template text on a page in a language."""
    environment = Theme(tmp_path, CONFIG).environment

    def shown(text: str, lang: str = "en", **names: Any) -> str:
        page = SimpleNamespace(lang=lang)
        return environment.from_string(text).render(page=page, moment=NOON, **names)

    return shown


@pytest.mark.parametrize(
    ("lang", "day", "hour"),
    [
        ("en", "21 March 2012", "14:05"),
        ("en-US", "March 21, 2012", "2:05\u202fPM"),
        ("fr", "21 mars 2012", "14:05"),
        ("de", "21. März 2012", "14:05"),
        ("ar", "21 مارس 2012", "2:05 م"),
    ],
)
def test_dates_in_the_language_of_the_page(shown: Shown, lang: str, day: str, hour: str) -> None:
    assert shown("{{ moment | date }}", lang) == day
    assert shown("{{ moment | time }}", lang) == hour


def test_lengths(shown: Shown) -> None:
    assert shown('{{ moment | date("short") }}') == "21/03/2012"
    assert shown('{{ moment | date("month") }}', "fr") == "mars 2012"
    assert shown('{{ moment | date("year") }}') == "2012"


def test_a_day_needs_no_hour(shown: Shown) -> None:
    assert shown("{{ day | date }}", day=date(2012, 3, 21)) == "21 March 2012"


def test_equal_moments_are_not_confused(shown: Shown) -> None:
    """The moment is one, and its day another in Bamako and in Tokyo."""
    bamako = datetime(2012, 3, 21, 20, 0, tzinfo=UTC)
    tokyo = bamako.astimezone(timezone(timedelta(hours=9)))
    assert bamako == tokyo
    text = "{{ one | date }} {{ one | time }} {{ one | iso }}"
    for one, expected in (
        (bamako, "21 March 2012 20:00 2012-03-21T20:00:00Z"),
        (tokyo, "22 March 2012 05:00 2012-03-22T05:00:00+09:00"),
        (bamako, "21 March 2012 20:00 2012-03-21T20:00:00Z"),
    ):
        assert shown(text, one=one) == expected


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (NOON, "2012-03-21T14:05:30+02:00"),
        (NOON.astimezone(UTC), "2012-03-21T12:05:30Z"),
        (datetime(988, 7, 1, tzinfo=UTC), "0988-07-01T00:00:00Z"),
        (
            datetime(2012, 3, 21, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
            "2012-03-21T00:00:00-03:30",
        ),
    ],
)
def test_moments_for_machines(moment: datetime, written: str) -> None:
    assert iso(moment) == written
    assert datetime.fromisoformat(written) == moment.replace(microsecond=0)


def test_an_old_local_mean_time_has_an_offset_that_can_be_written() -> None:
    paris = timezone(timedelta(minutes=9, seconds=21))
    assert iso(datetime(1900, 1, 1, 12, tzinfo=paris)) == "1900-01-01T11:50:39Z"


@pytest.mark.parametrize("lang", ["ar", "he", "fa"])
def test_direction(shown: Shown, lang: str) -> None:
    assert shown(f'{{{{ "{lang}" | direction }}}}') == "rtl"
    assert shown('{{ "fr" | direction }}') == "ltr"


@pytest.mark.parametrize("name", ["date", "time", "iso"])
@pytest.mark.parametrize("value", ["2012-03-21", 2012, None])
def test_what_is_no_date(shown: Shown, name: str, value: object) -> None:
    with pytest.raises(TypeError, match=f"the filter '{name}' takes a date"):
        shown(f"{{{{ value | {name} }}}}", value=value)


@pytest.mark.parametrize("name", ["date", "time", "iso"])
def test_a_date_that_is_not_there(shown: Shown, name: str) -> None:
    with pytest.raises(jinja2.UndefinedError, match="'nothing' is undefined"):
        shown(f"{{{{ nothing | {name} }}}}")


def test_a_macro_that_does_not_know_its_page(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    macro = "{% macro day(moment) %}{{ moment | date }}{% endmacro %}"
    (tmp_path / "templates" / "m.html").write_text(macro, encoding="utf-8")
    environment = Theme(tmp_path, CONFIG).environment
    text = '{{% from "m.html" import day {} %}}{{{{ day(moment) }}}}'
    names = {"page": SimpleNamespace(lang="en"), "moment": NOON}
    assert environment.from_string(text.format("with context")).render(names) == "21 March 2012"
    with pytest.raises(jinja2.TemplateRuntimeError, match="'with context'"):
        environment.from_string(text.format("")).render(names)


@pytest.mark.parametrize("text", ["{{ [1, 2] | random }}", "{{ lipsum() }}"])
def test_nothing_is_left_to_chance(shown: Shown, text: str) -> None:
    with pytest.raises((jinja2.TemplateAssertionError, jinja2.UndefinedError)):
        shown(text)
