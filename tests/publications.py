"""A publication with a plugin of its own, and what crews make of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blogforge.errors import ContentError
from blogforge.pages.endpoints import copy
from blogforge.pages.render import Rendered, render
from tests.conftest import CONFIG
from tests.rendering import FILES

if TYPE_CHECKING:
    from blogforge.edition import Edition
    from blogforge.model import Page
    from blogforge.pages.inputs import Inputs
    from blogforge.pool import Crew

PLUGIN = """\
from blogforge.pages.plan import page_at

ENDS = {"greeting": "!"}


class Greeting:
    def __init__(self, name):
        self.name = name

    def text(self):
        return f"Hello {self.name}{ENDS['greeting']}"


def greetings(site, config):
    for number in range(3):
        url, title = f"{config.base_path}{number}.txt", f"no. {number}"
        yield page_at(url, config, render=text, kind="file", title=title)


def text(view, page):
    if page.title == view.config.dek:
        raise ValueError("no greeting for " + page.title)
    return Greeting(page.title).text().encode()


planners = (greetings,)
filters = {"shout": lambda text: text.upper() + ENDS["greeting"]}
"""
POST = """\
---
title: About %s
date: 2012-03-01
section: Africa
tags: [mali]
---
"Text" of %s, with a [link](a.md) and[^1] a note.

[^1]: The note.
"""
PLUGIN_CONFIG = f"{CONFIG}dek: no. 1\nplugins: [greeter]\n"
PLUGIN_SITE = {
    **FILES,
    **{f"posts/{name}.md": POST % (name, name) for name in "abcdefgh"},
    "data/ticker.yaml": "oil: 90\n",
    "greeter.py": PLUGIN,
    "templates/article.html": FILES["templates/article.html"].replace(
        "{{ article.title }}", "{{ article.title | shout }}"
    ),
}


def outcomes(crew: Crew, edition: Edition) -> dict[str, tuple[Any, ...]]:
    """Of each page but copied files: its bytes and what it read, or what is wrong with it."""
    pages = [page for page in edition.pages if page.render is not copy]
    made = crew.map(_rendered, edition.inputs, pages, chunk=3, worth=0, keep=ContentError)
    return {page.path: _outcome(one) for page, one in zip(pages, made, strict=True)}


def _rendered(inputs: Inputs, page: Page) -> Rendered:
    return render(page, inputs)


def _outcome(made: Rendered | ContentError) -> tuple[Any, ...]:
    if isinstance(made, ContentError):
        return made.problems
    return made.data, tuple(made.reads)
