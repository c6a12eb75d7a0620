"""A site that readers can search: what stands in its indexes, and when they are made anew."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from blogforge.build import Report, build
from blogforge.errors import ContentError, MachineError
from blogforge.options import Options
from blogforge.search import indexes
from blogforge.search.pagefind import Pagefind, installed
from tests.conftest import CONFIG, MakeSite
from tests.pictures import picture
from tests.searching import fragments, needs_pagefind, readable

OPTIONS = Options(now=datetime(2026, 3, 10, 12, tzinfo=UTC), jobs=1)
SEARCHED = f"{CONFIG}search: true\nsocial_cards: {{enabled: false}}\n"
LIBYA = """\
---
title: After the fall
dek: What comes <next>.
date: 2026-03-01
authors: [ann]
section: Africa
tags: [war]
type: opinion
image: {src: boat.png, alt: A boat}
---

Tripoli woke without Gaddafi. ![A map](map.png)

> [!QUOTE]
> Tripoli woke without Gaddafi.
"""
SITE: dict[str, str | bytes] = {
    "posts/libya/index.md": LIBYA,
    "posts/libya/boat.png": picture(900, 600, "PNG"),
    "posts/libya/map.png": picture(90, 60, "PNG"),
    "posts/grain.md": "---\ntitle: Grain\ndate: 2026-03-02\nlang: fr\n---\n\nLe blé part.\n",
    "pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
    "authors.yaml": "ann: {name: Ann Lee}\n",
    "entities.yaml": "Muammar Qaddafi: [Gaddafi, Qadhafi]\n",
}


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(SITE, config=SEARCHED)


def by_title(tree: Path) -> Mapping[str, dict[str, Any]]:
    return {found["meta"]["title"]: found for found in fragments(tree)}


def index_files(tree: Path) -> dict[str, bytes]:
    files = (file for file in (tree / "pagefind").rglob("*") if file.is_file())
    return {file.relative_to(tree).as_posix(): file.read_bytes() for file in files}


def rebuilt(site: Path, path: str, old: str, new: str) -> Report:
    file = site / path
    file.write_text(file.read_text().replace(old, new))
    return build(site, OPTIONS)


# ---------------------------------------------------------------- what is found


@needs_pagefind
def test_an_article_is_found_by_what_readers_look_for(site: Path) -> None:
    build(site, OPTIONS)
    found = by_title(site / "public")
    assert found.keys() == {"After the fall", "Grain", "About"}
    libya = found["After the fall"]
    text = libya["content"]
    assert text == "After the fall. What comes <next>. Tripoli woke without Gaddafi."
    assert libya["meta"] == {
        "title": "After the fall",
        "byline": "Ann Lee",
        "topics": "Africa, war",
        "aliases": "Gaddafi, Muammar Qaddafi, Qadhafi",
    }
    assert libya["filters"] == {
        "section": ["Africa"],
        "author": ["Ann Lee"],
        "year": ["2026"],
        "type": ["opinion"],
    }


@needs_pagefind
def test_a_result_shows_what_nobody_looks_for(site: Path) -> None:
    build(site, OPTIONS)
    found = by_title(site / "public")
    url, _, shown = found["After the fall"]["url"].partition("#")
    assert url == "/2026/03/01/libya/"
    (image,) = parse_qs(shown).pop("image")
    assert (site / "public" / image[1:]).is_file()
    assert ".400." in image
    assert {k: v for k, v in parse_qs(shown).items() if k != "image"} == {
        "date": ["2026-03-01"],
        "day": ["1 March 2026"],
    }
    assert parse_qs(found["Grain"]["url"].partition("#")[2])["lang"] == ["fr"]
    assert found["About"]["url"] == "/about/#"


@needs_pagefind
def test_text_is_text(site: Path) -> None:
    nasty = "</title><img src=x data-pagefind-meta=url:evil> & b"
    rebuilt(site, "posts/grain.md", "title: Grain", f'title: "{nasty}"\nauthors: ["{nasty}"]')
    (found,) = (f for t, f in by_title(site / "public").items() if "img" in t)
    assert found["meta"]["title"] == nasty
    assert found["meta"]["byline"] == nasty
    assert "url" not in found["meta"]
    assert "Le blé part." in found["content"]


# ---------------------------------------------------------------- when it is made


@needs_pagefind
def test_nothing_is_made_anew_for_a_build_that_changes_no_text(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site, OPTIONS)
    before = index_files(site / "public")
    monkeypatch.setattr(indexes, "index", lambda *_: pytest.fail("pagefind was asked"))
    assert not build(site, OPTIONS).rendered
    report = rebuilt(site, "blogforge.yaml", "The Dispatch", "The Despatch")
    assert report.rendered
    assert index_files(site / "public") == before


@needs_pagefind
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("posts/grain.md", "Le blé", "Le grain"),
        ("posts/grain.md", "Grain", "Wheat"),
        ("authors.yaml", "Ann Lee", "Ann Lea"),
        ("entities.yaml", "Qadhafi", "Kadhafi"),
        ("posts/libya/index.md", "section: Africa", "section: Sahel"),
        ("posts/grain.md", "lang: fr", "lang: fr\nstatus: unlisted"),
        ("blogforge.yaml", "search: true", "search: true\npermalink: /{slug}/"),
    ],
)
def test_it_is_what_a_clean_build_makes(site: Path, path: str, old: str, new: str) -> None:
    build(site, OPTIONS)
    before = index_files(site / "public")
    rebuilt(site, path, old, new)
    after = index_files(site / "public")
    assert after != before
    build(site, Options(now=OPTIONS.now, jobs=1, clean=True))
    assert index_files(site / "public") == after


@needs_pagefind
def test_what_somebody_did_to_it_is_undone(site: Path) -> None:
    build(site, OPTIONS)
    before = index_files(site / "public")
    entry, fragment = "pagefind/en/pagefind-entry.json", min(f for f in before if "fragment" in f)
    (site / "public" / entry).write_text("{}")
    (site / "public" / fragment).unlink()
    build(site, OPTIONS)
    assert index_files(site / "public") == before


@needs_pagefind
def test_it_goes_with_the_search(site: Path) -> None:
    build(site, OPTIONS)
    rebuilt(site, "blogforge.yaml", "search: true", "search: false")
    assert not (site / "public/pagefind").exists()
    assert not (site / "public/search").exists()


@needs_pagefind
def test_a_site_with_nothing_to_find_has_no_index(make_site: MakeSite) -> None:
    site = make_site(
        {"posts/a.md": "---\ntitle: A\ndate: 2026-03-01\nstatus: draft\n---\n"}, config=SEARCHED
    )
    build(site, OPTIONS)
    assert 'data-bundles=""' in (site / "public/search/index.html").read_text()
    assert not (site / "public/pagefind").exists()


@needs_pagefind
def test_a_build_whose_index_fails_changes_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site, OPTIONS)
    files = {f: f.read_bytes() for f in (site / "public").rglob("*") if f.is_file()}
    with monkeypatch.context() as broken:
        broken.setattr(indexes, "installed", lambda: Pagefind("/bin/false", "0"))
        with pytest.raises(MachineError, match="could not make the search index"):
            rebuilt(site, "posts/grain.md", "Le blé", "Le grain")
    assert {f: f.read_bytes() for f in (site / "public").rglob("*") if f.is_file()} == files
    build(site, OPTIONS)
    assert "Le grain part." in by_title(site / "public")["Grain"]["content"]


@needs_pagefind
@pytest.mark.parametrize(("kind", "told"), [("", 1), ("_extended", 0)])
def test_who_writes_without_spaces_is_told_what_finds_words(
    kind: str, told: int, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = installed().program
    found = Pagefind(program, f"pagefind_bin{kind} 1")
    monkeypatch.setattr(indexes, "installed", lambda: found)
    text = "---\ntitle: A\ndate: 2026-03-01\n---\n\n经济\n"
    site = make_site({"posts/a.md": text}, config=f"{SEARCHED}language: zh-Hans\n")
    warnings = [w for w in build(site, OPTIONS).warnings if "searches" in w.message]
    assert len(warnings) == told
    assert [w for w in build(site, OPTIONS).warnings if "searches" in w.message] == warnings


# ---------------------------------------------------------------- the pages


@needs_pagefind
def test_the_front_page_says_how_to_search(site: Path) -> None:
    build(site, OPTIONS)
    home = (site / "public/index.html").read_text()
    assert '"urlTemplate":"https://dispatch.example/search/?q={search_term_string}"' in home
    assert 'href="/search/"' in home
    page = (site / "public/search/index.html").read_text()
    assert '<meta name="robots" content="noindex' in page
    assert 'data-bundles="/pagefind/en/"' in page
    assert "search/" not in (site / "public/sitemap.xml").read_text()
    entry = json.loads(readable(site / "public/pagefind/en/pagefind-entry.json"))
    assert entry["languages"]["en"]["page_count"] == 3


def test_the_place_of_the_index_is_taken(make_site: MakeSite) -> None:
    text = "---\ntitle: A\ndate: 2026-03-01\naliases: /pagefind/old/\n---\n\nA.\n"
    site = make_site({"posts/a.md": text}, config=SEARCHED)
    with pytest.raises(ContentError, match=r"posts/a.md makes pagefind/old/index.html"):
        build(site, OPTIONS)
