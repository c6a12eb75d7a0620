"""What templates can reach, and what they share from page to page."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2.exceptions import SecurityError
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from msgspec.structs import replace

from blogforge.errors import ContentError
from blogforge.model import Link, Site
from blogforge.pages.sandbox import Sandbox
from blogforge.pages.theme import Theme
from tests.invented import CONFIG, day, post, site_of
from tests.rendering import FILES, Publication, publication, write

ARTICLE = "2012/03/01/a/index.html"


def site(**changes: Any) -> Site:
    posts = [post("a", section="Africa"), post("b", date=day(2), lang="fr", dek="Un dek.")]
    return site_of(posts, replace(CONFIG, **changes), data={"ticker": {}})


def shown(root: Path, macros: str, page: str, **changes: Any) -> Publication:
    """A site whose articles show `page`, with the macros imported as `m` without context."""
    head = '{% import "m.html" as m %}\n'
    files = {"templates/m.html": macros, "templates/article.html": head + page}
    return publication(write(root, {**FILES, **files}), site(**changes))


def both(found: Publication) -> tuple[str, str]:
    """The pages of the two articles, made one after the other."""
    return found.text(ARTICLE).strip(), found.text("2012/03/02/b/index.html").strip()


# ---------------------------------------------------------------- what can be reached

VALUES: list[object] = [
    Link(title="a", url="b"),
    {"title": 1, "items": 2, "_x": 3},
    [1],
    {1},
    "text",
    Markup("<b>"),
    1,
    datetime(2012, 3, 21, tzinfo=UTC),
    site,
    Link,
    SimpleNamespace(title=1, _view=2, format="a"),
    (x for x in "a"),
]
NAMES = (
    *("title", "url", "items", "_x", "_view", "append", "pop", "update", "add", "upper"),
    *("year", "__class__", "__init__", "__globals__", "__dict__", "__struct_fields__"),
    *("mro", "gi_frame", "format", "format_map", "clear", "nothing"),
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_the_verdict_is_the_sandbox_s_own(value: object, name: str) -> None:
    theirs, ours = ImmutableSandboxedEnvironment(), Sandbox()
    expected = theirs.getattr(value, name)
    for _ in range(2):  # asked, and remembered
        found = ours.getattr(value, name)
        assert type(found) is type(expected)
        if not isinstance(found, Undefined) and not callable(found):
            assert found == expected


def test_a_format_string_is_confined_each_time(tmp_path: Path) -> None:
    template = Theme(tmp_path, CONFIG).environment.from_string("{{ text.format(link) }}")
    for _ in range(2):
        with pytest.raises(SecurityError):
            template.render(text="{0.__class__}", link=Link(title="a", url="b"))
        assert template.render(text="{0.title}", link=Link(title="a", url="b")) == "a"


# ---------------------------------------------------------------- macros of all pages

CARD = "{% macro card(c) %}{{ c.title }} {{ c.date | date }} {{ config.title }}{% endmacro %}"
LATEST = "{% for c in latest(9) %}{{ m.card(c) }}. {% endfor %}"


def test_a_macro_sees_the_site_and_the_language_of_its_page(tmp_path: Path) -> None:
    one, two = both(shown(tmp_path, CARD, LATEST))
    dispatch = "The Dispatch. "
    assert one == f"About b 2 March 2012 {dispatch}About a 1 March 2012 {dispatch}".strip()
    assert two == f"About b 2 mars 2012 {dispatch}About a 1 mars 2012 {dispatch}".strip()


def test_a_macro_s_html_is_made_once_for_equal_arguments(tmp_path: Path) -> None:
    made: list[str] = []

    def noted(text: str) -> str:
        made.append(text)
        return text

    files = {
        "templates/m.html": "{% macro card(c, size) %}{{ c.title | noted }}{% endmacro %}",
        "templates/article.html": (
            '{% import "m.html" as m %}{% for c in latest(9) %}{{ m.card(c, "row") }}{% endfor %}'
            '{% for c in latest(9) %}{{ m.card(c, size="lead") }}{% endfor %}'
        ),
    }
    posts = [post("a"), post("b", date=day(2)), post("c", date=day(3), lang="fr")]
    found = publication(
        write(tmp_path, {**FILES, **files}), site_of(posts), filters={"noted": noted}
    )
    pages = [f"2012/03/0{number}/{name}/index.html" for number, name in enumerate("abc", 1)]
    texts = {found.text(path) for path in pages}
    assert texts == {"About cAbout bAbout a" * 2}
    assert len(made) == 2 * 2 * 3  # languages, sizes, cards


@pytest.mark.parametrize(
    ("calls", "text"),
    [
        ("{{ m.x('<') }}{{ m.x(safe) }}", "&lt;<"),
        ("{{ m.x(1) }}{{ m.x(true) }}{{ m.x(1.0) }}", "1True1.0"),
        ("{{ m.x('1') }}{{ m.x(1) }}", "11"),
        ("{{ m.y(1, 2) }}{{ m.y(2, 1) }}{{ m.y(b=1, a=2) }}{{ m.y(1, b=2) }}", "1-22-12-11-2"),
        ("{{ m.y('a', 'b') }}{{ m.y(b='a', a='b') }}", "a-bb-a"),
        ("{% autoescape false %}{{ m.x('<') }}{% endautoescape %}{{ m.x('<') }}", "&lt;&lt;"),
        ("{% for n in (1, 2) %}{% call m.z() %}{{ n }}{% endcall %}{% endfor %}", "12"),
        ("{% for n in ([1], [2]) %}{{ m.w(n) }}{% endfor %}", "12"),
    ],
)
def test_different_arguments_are_told_apart(tmp_path: Path, calls: str, text: str) -> None:
    macros = (
        "{% macro x(a) %}{{ a }}{% endmacro %}{% macro y(a, b) %}{{ a }}-{{ b }}{% endmacro %}"
        "{% macro z() %}{{ caller() }}{% endmacro %}{% macro w(a) %}{{ a[0] }}{% endmacro %}"
    )
    page = "{% set safe %}<{% endset %}" + calls
    assert both(shown(tmp_path, macros, page)) == (text, text)


def test_a_page_reads_what_the_parts_that_it_shows_were_made_of(tmp_path: Path) -> None:
    """As if it had made them itself: the same names, in the same order."""
    macros = (
        "{% macro name(c) %}{{ config.language }}{{ c.title }}{% endmacro %}"
        "{% macro card(c) %}{{ name(c) }}{{ config.dek }}{{ config.title }}{% endmacro %}"
        "{% macro block() %}{% for c in latest(2) %}{{ card(c) }}{% endfor %}{% endmacro %}"
    )
    posts = [post("a"), post("b", date=day(2), lang="fr"), post("c", date=day(3))]
    page = '{% import "m.html" as m CONTEXT %}{{ config.title }}{{ m.block() }}'
    made = {}
    for context in ("", "with context"):
        files = {"templates/article.html": page.replace("CONTEXT", context)}
        write(tmp_path, {**FILES, **files, "templates/m.html": macros})
        found = publication(tmp_path, site_of(posts))
        made[context] = [found.render(path) for path in found.pages if path.startswith("2012/03/0")]
    assert made[""] == made["with context"]
    for rendered in made[""]:
        assert {"config:dek", "latest:2", "card:posts/b.md"} <= set(rendered.reads)


def test_what_a_site_says_now_is_shown_now(tmp_path: Path) -> None:
    """The parts made for one edition are not those of the next, though the templates are."""
    before = shown(tmp_path, CARD, LATEST)
    before.text(ARTICLE)
    after = publication(tmp_path, site(title="The Despatch"))
    after.inputs.theme = before.inputs.theme
    assert "The Despatch" in after.text(ARTICLE)


@pytest.mark.parametrize(
    "source",
    [
        "{% set n = namespace(x=0) %}",
        "{% set _n = namespace(x=0) %}",
        "{% set n = [{'x': namespace(x=0)}] %}",
        "{% set n = cycler('a', 'b') %}",
        "{% set n = joiner() %}",
        "{% set n = (1, 2) | map('string') %}",
    ],
)
def test_nothing_carries_over_from_page_to_page(tmp_path: Path, source: str) -> None:
    macro = "{% macro x() %}{% endmacro %}"
    with pytest.raises(ContentError) as caught:
        both(shown(tmp_path, source + macro, "{{ m.x() }}"))
    (problem,) = caught.value.problems
    assert "'n' of m.html would carry over" in problem.message.replace("_n", "n")
    assert str(problem.location) == "templates/article.html:1"


@pytest.mark.parametrize(
    "source",
    ["{% set t = config.title %}", "{% set t = latest(1) %}", "{% set t = day | date %}"],
)
def test_outside_its_macros_a_template_of_all_pages_knows_none(tmp_path: Path, source: str) -> None:
    found = shown(tmp_path, "{% set day = none %}" + source + CARD, LATEST)
    with pytest.raises(ContentError) as caught:
        found.text(ARTICLE)
    (problem,) = caught.value.problems
    assert "with context" in problem.message or "takes a date" in problem.message
    assert str(problem.location) == "templates/m.html:1"


def test_imported_with_context_a_template_has_a_page_of_its_own(tmp_path: Path) -> None:
    macros = "{% set n = namespace(x=0) %}{% set t = config.title %}"
    macros += "{% macro x() %}{% set n.x = n.x + 1 %}{{ n.x }}{{ t }}{{ page.lang }}{% endmacro %}"
    page = '{% import "m.html" as own with context %}{{ own.x() }} {{ own.x() }}'
    files = {"templates/m.html": macros, "templates/article.html": page}
    found = publication(write(tmp_path, {**FILES, **files}), site())
    assert both(found) == (
        "1The Dispatchen 2The Dispatchen",
        "1The Dispatchfr 2The Dispatchfr",
    )


# ---------------------------------------------------------------- what is remembered


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from blogforge.pages import fragments as module

    monkeypatch.setattr(module, "_BUDGET", 5_000)
    fragments, made = module.Fragments(), module.Fragment("x" * 400, {}, None)
    for number in range(100):
        fragments.keep(number, made)
    kept = sum(fragments.get(number) is not None for number in range(100))
    assert 1 <= kept <= 5
    assert fragments.get(99) is made


def test_what_is_remembered_stays_at_home(tmp_path: Path) -> None:
    """A worker gets the inputs of pages, and makes its own parts of them."""
    found = shown(tmp_path, CARD, LATEST)
    text = found.text(ARTICLE)
    found.inputs.fragments = pickle.loads(  # noqa: S301  (what we have just written)
        pickle.dumps(found.inputs.fragments)
    )
    assert found.text(ARTICLE) == text


@pytest.mark.parametrize("length", [1, 150, 5_000])
def test_text_of_any_length_is_escaped_once(length: int) -> None:
    text = "<" * length
    for _ in range(2):
        assert Sandbox.show(text) == "&lt;" * length
        assert Sandbox.show(Markup(text)) == text
