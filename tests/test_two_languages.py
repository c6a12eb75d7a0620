"""A real publication in English and French, with every post in its language's lists and feeds."""

import re
from pathlib import Path

import feedparser  # type: ignore[import-untyped]  # it ships no annotations
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from blogforge.build import build
from blogforge.options import Options

pytestmark = pytest.mark.corpus

CONFIG = """\
title: Canadian Digital Service
url: https://digital.example/
timezone: America/Toronto
markdown: {engine: commonmark}
social_cards: {enabled: false}
search: false
languages: {fr: {title: Service numérique canadien}}
"""
_FILE = re.compile(r"---\s*\n(.*?)\n---\s*\n(.*)", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{[<%].*?[%>]\}\}", re.DOTALL)
_UNSAFE = re.compile(r"[^\w-]+")


def copy(content: Path, root: Path) -> dict[str, set[str]]:
    """The posts of another generator as ours; returns their titles by language."""
    english: dict[str, str] = {}
    titles: dict[str, set[str]] = {}
    for lang in ("en", "fr"):
        for file in sorted((content / lang / "blog/posts").glob("*.md")):
            found = _FILE.match(file.read_text(encoding="utf-8-sig"))
            assert found, file
            fields = yaml.safe_load(found[1])
            name, key = f"{_UNSAFE.sub('-', file.stem)}.md", fields.get("translationKey")
            front = {"title": fields["title"], "date": str(fields["date"])[:10]}
            if lang == "en":
                english[key] = name
            elif key in english:
                front["translation_of"] = f"posts/en/{english[key]}"
            titles.setdefault(lang, set()).add(" ".join(str(fields["title"]).split()))
            target = root / "posts" / lang / name
            target.parent.mkdir(parents=True, exist_ok=True)
            body = _SHORTCODE.sub("", found[2])
            target.write_text(f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n{body}")
    (root / "blogforge.yaml").write_text(CONFIG, encoding="utf-8")
    return titles


def test_no_post_is_lost_and_none_is_in_the_other_language(corpora: Path, tmp_path: Path) -> None:
    titles = copy(corpora / "cds/content", tmp_path)
    report = build(tmp_path, Options(jobs=1))
    assert report.posts == sum(map(len, titles.values())) > 300
    tree = tmp_path / "public"
    homes = {"en": tree, "fr": tree / "fr"}
    shown: dict[str, set[str]] = {"en": set(), "fr": set()}
    for found in (tree.glob("20??/**/index.html"), tree.glob("fr/20??/**/index.html")):
        for page in found:
            lang = "fr" if page.is_relative_to(homes["fr"]) else "en"
            parsed = LexborHTMLParser(page.read_text(encoding="utf-8"))
            links = [str(a.attributes["href"]) for a in parsed.css("main .card-title a")]
            assert all(link.startswith("/fr/") == (lang == "fr") for link in links), page
            shown[lang].update(links)
    assert {lang: len(links) for lang, links in shown.items()} == {
        lang: len(found) for lang, found in titles.items()
    }
    for lang, home in homes.items():
        for name in ("feed.xml", "atom.xml"):
            feed = feedparser.parse((home / name).read_bytes())
            assert not feed.bozo
            assert len(feed.entries) == 20
            assert all(("/fr/" in entry.link) == (lang == "fr") for entry in feed.entries)
    switches = {page: _switch(page) for page in homes["fr"].glob("20??/??/??/*/index.html")}
    assert len(switches) == len(titles["fr"])
    assert sum(url != "/" for url in switches.values()) > 150  # most are translations


def _switch(page: Path) -> str:
    """Where the switch of an article leads in English."""
    parsed = LexborHTMLParser(page.read_text(encoding="utf-8"))
    (link,) = parsed.css('.languages a[hreflang="en"]')
    return str(link.attributes["href"])
