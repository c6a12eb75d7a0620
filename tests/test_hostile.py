"""Hostile texts in every field stay text: each page is that of harmless texts, with others in it.

The same publication is built twice: with texts that try to break out of what they are put into,
and with plain words in their places. Where those words are in a page, a feed or structured data,
and nowhere else, the others must be, escaped as text is.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from comrak import render_markdown
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from blogforge.build import build
from blogforge.errors import ContentError
from blogforge.options import Options
from blogforge.urls import encode, slugify
from tests.conftest import CONFIG, MakeSite
from tests.hostile import hostile, quoted

TEXTS = tuple(hostile())
OPTIONS = Options(jobs=1)
SETTINGS = """\
feeds: {items: 500, groups: [rss]}
related: {limit: 0}
markdown: {typography: false}
social_cards: {enabled: false}
"""
# What is cited is made of a headline's letters, as every style wants them.
CITED = "details.cite dl"
SHARED = ".share a"  # whose addresses hold texts, percent-encoded
# Sorted by names, which are others.
SORTED = re.compile(r"(tag|author|story|follow)/index\.html")
WORD = re.compile(r"zq(\d+)x(-[ts]\d+)?")
LONG = re.compile(r"/(g\d+zq)-[^/\"]*")  # the address of a group with a name of several words


class Trees(NamedTuple):
    """One publication, twice."""

    hostile: Path
    harmless: Path


def post(number: int, text: str) -> str:
    """A post each of whose fields is, or ends or begins with, a text."""
    here, tag, story = quoted(text), quoted(f"{text} t{number}"), quoted(f"{text} s{number}")
    return f"""\
---
title: {here}
date: 2024-01-01 {23 - number // 60:02}:{59 - number % 60:02}
slug: p{number}
dek: {here}
kicker: {here}
dateline: {here}
authors: [a{number}]
tags: [{tag}]
story: {story}
section: {"Land" if number % 2 else "Sea"}
image: {{src: "https://r.example/a.jpg", alt: {here}, caption: {here}, credit: {here}}}
key_points: [{here}]
corrections: [{{date: 2024-02-02, text: {here}}}]
sources: [{{title: {here}, url: "https://r.example/", archived: "https://a.example/"}}]
---
The first paragraph.
"""


def author(number: int, text: str) -> str:
    here = quoted(text)
    links = f"[{{title: {here}, url: 'https://r.example/'}}]"
    return f"a{number}: {{name: {here}, bio: {here}, handle: {here}, links: {links}}}\n"


def of_posts(words: Sequence[str]) -> dict[str, str]:
    """A publication with a text in every field of a post and of an author."""
    return {
        "blogforge.yaml": CONFIG + SETTINGS,
        "authors.yaml": "".join(map(author, range(len(words)), words)),
        **{f"posts/{number}.md": post(number, text) for number, text in enumerate(words)},
    }


def of_settings(words: Sequence[str]) -> dict[str, str]:
    """A publication with texts in its settings, some of them several at once."""
    many = [" ".join(words[start : start + 8]) for start in range(0, len(words), 8)]
    each = [f"g{number}zq {text}" for number, text in enumerate(many)]
    sections = [{"name": text, "dek": text} for text in each[:40]]
    stories = [{"name": text, "dek": text} for text in each[40:]]
    all_ = " ".join(words)
    settings = {
        "title": all_,
        "url": "https://dispatch.example/",
        "dek": all_,
        "publisher": {"name": all_},
        "sections": sections,
        "stories": stories,
        "types": dict.fromkeys(("analysis", "opinion", "news", "explainer"), all_),
        "menu": [{"title": text, "url": "/about/"} for text in words],
        "markdown": {"typography": "false"},
        "social_cards": {"enabled": "false"},
        "related": {"title": all_},
    }
    story, section = stories[0]["name"], sections[0]["name"]
    of_both = f"section: {quoted(section)}\nstory: {quoted(story)}\n"
    post = f"---\ndate: 2024-01-01\ntitle: A\n{of_both}---\nThe first paragraph.\n"
    other = post.replace("title: A", "title: B").replace("2024", "2023")
    return {"blogforge.yaml": written(settings), "posts/a.md": post, "posts/b.md": other}


def written(value: Any) -> str:
    """A value as YAML, in flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return value if value in {"true", "false"} else quoted(value)


@pytest.fixture(scope="module", params=[of_posts, of_settings], ids=["posts", "settings"])
def trees(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Trees:
    """A publication with hostile texts, and with harmless ones."""
    folder = tmp_path_factory.mktemp("sites")
    harmless = [f"zq{number}x" for number in range(len(TEXTS))]
    layout = request.param
    return Trees(
        built(folder / "hostile", layout(TEXTS)), built(folder / "harmless", layout(harmless))
    )


def built(folder: Path, files: dict[str, str]) -> Path:
    (folder / "posts").mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    build(folder, OPTIONS)
    return folder / "public"


def pairs(trees: Trees, suffix: str) -> Iterator[tuple[str, bytes, bytes]]:
    """Each file of that ending: its harmless name, and what it is with either texts."""
    files = {LONG.sub(r"/\1", name): file for name, file in below(trees.hostile, suffix)}
    for name, file in below(trees.harmless, suffix):
        attacked = files.pop(unquote(with_texts(LONG.sub(r"/\1", name))))
        yield name, attacked.read_bytes(), file.read_bytes()
    assert not files


def below(tree: Path, suffix: str) -> Iterator[tuple[str, Path]]:
    for file in sorted(tree.rglob(f"*{suffix}")):
        yield file.relative_to(tree).as_posix(), file


def with_texts(written: str, escaped: Callable[[str], str] = str) -> str:
    """What was written with harmless words, with the hostile texts instead."""

    def text(found: re.Match[str]) -> str:
        its = TEXTS[int(found[1])]
        if found[2]:  # of an address
            return encode(slugify(f"{its} {found[2][1:]}".casefold()))
        return escaped(its)

    return WORD.sub(text, written)


# ---------------------------------------------------------------- pages


def test_every_page_is_the_same_but_for_its_texts(trees: Trees) -> None:
    count = 0
    for name, attacked, plain in pairs(trees, ".html"):
        if SORTED.fullmatch(name):
            assert skeleton(attacked) == skeleton(plain), name
            continue
        html, data = parsed(plain)
        count += len(WORD.findall(html))
        assert parsed(attacked) == (as_text(html), replaced(data)), name
    assert count > 8 * len(TEXTS)


def parsed(page: bytes) -> tuple[str, list[Any]]:
    """A page as a browser understands it, written down; and its structured data."""
    tree = LexborHTMLParser(page)
    data = []
    for script in tree.css('script[type="application/ld+json"]'):
        data.append(json.loads(script.text()))
        script.decompose()
    for cited in tree.css(CITED):
        cited.decompose()
    for shared in tree.css(SHARED):
        shared.attrs["href"] = unquote(shared.attributes["href"] or "")
    return LONG.sub(r"/\1", tree.html or ""), short(data)


def short(value: Any) -> Any:
    return json.loads(LONG.sub(r"/\1", json.dumps(value, ensure_ascii=False)))


def as_text(html: str) -> str:
    """HTML as the standard writes a tree, with hostile texts."""
    parts = re.split(r"(<[^<>]*>)", html)  # every other one is a tag
    parts[::2] = [with_texts(part, partial(escape, quote=False)) for part in parts[::2]]
    parts[1::2] = [with_texts(part, in_attribute) for part in parts[1::2]]
    return "".join(parts)


def in_attribute(text: str) -> str:
    """https://html.spec.whatwg.org/multipage/parsing.html#escapingString."""
    return escape(text, quote=False).replace('"', "&quot;")


def replaced(value: Any) -> Any:
    """JSON with the hostile texts in the places of the harmless ones."""
    if isinstance(value, dict):
        return {key: replaced(item) for key, item in value.items()}
    if isinstance(value, list):
        return [replaced(item) for item in value]
    return with_texts(value) if isinstance(value, str) else value


def skeleton(page: bytes) -> list[str]:
    return re.findall(r"</?[a-zA-Z][^\s>]*", LexborHTMLParser(page).html or "")


# ---------------------------------------------------------------- feeds


HTML_IN = ("description", "{http://purl.org/rss/1.0/modules/content/}encoded")  # of RSS


def test_every_feed_is_the_same_but_for_its_texts(trees: Trees) -> None:
    count = 0
    for name, attacked, plain in pairs(trees, ".xml"):
        found, expected = etree.fromstring(attacked), etree.fromstring(plain)
        if "sitemap" in name:
            assert [node.tag for node in found.iter()] == [node.tag for node in expected.iter()]
            continue  # it holds addresses, sorted
        for node, other in zip(found.iter(), expected.iter(), strict=True):
            said, meant = node.text or "", other.text or ""
            assert node.tag == other.tag, name
            assert short(dict(node.attrib)) == replaced(short(dict(other.attrib))), name
            count += len(WORD.findall(meant))
            if node.tag in HTML_IN or node.get("type") == "html":
                assert inner(said) == as_text(inner(meant)), (name, node.tag)
            else:
                assert short(said) == with_texts(short(meant)), (name, node.tag)
    assert count > 4 * len(TEXTS)


def inner(html: str) -> str:
    body = LexborHTMLParser(html).body
    assert body is not None
    return body.inner_html or ""


def test_every_json_feed_is_the_same_but_for_its_texts(trees: Trees) -> None:
    for name, attacked, plain in pairs(trees, ".json"):
        found, expected = json.loads(attacked), json.loads(plain)
        for item, other in zip(found["items"], expected["items"], strict=True):
            assert inner(item.pop("content_html")) == as_text(inner(other.pop("content_html")))
        assert short(found) == replaced(short(expected)), name


def test_the_list_of_feeds_names_what_it_lists(trees: Trees) -> None:
    ((_, attacked, plain),) = pairs(trees, ".opml")
    found, others = outlines(attacked), outlines(plain)
    expected = [replaced(outline) for outline in others]
    assert len(found) == len(expected)
    for outline in found:  # of many groups some, by their names
        name = re.sub(r" [st]\d+$", "", outline.get("text", ""))
        assert outline in expected or (
            outline["title"].startswith(outline["text"]) and name in TEXTS
        )


def outlines(opml: bytes) -> list[dict[str, str]]:
    return [short(dict(sorted(node.attrib.items()))) for node in etree.fromstring(opml).iter()]


def test_the_page_for_language_models_links_what_it_links(trees: Trees) -> None:
    ((_, attacked, plain),) = pairs(trees, "llms.txt")
    found, expected = (render_markdown(page.decode()) for page in (attacked, plain))
    links = [anchor.text() for anchor in LexborHTMLParser(expected).css("a")]
    assert [anchor.text() for anchor in LexborHTMLParser(found).css("a")] == [
        *map(with_texts, links)
    ]
    assert skeleton(found.encode()) == skeleton(expected.encode())


# ---------------------------------------------------------------- what is no text


@pytest.mark.parametrize("code", [*range(9), 11, *range(14, 32), 0xFFFE, 0xFFFF])
def test_a_control_character_is_an_error_where_it_stands(make_site: MakeSite, code: int) -> None:
    for escaped in (f'"a\\u{code:04x}"', f'"a{chr(code)}"'):
        site = make_site({"posts/a.md": f"---\ntitle: A\ndek: {escaped}\n---\nText.\n"})
        with pytest.raises(ContentError) as error:
            build(site, OPTIONS)
        assert "a.md:3:" in str(error.value)
