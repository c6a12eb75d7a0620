"""A small theme that shows all there is to show, and a site rendered with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from blogforge.config import Config
from blogforge.errors import ContentError, Problem
from blogforge.model import Page, Site
from blogforge.pages.endpoints import file_page
from blogforge.pages.inputs import Inputs
from blogforge.pages.plan import PLANNERS, plan
from blogforge.pages.render import Rendered, page_digest, render
from blogforge.pages.theme import Theme

TEMPLATES = {
    "base.html": """\
<!doctype html>
<html lang="{{ page.lang }}" dir="{{ page.lang | direction }}">
{{ head }}
<link rel="stylesheet" href="{{ asset("style.css") }}">
<title>{{ page.title }}|{{ config.title }}</title>
{% for item in config.menu %}<a href="{{ item.url }}">{{ item.title }}</a>
{% endfor %}
{% for section in sections() %}<a href="{{ section.url }}">{{ section.name }}</a>
{% endfor %}
{% block main %}{% endblock %}
""",
    "cards.html": """\
{% macro card(card) %}
<a href="{{ card.url }}">{{ card.title }}</a> {{ card.dek }} {{ card.date | date }}
{% for person in card.byline %}<a href="{{ person.url }}">{{ person.name }}</a>{% endfor %}
{% endmacro %}
""",
    "list.html": """\
{% extends "base.html" %}
{% from "cards.html" import card %}
{% block main %}
{{ group.name if group }} {{ group.dek if group }}
{% if author %}{{ author.bio }}{% endif %}
{% for one in cards %}{{ card(one) }}{% endfor %}
{% for story in stories | default(()) %}{{ story.cards | join(" ", "title") }}{% endfor %}
{{ paging.number }}/{{ paging.total }} {{ paging.previous }} {{ paging.next }}
{% endblock %}
""",
    "home.html": """\
{% extends "base.html" %}
{% from "cards.html" import card %}
{% block main %}
{% if lead %}{{ card(lead) }}{% endif %}
{% for one in latest(2) %}{{ card(one) }}{% endfor %}
{% for one in section("Africa", 1) %}{{ card(one) }}{% endfor %}
{% for name, value in data("ticker").items() %}{{ name }}={{ value }} {% endfor %}
{{ config.extra.motto | default("") }}
{% endblock %}
""",
    "article.html": """\
{% extends "base.html" %}
{% from "cards.html" import card with context %}
{% block main %}
<h1>{{ article.title }}</h1>
{% for person in article.authors %}{{ person.bio }}{% endfor %}
{% for tag in article.tags %}<a href="{{ tag.url }}">{{ tag.name }}</a>{% endfor %}
{{ article.html }}
{% for one in related(article) %}{{ card(one) }}{% endfor %}
{% set thread = thread(article) %}
{% if thread %}{{ thread.group.name }}
{% for one in thread.earlier %}{{ card(one) }}{% endfor %}
{% for one in thread.later %}{{ card(one) }}{% endfor %}{% endif %}
{% endblock %}
""",
    "page.html": """\
{% extends "base.html" %}
{% block main %}{{ article.title }} {{ article.html }} {{ absolute(article.url) }}{% endblock %}
""",
    "groups.html": """\
{% extends "base.html" %}
{% block main %}{% for group, count in entries %}{{ group.name }} {{ count }} {% endfor %}
{% for entry in entries if entry.newest %}{{ entry.newest.title }}{% endfor %}
{% for group in groups("tag") %}{{ group.name }} {% endfor %}{% endblock %}
""",
    "archive.html": """\
{% extends "base.html" %}
{% block main %}{% for year, months in years %}{{ year.name }}
{% for month, count in months %}{{ month.name }} {{ count }}{% endfor %}{% endfor %}{% endblock %}
""",
    "404.html": '{% extends "base.html" %}\n',
}
for _name in ("author", "period", "section", "story"):
    TEMPLATES[f"{_name}.html"] = '{% extends "list.html" %}\n'
TEMPLATES["list.html"] = TEMPLATES["list.html"].replace(
    "{% if author %}", "{% if author is defined %}"
)
FILES = {f"templates/{name}": text for name, text in TEMPLATES.items()} | {
    "static/style.css": "body { color: black }\n",
    "static/favicon.svg": "<svg/>",
}


class Made(NamedTuple):
    """A page's bytes, and the digests of all that they were made of, by name."""

    data: bytes
    trace: dict[str, str]


class Publication(NamedTuple):
    """A planned site whose pages can be rendered."""

    inputs: Inputs
    pages: dict[str, Page]

    def render(self, path: str) -> Rendered:
        """The page at `path`."""
        return render(self.pages[path], self.inputs)

    def text(self, path: str) -> str:
        """The page at `path` as text."""
        return self.render(path).data.decode()

    def all(self) -> dict[str, Made]:
        """Every page by path."""
        return {path: self._made(path) for path in self.pages}

    def _made(self, path: str) -> Made:
        rendered = self.render(path)
        trace = {name: self.inputs.digest(name) for name in rendered.reads}
        return Made(rendered.data, {"page": page_digest(self.pages[path]), **trace})

    def problems(self) -> list[Problem]:
        """What is wrong with any page."""
        found: list[Problem] = []
        for path in self.pages:
            try:
                self.render(path)
            except ContentError as error:
                found += error.problems
        return found

    def stale(self, before: Mapping[str, Made]) -> set[str]:
        """The pages of `before` whose traces are no longer true, or that are not made any more."""
        return {path for path, made in before.items() if not self._up_to_date(path, made)}

    def _up_to_date(self, path: str, made: Made) -> bool:
        page = self.pages.get(path)
        if page is None or page_digest(page) != made.trace["page"]:
            return False
        reads = {name: digest for name, digest in made.trace.items() if ":" in name}
        return all(self._digest(name) == digest for name, digest in reads.items())

    def _digest(self, name: str) -> str:
        try:
            return self.inputs.digest(name)
        except (LookupError, AttributeError):
            return "nothing stands behind it"


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write `files` below `root`."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def static_files(theme: Theme) -> Callable[[Site, Config], Iterable[Page]]:
    """The planner of a theme's static files."""

    def planner(site: Site, config: Config) -> Iterable[Page]:
        del site
        return [
            file_page(f"static:{n}", theme.assets.published_name(n), config)
            for n in theme.assets.files
        ]

    return planner


def publication(
    root: Path,
    site: Site,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    plugins: Sequence[str] = (),
) -> Publication:
    """`site`, with the templates and static files in the folder `root`."""
    theme = Theme(root, site.config, filters)
    pages = plan(site, (*PLANNERS, static_files(theme)))
    return Publication(Inputs(site, theme, root, plugins), {page.path: page for page in pages})
