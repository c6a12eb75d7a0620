"""Versions of an article in several languages, as readers and search engines find them."""

from datetime import UTC, datetime
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from blogforge.build import build
from blogforge.options import Options
from tests.conftest import MakeSite

OPTIONS = Options(now=datetime(2026, 3, 10, 12, tzinfo=UTC), jobs=1)


def post(title: str, *lines: str) -> str:
    front = "\n".join([f"title: {title}", "date: 2026-03-01", *lines])
    return f"---\n{front}\n---\n\nA text.\n"


FILES = {
    "posts/grain.md": post("Grain"),
    "posts/ble.md": post("Blé", "lang: fr", "translation_of: grain.md"),
    "posts/hubub.md": post("حبوب", "lang: ar", "translation_of: ble"),
    "posts/getreide.md": post(
        "Getreide", "lang: de", "translation_of: grain", "canonical: https://e.example/g"
    ),
    "posts/grano.md": post("Grano", "lang: es", "translation_of: grain", "status: unlisted"),
    "posts/other.md": post("Other"),
}
SITE = "https://dispatch.example"
VERSIONS = [
    ("ar", f"{SITE}/2026/03/01/hubub/"),
    ("en", f"{SITE}/2026/03/01/grain/"),
    ("fr", f"{SITE}/2026/03/01/ble/"),
]


def page(site: Path, slug: str) -> LexborHTMLParser:
    file = site / "public/2026/03/01" / slug / "index.html"
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def links(found: LexborHTMLParser, selector: str) -> list[tuple[str | None, str | None]]:
    return [(n.attributes["hreflang"], n.attributes["href"]) for n in found.css(selector)]


def test_every_version_names_all(make_site: MakeSite) -> None:
    site = make_site(FILES)
    build(site, OPTIONS)
    for slug in ("grain", "ble", "hubub"):
        assert links(page(site, slug), "head link[hreflang]") == VERSIONS
    for slug in ("getreide", "grano", "other"):
        assert links(page(site, slug), "head link[hreflang]") == []


def test_readers_are_led_to_the_other_languages_by_their_names(make_site: MakeSite) -> None:
    site = make_site(FILES)
    build(site, OPTIONS)
    found = page(site, "ble").css(".translations a")
    assert [(node.text(), node.attributes["lang"]) for node in found] == [
        ("العربية", "ar"),
        ("Deutsch", "de"),
        ("English", "en"),
    ]
    assert found[0].attributes["dir"] == "rtl"
    assert links(page(site, "getreide"), ".translations a")[1] == ("en", "/2026/03/01/grain/")
    assert not page(site, "other").css(".translations")
    assert not page(site, "grano").css(".translations")


def test_a_version_that_goes_is_named_nowhere_and_touches_only_the_others(
    make_site: MakeSite,
) -> None:
    site = make_site(FILES)
    build(site, OPTIONS)
    make_site({"posts/hubub.md": post("حبوب", "lang: ar", "translation_of: ble", "status: draft")})
    report = build(site, OPTIONS)
    assert links(page(site, "grain"), "head link[hreflang]") == VERSIONS[1:]
    assert "2026/03/01/ble/index.html" in report.rendered
    why = report.rendered["2026/03/01/grain/index.html"]
    assert why == "translations:posts/grain.md changed"
