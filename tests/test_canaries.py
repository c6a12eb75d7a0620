"""What is not published is nowhere: unique words in every field of posts that are kept back."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath
from zipfile import ZipFile

import pytest

from blogforge.build import build
from blogforge.content.markdown import NOTE_WORDS
from blogforge.options import Options
from tests.commands import pages, run
from tests.conftest import MakeSite
from tests.pictures import picture
from tests.searching import INSTALLED, readable

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
OPTIONS = Options(now=NOW, jobs=1)
CONFIG = f"""\
title: The Dispatch
url: https://dispatch.example/
feeds: {{groups: [rss, atom, json]}}
languages: {{fr: {{title: La Dépêche}}}}
search: {str(INSTALLED).lower()}
"""
KINDS = {
    "draft": "status: draft",
    "scheduled": "embargo: 2026-03-11",
    "expired": "expires: 2026-03-10 06:00",
    "withdrawn": "status: withdrawn",
    "unlisted": "status: unlisted",
    "recalled": "status: withdrawn\nembargo: 2026-03-11",
}
# Where each field of a post stands that has a page of its own.
PAGE, ALIAS, HERO, PICTURE = "page", "alias", "hero", "picture"
SMALL = picture(9, 9, "PNG")
SHOWN: dict[str, dict[str, set[str]]] = {
    "withdrawn": {
        "title": {PAGE, ALIAS},
        "slug": {PAGE, ALIAS},
        "alias": {ALIAS},
        "body": {PAGE},
        "picture": {PAGE, PICTURE},
        "alt": {PAGE},
    },
    "unlisted": {
        "title": {PAGE, ALIAS},
        "slug": {PAGE, ALIAS},
        "alias": {ALIAS},
        "body": {PAGE},
        "hero": {PAGE, HERO},
        "picture": {PAGE, PICTURE},
        **{
            field: {PAGE}
            for field in (
                *("alt", "dek", "kicker", "dateline", "author", "correction", "point"),
                *("source", "archived", "heroalt", "caption", "credit"),
            )
        },
    },
}
# A post that shows all that it may of others.
PUBLISHED = """\
---
title: Grain at sea
date: 2026-03-0{day}
tags: [grain]
section: Trade
story: The strait
---

Grain leaves the port of Odessa for Suez, ship by ship.
"""


def secret(kind: str) -> dict[str, str | bytes]:
    """A post of a kind, each of whose fields holds a word that stands nowhere else."""

    def word(field: str) -> str:
        return f"{kind}zq{field}zq"

    text = f"""\
---
title: {word("title")}
date: 2026-03-09
{KINDS[kind]}
slug: {word("slug")}
dek: {word("dek")}
lang: fr
translation_of: posts/1.md
kicker: {word("kicker")}
dateline: {word("dateline")}
authors: [{word("author")}]
section: {word("section")}
tags: [grain, {word("tag")}]
story: {word("story")}
aliases: [/old/{word("alias")}/]
image:
  src: {word("hero")}.png
  alt: {word("heroalt")}
  caption: {word("caption")}
  credit: {word("credit")}
corrections: [{{date: 2026-03-06, text: {word("correction")}}}]
sources:
  - title: {word("source")}
    url: https://r.example/{word("source")}
    archived: https://a.example/{word("archived")}
key_points: [{word("point")}]
extra: {{{word("extra")}: {word("extra")}}}
---

Grain leaves Odessa for {word("body")}, ship by ship. ![{word("alt")}]({word("picture")}.png)
"""
    folder = f"posts/{kind}"
    pictures = {f"{folder}/{word(name)}.png": SMALL for name in ("hero", "picture")}
    return {f"{folder}/index.md": text, **pictures}


def layout() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {
        f"posts/{day}.md": PUBLISHED.format(day=day) for day in range(1, 5)
    }
    for kind in KINDS:
        files |= secret(kind)
    return files


def place_of(path: str, kind: str) -> str:
    """Which of the places of a post a file is; its own name where it is none."""
    word = f"{kind}zq"
    places = {
        f"2026/03/09/{word}slugzq/index.html": PAGE,
        f"old/{word}aliaszq/index.html": ALIAS,
        f"media/{kind}/{word}herozq.": HERO,  # in whatever format
        f"media/{kind}/{word}picturezq.": PICTURE,
    }
    of_any_language = path.removeprefix("fr/")
    found = (place for start, place in places.items() if of_any_language.startswith(start))
    return next(found, path)


def found_in(tree: Path, kind: str) -> Iterator[tuple[str, str]]:
    """Each field of the post of a kind that a file of the tree shows, or is named by."""
    fields = {part.split("zq")[1] for part in str(secret(kind)).split(kind) if "zq" in part}
    assert len(fields) > 18
    for file in sorted(path for path in tree.rglob("*") if path.is_file()):
        path = file.relative_to(tree).as_posix()
        text = (path.encode() + readable(file)).lower()
        for field in fields:
            if f"{kind}zq{field}zq".encode() in text:
                yield field, place_of(path, kind)


def places(tree: Path, kind: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for field, place in found_in(tree, kind):
        found.setdefault(field, set()).add(place)
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a post of every kind, built with all that a publication can have."""
    return built(tmp_path_factory.mktemp("site"), layout())


@pytest.fixture
def tree(site: Path) -> Path:
    return site / "public"


def built(site: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in {"blogforge.yaml": CONFIG, **files}.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    build(site, OPTIONS)
    return site


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_only_where_it_must_be(kind: str, tree: Path) -> None:
    assert places(tree, kind) == SHOWN.get(kind, {})


def test_what_is_kept_back_changes_nothing(site: Path, tmp_path: Path) -> None:
    """Not even a count, a card or a name: the tree is that of a site without those posts."""
    hidden = ("draft", "scheduled", "expired", "recalled")
    files = {name: text for name, text in layout().items() if name.split("/")[1] not in hidden}
    assert len(files) < len(layout())
    without = built(tmp_path, files)
    assert pages(site / "public") == pages(without / "public")


@pytest.mark.parametrize("command", ["digest --since 30d", "epub --month 2026-03"])
def test_nothing_of_it_is_sent_or_bound(site: Path, tmp_path: Path, command: str) -> None:
    out = tmp_path / "out"
    name = "out" if command.startswith("digest") else "out.epub"
    done = run(site, *command.split(), "--now", NOW.isoformat(), "--out", str(tmp_path / name))
    assert done.status == 0, done.err
    if name.endswith(".epub"):
        ZipFile(tmp_path / name).extractall(out)
    written = [str(file).encode() + file.read_bytes() for file in out.rglob("*") if file.is_file()]
    assert any(b"Grain at sea" in text for text in written)
    assert not [text for text in written if re.search(rb"[a-z]+zq[a-z]+zq", text)]


def test_every_field_would_be_found_if_it_were_published(make_site: MakeSite) -> None:
    files = {**layout(), **secret("expired")}
    post = str(files["posts/expired/index.md"]).replace(KINDS["expired"], "status: published")
    site = make_site({**files, "posts/expired/index.md": post}, config=CONFIG)
    build(site, OPTIONS)
    found = places(site / "public", "expired")
    assert found.keys() == SHOWN["unlisted"].keys() | {"section", "tag", "story"}
    everywhere = set().union(*found.values())
    assert {"fr/feed.xml", "fr/feed.json", "fr/index.html", "_redirects"} <= everywhere
    assert {"sitemap.xml", "news-sitemap.xml", "fr/corrections/index.html"} <= everywhere
    assert {"fr/feeds.opml", "fr/follow/index.html", "fr/archive/index.html"} <= everywhere
    indexed = {PurePath(path).suffix for path in everywhere if path.startswith("pagefind/")}
    assert indexed == ({".pf_filter", ".pf_fragment", ".pf_index"} if INSTALLED else set())
    assert "2026/03/01/1/index.html" in found["slug"]  # which names its translation
    for field in ("title", "dek", "body", "author", "tag", "section", "slug", "hero"):
        assert not INSTALLED or any(path.startswith("pagefind/") for path in found[field])


def test_withdrawing_takes_all_but_the_notice_away(make_site: MakeSite) -> None:
    kind = "withdrawn"
    files = {**layout(), **secret(kind)}
    text = str(files["posts/withdrawn/index.md"])
    site = make_site(
        {**files, "posts/withdrawn/index.md": text.replace(KINDS[kind], "status: published")},
        config=CONFIG,
    )
    build(site, OPTIONS)
    assert len(places(site / "public", kind)["title"]) > 10
    note = text.partition("\n---\n")[0] + "\n---\n\nWe were wrong.\n"
    make_site({"posts/withdrawn/index.md": note}, config=CONFIG)
    build(site, OPTIONS)
    left = {field: SHOWN[kind][field] for field in ("title", "slug", "alias")}
    assert places(site / "public", kind) == left


def test_an_article_left_in_a_withdrawn_post_is_not_published(make_site: MakeSite) -> None:
    kind = "withdrawn"
    text = str(secret(kind)["posts/withdrawn/index.md"]) + "word " * NOTE_WORDS
    site = make_site({**layout(), "posts/withdrawn/index.md": text})
    report = build(site, OPTIONS)
    (warning,) = report.warnings
    assert "is withdrawn" in warning.message
    assert str(NOTE_WORDS) in warning.hint
    assert "body" not in places(site / "public", kind)
    assert "picture" not in places(site / "public", kind)
