from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from blogforge.digest import digest_bytes
from blogforge.errors import ContentError, Problem
from blogforge.images import Image
from blogforge.model import Page, Post, Site
from blogforge.pages.inputs import Inputs
from blogforge.pages.render import page_digest, render
from blogforge.pages.syndication import feed
from blogforge.pages.theme import Theme
from tests.invented import CONFIG, day, post, site_of, standalone
from tests.rendering import FILES, publication, write

ARTICLE = "2012/03/01/a/index.html"


def made(root: Path, template: str, site: Site | None = None, **filters: Any) -> str:
    """The page that `template` makes of a site's article."""
    write(root, {**FILES, "templates/article.html": template})
    return publication(root, site or site_of([post("a")], data={"ticker": {}}), filters).text(
        ARTICLE
    )


def wrong(root: Path, template: str, **filters: Any) -> Problem:
    with pytest.raises(ContentError) as caught:
        made(root, template, **filters)
    (problem,) = caught.value.problems
    assert "blogforge" not in problem.message
    return problem


# ---------------------------------------------------------------- what templates see


def test_every_page_of_a_site_can_be_made(tmp_path: Path) -> None:
    posts = [post("a", section="Africa", tags=("Mali",), authors=("Ana",), story="War")]
    posts += [post("b", story="War", aliases=("/old/",), date=day(2))]
    site = site_of(posts, standalones=[standalone()], data={"ticker": {}})
    pages = publication(write(tmp_path, FILES), site).all()
    assert all(page.data for page in pages.values())
    assert all("engine:" in page.trace for page in pages.values())


@pytest.mark.parametrize(
    "text", ["{{ config }}", "{% raw %}", "{{ 7 * 7 }}", "{# x #}", "${x}", "%(title)s", "{title}"]
)
def test_nothing_that_an_author_writes_is_a_template(tmp_path: Path, text: str) -> None:
    site = site_of(
        [post("a", title=text, dek=text, authors=(f"Ana {text}",), section=f"x {text}")],
        replace(CONFIG, title=text, dek=text),
        bodies={"posts/a.md": f"<p>{text}</p>"},
        data={"ticker": {}},
    )
    found = publication(write(tmp_path, FILES), site)
    assert f"<p>{text}</p>" in found.text(ARTICLE)
    assert f"<h1>{text}</h1>" in found.text(ARTICLE)
    for path in ("index.html", "section/index.html", "feed.xml", "feed.json", "2012/index.html"):
        assert text in found.text(path)


def test_text_is_escaped_and_a_body_is_not(tmp_path: Path) -> None:
    site = site_of([post("a", title="<b>&", dek='"<i>')], bodies={"posts/a.md": "<p>&amp;</p>"})
    text = made(tmp_path, "{{ article.title }} {{ article.dek }} {{ article.html }}", site)
    assert text == "&lt;b&gt;&amp; &#34;&lt;i&gt; <p>&amp;</p>"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("page.url", "/2012/03/01/a/"),
        ("page.kind", "article"),
        ("page.title", "Guns"),
        ("page.lang", "fr"),
        ("config.title", "The Dispatch"),
        ("article.url", "/2012/03/01/a/"),
        ("article.words", "4"),
        ("article.minutes", "1"),
        ("article.image.alt", "A boat"),
        ("article.kicker", "Sahel"),
        ("article.type", "opinion"),
        ("article.status", "published"),
        ("article.extra.colour", "red"),
        ("article.date | date", "1 mars 2012"),
        ("article.byline[0].name", "Ana"),
        ("article.authors[0].url", "/author/ana/"),
        ("article.section_url", "/section/africa/"),
        ("article.tags[0].name", "Mali"),
        ("article.key_points[0]", "One."),
        ('absolute("/a/")', "https://dispatch.example/a/"),
        ('absolute("https://e.example/")', "https://e.example/"),
        ('absolute("") == ""', "True"),
        ("latest(5) | length", "1"),
        ("latest(0) | length", "0"),
        ('section("AFRICA", 5)[0].title', "Guns"),
        ('section("Nowhere", 5) | length', "0"),
        ('groups("tag")[0].key', "mali"),
        ("sections()[0].name", "Africa"),
        ("related(article) | length", "0"),
        ("thread(article) is none", "True"),
        ('data("ticker").gold', "1"),
    ],
)
def test_what_a_template_sees(tmp_path: Path, expression: str, text: str) -> None:
    written = post(
        "a",
        title="Guns",
        lang="fr",
        image=Image(src="/a.jpg", alt="A boat"),
        kicker="Sahel",
        type="opinion",
        extra={"colour": "red"},
        authors=("Ana",),
        section="Africa",
        tags=("Mali",),
        key_points=("One.",),
    )
    site = site_of([written], data={"ticker": {"gold": 1}})
    assert made(tmp_path, f"{{{{ {expression} }}}}", site) == text


def test_a_page_of_a_plugin_has_its_subject(tmp_path: Path) -> None:
    write(
        tmp_path, {**FILES, "templates/events.html": "{{ subject[0].city }}{{ head | length > 0 }}"}
    )
    found = publication(tmp_path, site_of([post("a")]))
    page = Page(path="e.html", url="/e.html", render="events.html", kind="events")
    page = replace(page, subject=[{"city": "Bamako"}])
    assert render(page, found.inputs).data == b"BamakoTrue"


def empty(view: object, page: Page) -> bytes:
    del view, page
    return b""


def test_a_page_says_what_it_read(tmp_path: Path) -> None:
    site = site_of([post("a")], data={"ticker": {}})
    found = publication(write(tmp_path, FILES), site)
    rendered = found.render(ARTICLE)
    assert rendered.digest == digest_bytes(rendered.data)
    assert rendered.reads[:2] == ("engine:", "template:article.html")
    assert {"post:posts/a.md", "body:posts/a.md", "config:title"} <= set(rendered.reads)
    assert len(set(rendered.reads)) == len(rendered.reads)


def test_a_page_s_digest_is_of_all_that_the_plan_says() -> None:
    page = Page(path="a", url="/a", render="a.html", kind="page", title="A", subject={"b": 1})
    changes: list[dict[str, Any]] = [
        {"path": "b"},
        {"url": "/b"},
        {"render": "b.html"},
        {"kind": "tag"},
        {"title": "B"},
        {"subject": {"b": 2}},
        {"subject": ("b", 1)},
        {"render": empty},
        {"render": feed},
    ]
    digests = {page_digest(replace(page, **change)) for change in changes}
    assert len(digests | {page_digest(page)}) == len(changes) + 1


class Maker:
    def __call__(self, view: object, page: Page) -> bytes:
        return empty(view, page)

    def make(self, view: object, page: Page) -> bytes:
        return empty(view, page)


def within() -> Callable[[object, Page], bytes]:
    def inner(view: object, page: Page) -> bytes:
        return empty(view, page)

    return inner


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (lambda view, page: b"", "a lambda"),
        (within(), "'inner' within another function"),
        (partial(empty), "a partial"),
        (Maker(), "a Maker"),
        (Maker().make, "a method"),
    ],
)
def test_what_a_function_holds_is_no_input(function: Any, kind: str) -> None:
    page = Page(path="a", url="/a", render=function, kind="page")
    with pytest.raises(TypeError, match=f"at the top of a module, not by {kind}$"):
        page_digest(page)


# ---------------------------------------------------------------- what templates do wrong


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("a\n{% if %}", 2, "Expected an expression"),
        ("a\n\n{{ article.title", 3, "unexpected"),
        ("{% for x in y %}\n", 1, "Unexpected end of template"),
        ("\n{{ colour }}", 2, "'colour' is undefined"),
        ("\n\n{{ article.colour }}", 3, "the article has no 'colour'"),
        ("{{ config.tittle }}", 1, "the config has no 'tittle': did you mean 'title'?"),
        ("{{ article.extra.colour.name }}", 1, "this mapping has no 'colour'"),
        ("\n{% include 'gone.html' %}", 2, "gone.html"),
        ("\n{% extends 'gone.html' %}", 2, "gone.html"),
        ("\n{% from 'gone.html' import x %}", 2, "gone.html"),
        ("{% include ['gone.html', 'lost.html'] %}", 1, "'gone.html' or 'lost.html'"),
        ("\n{{ article.title | date }}", 2, "the filter 'date' takes a date, not 'About a'"),
        ("{{ article.date | date('longish') }}", 1, "not 'longish'"),
        ("{{ article.title | shout }}", 1, "No filter named 'shout'"),
        ("{{ article.title | truncate(1, 2, 3, 4, 5, 6) }}", 1, "argument"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ 1 + 'a' }}", 1, "unsupported operand"),
        ("{{ asset('stlye.css') }}", 1, "there is no static/stlye.css: did you mean 'style.css'?"),
        ("{{ data('tikcer') }}", 1, "there is no data/tikcer.yaml: did you mean 'ticker'?"),
        ("{{ groups('tags') }}", 1, "no groups of the kind 'tags'"),
        ("{{ latest('all') }}", 1, "invalid literal"),
        ("\n{{ related() }}", 2, "related() missing 1 required positional argument: 'article'"),
        ("{{ related('a.md') }}", 1, "must be an article or a card, not 'a.md'"),
        ("\n{{ latest }}", 2, "is a function and cannot be printed"),
        ("{{ config }}", 1, "is a ConfigView and cannot be printed"),
        ("{{ article.updated }}", 1, "is none and cannot be printed"),
        ("{{ article.tags | map(attribute='name') }}", 1, "is a generator and cannot be printed"),
        ("{% include 'article.html' %}", 1, "includes itself without end"),
    ],
)
def test_a_template_s_mistake_is_located(
    tmp_path: Path, template: str, line: int, message: str
) -> None:
    problem = wrong(tmp_path, template)
    assert problem.location
    assert (problem.location.path, problem.location.line) == ("templates/article.html", line)
    assert message in problem.message
    assert problem.excerpt == template.splitlines()[line - 1].strip()


def test_a_mistake_in_a_macro_is_located_there(tmp_path: Path) -> None:
    write(tmp_path, {"templates/m.html": "\n{% macro shout(x) %}\n{{ x.loud }}\n{% endmacro %}"})
    problem = wrong(tmp_path, "{% from 'm.html' import shout %}\n{{ shout(article) }}")
    assert str(problem.location) == "templates/m.html:3"


def test_a_mistake_in_an_included_template_is_located_there(tmp_path: Path) -> None:
    write(tmp_path, {"templates/foot.html": "\n\n{% endif %}"})
    assert str(wrong(tmp_path, "{% include 'foot.html' %}").location) == "templates/foot.html:3"


def test_what_a_template_can_do_without(tmp_path: Path) -> None:
    template = "{% include 'gone.html' ignore missing %}{% if false %}{{ no.no }}{% endif %}a"
    assert made(tmp_path, template) == "a"


class FilterError(Exception):
    """What only a plugin knows."""


def test_a_filter_of_a_plugin_fails_where_it_is_used(tmp_path: Path) -> None:
    def shout(text: str) -> str:
        raise FilterError(f"cannot shout {text}")

    problem = wrong(tmp_path, "\n{{ article.title | shout }}", shout=shout)
    assert str(problem.location) == "templates/article.html:2"
    assert problem.message == "cannot shout About a"


def test_a_filter_that_exits_does_not_end_the_build(tmp_path: Path) -> None:
    problem = wrong(tmp_path, "\n{{ article.title | leave }}", leave=lambda _: sys.exit())
    assert str(problem.location) == "templates/article.html:2"
    assert "SystemExit" in problem.message


def test_a_missing_template_is_the_mistake_of_who_names_it(tmp_path: Path) -> None:
    site = site_of([post("a", template="long.html"), post("b")], data={"ticker": {}})
    (problem,) = publication(write(tmp_path, FILES), site).problems()
    assert problem.location
    assert problem.location.path == "posts/a.md"
    assert "there is no template 'long.html'" in problem.message
    assert "templates/long.html" in problem.hint


def test_a_fault_that_is_not_in_a_template_is_not_blamed_on_one(tmp_path: Path) -> None:
    site = site_of([post("a")])
    theme = Theme(write(tmp_path, FILES), CONFIG)
    broken = replace(site, cards={})
    page = publication(tmp_path, site).pages[ARTICLE]
    with pytest.raises(KeyError):
        render(page, Inputs(broken, theme, tmp_path))


def test_one_mistake_is_the_same_on_every_page(tmp_path: Path) -> None:
    posts: list[Post] = [post(f"p{n}") for n in range(5)]
    write(tmp_path, {**FILES, "templates/article.html": "{{ colour }}"})
    found = publication(tmp_path, site_of(posts, data={"ticker": {}}))
    assert len(found.problems()) == 5
    assert len(ContentError(found.problems()).problems) == 1
