"""Hostile texts where an address is asked for: an error at its line, or an address and no more."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from blogforge.build import build
from blogforge.errors import ContentError, Problem
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite
from tests.hostile import hostile, quoted

OPTIONS = Options(jobs=1)
SETTINGS = """\
feeds: {groups: []}
related: {limit: 0}
social_cards: {enabled: false}
markdown: {typography: false}
"""
FIELDS = {
    "image": "image: {src: ADDRESS, alt: a}",
    "source": "sources: [{title: a, url: ADDRESS, archived: ADDRESS}]",
    "canonical": "canonical: ADDRESS",
    "slug": "slug: ADDRESS",
    "alias": "aliases: [ADDRESS]",
}
HARMLESS = {
    "image": "https://r.example/a.jpg",
    "source": "https://r.example/",
    "canonical": "https://r.example/",
    "slug": "a",
    "alias": "/a/",
}
ADDRESSES = "[href], [src], [action], [formaction], [poster], [data]"
SCRIPT = re.compile(r"^[\x00-\x20]*(javascript|vbscript|data|blob|file):", re.IGNORECASE)


def posts(field: str) -> dict[str, str | bytes]:
    texts = {"harmless": HARMLESS[field], **{f"{n}": text for n, text in enumerate(hostile())}}
    return {
        f"posts/2024-01-01-{field}{name}.md": "---\n"
        f"title: A post\n{written(field, text)}\n---\nText.\n"
        for name, text in texts.items()
    }


def written(field: str, text: str) -> str:
    return FIELDS[field].replace("ADDRESS", quoted(text))


@pytest.mark.parametrize("field", FIELDS)
def test_an_address_is_an_address_or_an_error(make_site: MakeSite, field: str) -> None:
    files = posts(field)
    site = make_site(files, config=CONFIG + SETTINGS)
    problems = refused(site)
    assert problems
    for problem in problems:
        assert problem.location
        assert problem.location.path in files
        (site / problem.location.path).unlink(missing_ok=True)
    assert refused(site) == ()
    trees = [LexborHTMLParser(page.read_bytes()) for page in pages(site / "public")]
    shapes = [re.findall(r"</?[a-z][^\s>]*", tree.html or "") for tree in trees]
    assert len(shapes) > 1
    assert all(shape == shapes[0] for shape in shapes)
    assert [found for tree in trees for found in harmful(tree)] == []


def pages(tree: Path) -> Iterator[Path]:
    """The pages of posts."""
    for path in (tree / "2024").rglob("*.html"):
        if path.is_file() and b'class="kind-article' in path.read_bytes():
            yield path


def refused(site: Path) -> tuple[Problem, ...]:
    """What is wrong with the posts of a site; nothing where it was built."""
    try:
        build(site, OPTIONS)
    except ContentError as error:
        return error.problems
    return ()


def harmful(tree: LexborHTMLParser) -> list[str]:
    return [
        value
        for node in tree.css(ADDRESSES)
        if node.tag != "img"  # which shows a picture and nothing else
        for name, value in node.attributes.items()
        if name in {"href", "src", "action", "formaction", "poster", "data"}
        if value and SCRIPT.match(value)
    ]
