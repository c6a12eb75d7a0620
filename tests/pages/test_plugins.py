from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from blogforge.edition import prepare
from blogforge.errors import BlogforgeError, ConfigError, ContentError, Problem
from blogforge.model import Page
from blogforge.options import Options
from blogforge.pages import plugins as plugins_module
from blogforge.pages.inputs import Inputs
from blogforge.pages.plan import PLANNERS, plan
from blogforge.pages.plugins import Plugin, filters_of, load_plugins, planners_of
from blogforge.pages.render import page_digest, render
from blogforge.pages.theme import Theme
from blogforge.settings import PluginConfig
from tests.invented import CONFIG, NOW, post, site_of
from tests.rendering import FILES, write

if TYPE_CHECKING:
    from blogforge.config import Config
    from tests.conftest import MakeSite

EVENTS = """\
from blogforge.pages.plan import page_at

__version__ = "1.0"


def events(site, config):
    for name, city in site.data["events"].items():
        url = f"{config.base_path}events/{name}/"
        yield page_at(url, config, render="event.html", kind="event", title=name, subject=city)


def calendar(site, config):
    yield page_at(f"{config.base_path}events.txt", config, render=text, kind="file")


def text(view, page):
    return "\\n".join(view.data("events")).encode()


def shout(text):
    return text.upper()


planners = (events, calendar)
filters = {"shout": shout}
"""
TEMPLATES = {"templates/event.html": "{{ page.title | shout }} {{ subject }} {{ page.kind }}"}


@pytest.fixture(autouse=True)
def _leave_no_modules() -> Iterator[None]:
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("blogforge_plugin_"):
            del sys.modules[name]


def config_of(*plugins: PluginConfig | str) -> Config:
    return replace(CONFIG, plugins=plugins)


def loaded(root: Path, *plugins: PluginConfig | str, **files: str) -> tuple[Plugin, ...]:
    write(root, {f"{name}.py": text for name, text in files.items()})
    return load_plugins(root, config_of(*plugins))


def pages_of(root: Path, plugins: tuple[Plugin, ...]) -> dict[str, bytes]:
    """What a site with the plugins is made of."""
    write(root, {**FILES, **TEMPLATES})
    data = {"ticker": {}, "events": {"march": "Bamako", "april": "Gao"}}
    site = site_of([post("a")], data=data)
    pages = plan(site, (*PLANNERS, *planners_of(plugins)))
    theme = Theme(root, CONFIG, filters_of(plugins))
    inputs = Inputs(site, theme, root, [plugin.digest for plugin in plugins])
    return {page.path: render(page, inputs).data for page in pages}


def problem_of(error: type[BlogforgeError], root: Path, text: str, **options: Any) -> Problem:
    """What is wrong with a site whose plugin says `text`."""
    wanted = PluginConfig(module="events", options=options)
    with pytest.raises(error) as caught:
        pages_of(root, loaded(root, wanted, events=text))
    (problem,) = caught.value.problems
    return problem


# ---------------------------------------------------------------- what plugins do


def test_a_plugin_beside_the_configuration_makes_pages(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, loaded(tmp_path, "events", events=EVENTS))
    assert pages["events/march/index.html"] == b"MARCH Bamako event"
    assert pages["events/april/index.html"] == b"APRIL Gao event"
    assert pages["events.txt"] == b"march\napril"
    assert "2012/03/01/a/index.html" in pages


def test_a_plugin_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    loaded(tmp_path, "events", events=EVENTS)
    assert [path.name for path in tmp_path.iterdir()] == ["events.py"]


def test_a_plugin_may_be_a_package(tmp_path: Path) -> None:
    files = {
        "events/__init__.py": "from .words import shout\nfilters = {'shout': shout}\n",
        "events/words.py": "def shout(text): return text.upper()\n",
    }
    (plugin,) = load_plugins(write(tmp_path, files), config_of("events"))
    assert plugin.filters["shout"]("a") == "A"
    write(tmp_path, {"events/words.py": "def shout(text): return text + '!!!'\n"})
    (again,) = load_plugins(tmp_path, config_of("events"))
    assert again.filters["shout"]("a") == "a!!!"
    assert again.digest != plugin.digest


def test_two_sites_do_not_mix(tmp_path: Path) -> None:
    (one,) = loaded(tmp_path / "one", "events", events="filters = {'a': lambda x: 1}")
    (two,) = loaded(tmp_path / "two", "events", events="filters = {'a': lambda x: 2}")
    assert (one.filters["a"](0), two.filters["a"](0)) == (1, 2)


def test_an_edit_within_a_second_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for number in range(3):
        write(tmp_path, {"events.py": f"filters = {{'a': lambda x: {number}}}"})
        os.utime(tmp_path / "events.py", (1_000_000_000, 1_000_000_000))
        (plugin,) = load_plugins(tmp_path, config_of("events"))
        assert plugin.filters["a"](0) == number


def test_an_edit_of_a_package_within_a_second_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for number in range(3):
        files = {
            "events/__init__.py": "from .deep.words import said\nfilters = {'a': said}\n",
            "events/deep/__init__.py": "",
            "events/deep/words.py": f"def said(text): return {number}\n",
        }
        write(tmp_path, files)
        for name in files:
            os.utime(tmp_path / name, (1_000_000_000, 1_000_000_000))
        (plugin,) = load_plugins(tmp_path, config_of("events"))
        assert plugin.filters["a"](0) == number
    assert not [*tmp_path.rglob("__pycache__")], "nothing is left behind"


def test_a_plugin_may_be_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("some_installed_plugin")
    module.filters = {"a": str}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "some_installed_plugin", module)
    (plugin,) = load_plugins(tmp_path, config_of("some_installed_plugin"))
    assert plugin.filters == {"a": str}


def test_a_plugin_may_be_an_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("entered_plugin")
    module.planners = (lambda site, config: [],)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "entered_plugin", module)

    def found(*, group: str, name: str) -> EntryPoints:
        point = EntryPoint(name="events", value="entered_plugin", group="blogforge.plugins")
        return EntryPoints([point]).select(group=group, name=name)

    monkeypatch.setattr(plugins_module, "entry_points", found)
    (plugin,) = load_plugins(tmp_path, config_of("events"))
    assert len(plugin.planners) == 1
    (beside,) = loaded(tmp_path, "events", events="filters = {'mine': str}")
    assert list(beside.filters) == ["mine"]  # what the author sees goes first


def test_plugins_stand_in_the_order_of_the_configuration(tmp_path: Path) -> None:
    plugins = loaded(
        tmp_path,
        "b",
        "a",
        a="filters = {'x': lambda: 'a'}\nplanners = (lambda s, c: [],)",
        b="filters = {'x': lambda: 'b'}\nplanners = (lambda s, c: [],)",
    )
    assert [plugin.name for plugin in plugins] == ["b", "a"]
    assert filters_of(plugins)["x"]() == "a"
    assert len(planners_of(plugins)) == 2


CONFIGURED = """\
from functools import partial
from blogforge.pages.plan import page_at


def greeting(site, config, name):
    yield page_at("/hello.txt", config, render=hello, kind="file", subject=name)


def hello(view, page):
    return f"Hello {page.subject}".encode()


def configure(options):
    return [partial(greeting, name=options.get("name", "you"))]
"""


@pytest.mark.parametrize(("options", "text"), [({}, b"Hello you"), ({"name": "Ana"}, b"Hello Ana")])
def test_a_plugin_takes_options(tmp_path: Path, options: dict[str, str], text: bytes) -> None:
    plugins = loaded(tmp_path, PluginConfig(module="greet", options=options), greet=CONFIGURED)
    assert pages_of(tmp_path, plugins)["hello.txt"] == text


def test_a_planner_of_ours_is_one_of_theirs(tmp_path: Path) -> None:
    text = "from blogforge.pages.plan import PLANNERS as planners\n"
    plugins = loaded(tmp_path, "ours", ours=text)
    site = site_of([post("a", tags=("Mali",), authors=("Ana",), aliases=("/old/",))])
    theirs = plan(site, planners_of(plugins))
    assert [(page.path, page_digest(page)) for page in theirs] == [
        (page.path, page_digest(page)) for page in plan(site)
    ]


# ---------------------------------------------------------------- what a page hangs on


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (EVENTS.replace("1.0", "1.1"), {}),
        (EVENTS.replace("upper", "lower"), {}),
        (EVENTS + "\n", {}),
        (EVENTS, {"size": 1}),
    ],
)
def test_version_code_and_options_are_inputs(
    tmp_path: Path, text: str, options: dict[str, int]
) -> None:
    configurable = "def configure(options):\n    return ()\n"
    wanted = PluginConfig(module="events")
    (before,) = loaded(tmp_path, wanted, events=EVENTS + configurable)
    (same,) = loaded(tmp_path, wanted, events=EVENTS + configurable)
    wanted = replace(wanted, options=options)
    (after,) = loaded(tmp_path, wanted, events=text + configurable)
    assert before.digest == same.digest
    assert before.digest != after.digest
    site = site_of([post("a")])
    theme = Theme(tmp_path, CONFIG)
    engines = {Inputs(site, theme, tmp_path, [p.digest]).digest("engine:") for p in (before, after)}
    assert len(engines) == 2


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1", "has neither planners nor filters"),
        ("planners = lambda site, config: []", "'planners' must be a tuple of functions"),
        ("planners = ('events',)", "'planners' must be a tuple of functions"),
        ("filters = [str]", "'filters' must be a mapping"),
        ("filters = {'a': 1}", "'filters' must be a mapping"),
        ("def configure(options): pass", "what 'configure' returns must be a tuple of functions"),
    ],
)
def test_what_is_no_plugin(tmp_path: Path, text: str, message: str) -> None:
    problem = problem_of(ConfigError, tmp_path, text)
    assert message in problem.message
    assert str(problem.location) == "blogforge.yaml"
    assert "docs/plugins.md" in problem.hint


def test_options_that_nobody_takes(tmp_path: Path) -> None:
    problem = problem_of(ConfigError, tmp_path, EVENTS, size=1)
    assert "takes no options" in problem.message


def test_a_plugin_s_name_may_have_a_hyphen(tmp_path: Path) -> None:
    (plugin,) = loaded(tmp_path, "the-events", **{"the-events": EVENTS})
    assert plugin.name == "the-events"


@pytest.mark.parametrize("name", ["../x", "./x", "x/y", "/x", ".x", "x..y", "", "a b"])
def test_what_is_no_module_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"x.py": EVENTS, "site/y.py": EVENTS})
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path / "site", name)
    (problem,) = caught.value.problems
    assert problem.message == f"the plugin '{name}' is no module name"
    assert str(problem.location) == "blogforge.yaml"


def test_a_plugin_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, "no_such_plugin")
    (problem,) = caught.value.problems
    assert problem.message == "the plugin 'no_such_plugin' is not there"
    assert "no_such_plugin.py beside blogforge.yaml" in problem.hint


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a = 1\nb = (\n", 2, "SyntaxError"),
        ("a = 1\nb = 1 / 0\n", 2, "ZeroDivisionError: division by zero"),
        ("\n\nimport no_such_module\n", 3, "No module named 'no_such_module'"),
        ("import sys\nsys.exit()\n", 2, "SystemExit"),
        ("def configure(options):\n    raise SystemExit(0)\n", 2, "SystemExit: 0"),
        ("def configure(options):\n    return options['size']\n", 2, "KeyError: 'size'"),
    ],
)
def test_a_plugin_that_cannot_be_loaded(tmp_path: Path, text: str, line: int, message: str) -> None:
    problem = problem_of(ConfigError, tmp_path, text)
    assert "the plugin 'events' fails" in problem.message
    assert message in problem.message
    assert str(problem.location) == f"events.py:{line}"


PLANNER = """\
from blogforge.pages.plan import page_at
def events(site, config):
    {planner}
def render(view, page):
    {render}
planners = [events]
"""
ONE_PAGE = 'yield page_at("/e.txt", config, render=render, kind="file")'


@pytest.mark.parametrize(
    ("planner", "making", "line", "message"),
    [
        ("return site.data['evnets']", "pass", 3, "KeyError: 'evnets'"),
        ("yield site.posts[7]", "pass", 3, "IndexError: tuple index out of range"),
        ("yield page_at('e.txt', config, render='x', kind='x')", "pass", 3, "does not begin with"),
        (ONE_PAGE, "return view.card('posts/no.md').title.encode()", 5, "KeyError: 'posts/no.md'"),
        (ONE_PAGE, "return view.data('evnets')", 5, "there is no data/evnets.yaml"),
        ("raise SystemExit", "pass", 3, "SystemExit"),
        (ONE_PAGE, "raise SystemExit(0)", 5, "SystemExit: 0"),
        (ONE_PAGE, "raise AssertionError", 5, "AssertionError"),
    ],
)
def test_a_plugin_that_fails_at_work(
    tmp_path: Path, planner: str, making: str, line: int, message: str
) -> None:
    text = PLANNER.format(planner=planner, render=making)
    problem = problem_of(ContentError, tmp_path, text)
    assert "the plugin 'events' fails" in problem.message
    assert message in problem.message
    assert str(problem.location) == f"events.py:{line}"
    assert problem.excerpt == text.splitlines()[line - 1].strip()


def test_a_failure_is_located_where_it_arose(tmp_path: Path) -> None:
    text = "def deep():\n    return 1 / 0\n" + PLANNER.format(planner=ONE_PAGE, render="deep()")
    assert str(problem_of(ContentError, tmp_path, text).location) == "events.py:2"


@pytest.mark.parametrize(
    ("planner", "making", "message"),
    [
        ("yield '/events/'", "pass", "a planner gives pages, not str"),
        ("return None", "pass", "NoneType"),
        (ONE_PAGE, "return 'text'", "render returns str, not bytes"),
    ],
)
def test_a_plugin_that_gives_what_nobody_can_use(
    tmp_path: Path, planner: str, making: str, message: str
) -> None:
    text = PLANNER.format(planner=planner, render=making)
    problem = problem_of(ContentError, tmp_path, text)
    assert "the plugin 'events' fails" in problem.message
    assert message in problem.message


@pytest.mark.parametrize(
    ("function", "line", "kind"),
    [
        ("lambda view, page: city.encode()", 4, "a lambda"),
        ("functools.partial(render)", 5, "a partial"),
        ("[render]", 0, "a list"),
    ],
)
def test_what_a_plugin_s_function_holds_is_no_input(
    tmp_path: Path, function: str, line: int, kind: str
) -> None:
    planner = "import functools; city = 'Gao'\n    "
    planner += f"yield page_at('/e.txt', config, render={function}, kind='file')"
    problem = problem_of(ContentError, tmp_path, PLANNER.format(planner=planner, render="pass"))
    assert problem.message == (
        "the plugin 'events' fails: a page is made by a template "
        f"or by a function at the top of a module, not by {kind}"
    )
    assert str(problem.location) == (f"events.py:{line}" if line else "blogforge.yaml")
    assert "the page's subject" in problem.hint


def test_a_plugin_s_page_in_the_way_of_another(tmp_path: Path) -> None:
    planner = 'yield page_at("/feed.xml", config, render=render, kind="file", origin="events")'
    text = PLANNER.format(planner=planner, render="return b''")
    problem = problem_of(ContentError, tmp_path, text)
    assert "the site's feed and events both make the file feed.xml" in problem.message


def test_a_problem_that_a_plugin_reports_itself_stays_as_it_is(tmp_path: Path) -> None:
    planner = (
        "from blogforge.errors import ContentError; raise ContentError.of('a mistake of yours')"
    )
    text = PLANNER.format(planner=planner, render="pass")
    assert problem_of(ContentError, tmp_path, text) == Problem("a mistake of yours")


def test_a_page_of_a_plugin_is_known_by_its_own_function(tmp_path: Path) -> None:
    (plugin,) = loaded(tmp_path, "events", events=EVENTS)
    site = site_of([], data={"events": {}})
    (page,) = (page for page in planners_of([plugin])[1](site, CONFIG))
    assert isinstance(page, Page)
    assert not isinstance(page.render, str)
    assert page.render.__qualname__ == "text"


def manual(repository: Path) -> dict[str, str]:
    """The files that docs/plugins.md shows, by name."""
    text = (repository / "docs" / "plugins.md").read_text(encoding="utf-8")
    shown = re.compile(r"^`(?P<name>[\w./]+)`[^\n]*:\n\n```\w+\n(?P<text>.*?)^```$", re.M | re.S)
    return {match["name"]: match["text"] for match in shown.finditer(text)}


def test_the_example_of_the_manual_works(make_site: MakeSite, repository: Path) -> None:
    files = manual(repository)
    assert set(files) == {
        "data/events.yaml",
        "events.py",
        "templates/event.html",
        "blogforge.yaml",
    }
    settings = "title: The Dispatch\nurl: https://dispatch.example\n"
    settings += files.pop("blogforge.yaml")
    root = make_site({**files, "posts/2012-03-21-a.md": "---\ntitle: A\n---\nGuns.\n"}, settings)
    edition = prepare(root, Options(now=NOW, jobs=1))
    (page,) = (page for page in edition.pages if page.kind == "event")
    assert page.path == "evenings/march/index.html"
    text = render(page, edition.inputs).data.decode()
    assert "<h1>After the coup: an evening</h1>\n<p>BAMAKO, 80 seats</p>" in text
