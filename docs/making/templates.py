"""What templates see and offer: names, objects, functions, filters, blocks and macros."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, meta

from blogforge.edition import prepare
from blogforge.epub.binding import BookView, Chapter
from blogforge.newsletter.letter import DigestView
from blogforge.options import Options
from blogforge.pages import shown
from blogforge.pages.article import ArticleView
from blogforge.pages.context import PageView, context_of
from blogforge.pages.filters import FILTERS
from blogforge.pages.messages import message
from blogforge.pages.views import View
from docs.making.objects import Objects, hints, in_words, is_object, within
from docs.making.words import GENERATED, code, described, page, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).parent.parent.parent
THEME = REPOSITORY / "templates"
_ALWAYS = ("page", "config", "head")
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)  # any at which the sample publication is whole
_BEYOND_PAGES = {
    "digest": DigestView,
    "book": BookView,
    "chapter": Chapter,
    "article": ArticleView,
}
_BLOCK = re.compile(r"{%-? *block (\w+)")
_MACRO = re.compile(r"(?:{#-?((?:(?!#}).)*?)-?#}\s*)?{%-? *macro (\w+\(.*?\)) *-?%}", re.DOTALL)
_WHAT = re.compile(r"\A{#-?(.*?)-?#}", re.DOTALL)


def templates() -> str:
    """Everything that a template sees."""
    names, kinds = names_by_template()
    kinds |= {PageView, *_BEYOND_PAGES.values()} | {
        kind for function in functions().values() for kind in _returned(function)
    }
    return page(
        "Templates",
        "What each template of a theme sees: names, objects, functions and filters; and what the "
        "theme's own offer: blocks and macros.",
        GENERATED,
        "[Themes and templates](../theme.md) is the guide to them.",
        "## Names by template",
        "Every template sees `page`, `config` (the [settings](settings.md)) and `head` (HTML for "
        "`<head>`), and besides:",
        table(("template", "name", "value"), _names(names)),
        "What is there on some pages only, such as the first of a list, is asked for with "
        "`| default(…)`.",
        "## Names in letters and books",
        "Templates of the [newsletter](../digest.md) and of [books](../books.md) see `page`, "
        "`config` and the functions, too, and besides:",
        table(("template", "name", "value"), _beyond_pages()),
        "## Functions",
        table(("call", "gives"), _functions()),
        "## Filters",
        "Those of Jinja but `random`, and:",
        table(("filter", "does"), _filters()),
        "## Objects",
        *Objects(kinds).sections(),
        "## Blocks",
        'A template of yours that `{% extends "theme/NAME" %}` may replace these:',
        table(("template", "blocks"), _blocks()),
        "## Macros",
        '`{% import "FILE" as m %}` makes them `m.NAME(…)`.',
        *_macros(),
    )


# ---------------------------------------------------------------- names


Names = dict[str, dict[str, set[str]]]  # by template and name, what a value is in words


def names_by_template() -> tuple[Names, set[type]]:
    """The names that pages see beside those that all do, and the types of their values.

    Of the sample publication and of one that has hardly anything, so that what may be missing is.
    """
    names: Names = defaultdict(lambda: defaultdict(set))
    kinds: set[type] = set()
    with TemporaryDirectory() as folder:
        for root in (REPOSITORY, _bare(Path(folder))):
            for template, name, value in _seen(root):
                for kind, words in _kinds(value):
                    names[template][name].add(words)
                    kinds.add(kind)
    return names, kinds


def _bare(folder: Path) -> Path:
    (folder / "posts").mkdir()
    (folder / "pages").mkdir()
    (folder / "blogforge.yaml").write_text("title: Bare\nurl: https://example.org/\n")
    (folder / "pages/follow.md").write_text("---\ntitle: Follow\n---\n")
    return folder


def _seen(root: Path) -> Iterator[tuple[str, str, object]]:
    """The template of each page of a site with each name that it sees, and the value."""
    edition = prepare(root, Options(now=MOMENT))
    for each in edition.pages:
        if isinstance(each.render, str):
            view = View(edition.inputs, branch=each.branch)
            with shown.shown(view):
                context = context_of(each, view)
            for name in sorted(context.keys() - set(_ALWAYS)):
                yield each.render, name, context[name]


def _kinds(value: object) -> Iterator[tuple[type, str]]:
    if isinstance(value, tuple) and not is_object(type(value)):
        yield from ((type(one), f"list of {in_words(type(one))}") for one in value)
    else:
        yield type(value), in_words(type(value))


def _names(names: Names) -> Iterator[tuple[str, str, str]]:
    for template in sorted(names):
        for name, words in sorted(names[template].items()):
            if found := " or ".join(sorted(words - {"none"})):
                yield code(template), code(name), found + (", or none" if "none" in words else "")


def _beyond_pages() -> Iterator[tuple[str, str, str]]:
    environment = Environment()
    environment.filters.update(FILTERS)
    files = (*THEME.glob("digest.*"), *(THEME / "epub").iterdir())
    for file in sorted(files):
        used = meta.find_undeclared_variables(environment.parse(file.read_text(encoding="utf-8")))
        if "article" in used:
            used.add("chapter")  # which ours has no use for
        for name in sorted(used & _BEYOND_PAGES.keys()):
            template = file.relative_to(THEME).as_posix()
            yield code(template), code(name), in_words(_BEYOND_PAGES[name])


# ---------------------------------------------------------------- functions and filters


def functions() -> dict[str, Callable[..., Any]]:
    """The functions that templates call, by their names there."""
    methods = {name: getattr(View, name) for name in shown.FUNCTIONS}
    gettext = {name: getattr(View, method) for name, method in shown.GETTEXT.items()}
    return dict(sorted({**methods, **gettext, "message": message}.items()))


def _functions() -> Iterator[tuple[str, str]]:
    for name, function in functions().items():
        given = _parameters(function, skip=0 if function is message else 1)
        words = described(function).replace("\n\n", " ")
        returned = in_words(hints(function)["return"])
        yield code(f"{name}({given})"), f"{returned}: {words}"


def _filters() -> Iterator[tuple[str, str]]:
    for name, function in sorted(FILTERS.items()):
        given = _parameters(
            function, skip=2 if "context" in inspect.signature(function).parameters else 1
        )
        yield code(f"{name}({given})" if given else name), described(function).replace("\n\n", " ")


def _returned(function: Callable[..., Any]) -> Iterator[Any]:
    yield from within(hints(function).get("return"))


def _parameters(function: Callable[..., Any], skip: int) -> str:
    """A function's parameters as one calls it, without types."""
    parameters = list(inspect.signature(function).parameters.values())
    written = []
    for parameter in parameters[skip:]:
        if parameter.kind is parameter.VAR_KEYWORD:
            written.append("NAME=…")
        elif parameter.default is parameter.empty:
            written.append(parameter.name)
        else:
            written.append(
                f"{parameter.name}={parameter.default!r}".replace("'", '"').replace("None", "none")
            )
    return ", ".join(written)


# ---------------------------------------------------------------- blocks and macros


def _blocks() -> Iterator[tuple[str, str]]:
    for file in sorted(THEME.glob("*.html")):
        if blocks := _BLOCK.findall(file.read_text(encoding="utf-8")):
            yield code(file.name), ", ".join(map(code, dict.fromkeys(blocks)))


def _macros() -> Iterator[str]:
    for file in sorted(THEME.glob("_*.html")):
        rows = [
            (code(" ".join(macro.split())), " ".join(comment.split()).strip("- "))
            for comment, macro in _MACRO.findall(file.read_text(encoding="utf-8"))
        ]
        yield f"### {file.name}"
        yield table(("macro", "makes"), rows)
