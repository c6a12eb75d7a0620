"""A site in several languages: each has its own front page, lists and feeds."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser  # type: ignore[import-untyped]  # it ships no annotations
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from blogforge.build import build
from blogforge.config import load_config
from blogforge.errors import ConfigError
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite
from tests.test_golden import files_of

OPTIONS = Options(now=datetime(2026, 3, 10, 12, tzinfo=UTC), jobs=1)
LANGUAGES = (
    CONFIG
    + """\
dek: Plain news.
paginate: 2
sections: [{name: Africa, dek: A continent.}, {name: Asia}]
languages:
  fr:
    title: La Dépêche
    sections: {Africa: {name: Afrique, dek: Un continent.}}
    menu: [{title: À propos, url: /fr/about/}]
  ar: {title: البرقية}
"""
)


def post(title: str, *lines: str) -> str:
    front = "\n".join([f"title: {title}", *lines])
    return f"---\n{front}\n---\n\nThe text of {title}.\n"


SITE = {
    "posts/2026-03-01-mali.md": post(
        "Mali", "section: Africa", "tags: [Mali]", "authors: [Ana]", "story: The war"
    ),
    "posts/2026-03-02-niger.md": post("Niger", "section: Africa", "story: The war"),
    "posts/2026-03-03-japan.md": post("Japan", "section: Asia"),
    "posts/2026-03-04-berlin.md": post("Berlin", "lang: de"),
    "posts/fr/2026-03-02-mali.md": post(
        "Le Mali",
        "translation_of: 2026-03-01-mali.md",
        "section: Africa",
        "tags: [Mali]",
        "authors: [Ana]",
        "corrections: [{date: 2026-03-05, text: Le pont est à Gao.}]",
    ),
    "posts/fr/2026-03-05-tchad.md": post("Le Tchad", "section: Afrique", "dek: Au bord du lac."),
    "posts/2026-03-06-nil.md": post("النيل", "lang: ar", "slug: nil"),
    "pages/about.md": post("About"),
    "pages/fr/about.md": post("À propos", "translation_of: pages/about.md"),
}
FRENCH = {"Le Mali", "Le Tchad"}


def first(page: LexborHTMLParser, selector: str) -> LexborNode:
    """The first element of a page that a selector means."""
    found = page.css_first(selector)
    assert found is not None, selector
    return found


class Paper:
    """A built site; its pages are asked for by their addresses."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tree = root / "public"
        build(root, OPTIONS)

    def page(self, url: str) -> LexborHTMLParser:
        file = self.tree / url.lstrip("/")
        text = (file / "index.html" if url.endswith("/") else file).read_text(encoding="utf-8")
        return LexborHTMLParser(text)

    def titles(self, url: str) -> set[str]:
        """The headlines that a list shows."""
        return {node.text() for node in self.page(url).css("main .card-title a")}

    def switch(self, url: str) -> dict[str, str]:
        """Where the switch of a page leads, by language."""
        links = self.page(url).css(".languages a")
        return {str(a.attributes["hreflang"]): str(a.attributes["href"]) for a in links}

    def alternates(self, url: str) -> dict[str, str]:
        links = self.page(url).css("link[hreflang]")
        return {
            str(a.attributes["hreflang"]): str(a.attributes["href"]).removeprefix(
                "https://dispatch.example"
            )
            for a in links
        }

    def pages(self) -> Iterator[str]:
        for file in sorted(self.tree.rglob("index.html")):
            place = file.parent.relative_to(self.tree).as_posix()
            yield "/" if place == "." else f"/{place}/"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    root = tmp_path_factory.mktemp("paper")
    for name, text in {"blogforge.yaml": LANGUAGES, **SITE}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return Paper(root)


def test_the_switch_of_a_later_page_leads_to_the_first(paper: Paper) -> None:
    assert paper.switch("/page/2/") == {"en": "/page/2/", "fr": "/fr/", "ar": "/ar/"}
    assert not paper.alternates("/page/2/")


def test_each_language_lists_its_own_posts_and_no_post_is_lost(paper: Paper) -> None:
    assert paper.titles("/") | paper.titles("/page/2/") == {
        "Mali",
        "Niger",
        "Japan",
        "Berlin",
    }  # German has no branch
    assert paper.titles("/fr/") == FRENCH
    assert paper.titles("/ar/") == {"النيل"}
    assert paper.titles("/fr/section/africa/") == FRENCH
    assert paper.titles("/section/africa/") == {"Mali", "Niger"}
    assert paper.titles("/fr/tag/mali/") == {"Le Mali"}
    assert paper.titles("/fr/404.html") == FRENCH
    assert paper.titles("/fr/author/ana/") == {"Le Mali"}
    assert paper.titles("/fr/2026/03/") == FRENCH
    assert first(paper.page("/fr/2026/03/02/mali/"), "h1").text() == "Le Mali"


def test_every_list_of_a_language_leads_to_that_language_alone(paper: Paper) -> None:
    for url in paper.pages():
        if re.search(r"/\d\d/\d\d/", url):
            continue
        home = next((h for h in ("/fr/", "/ar/") if url.startswith(h)), "/")
        for link in paper.page(url).css("main a, .site-nav a, footer a"):
            href = str(link.attributes["href"])
            assert href.startswith(home), (url, href)
            assert home != "/" or not href.startswith(("/fr/", "/ar/")), (url, href)


def test_a_language_speaks_for_itself(paper: Paper) -> None:
    front = paper.page("/fr/")
    html = first(front, "html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("fr", "ltr")
    assert first(front, "title").text() == "La Dépêche"
    assert first(front, ".site-title a").attributes["href"] == "/fr/"
    assert not front.css(".site-dek")  # the English one is in English
    assert [a.text() for a in front.css(".site-nav a")] == ["Afrique", "À propos"]
    assert first(paper.page("/fr/archive/"), "h1").text() == "Archives"
    assert first(paper.page("/fr/404.html"), "h1").text() == "Page introuvable"
    section = paper.page("/fr/section/africa/")
    assert first(section, "h1").text() == "Afrique"
    assert first(section, ".dek").text() == "Un continent."
    assert first(paper.page("/ar/"), "html").attributes["dir"] == "rtl"
    article = paper.page("/fr/2026/03/02/mali/")
    assert [a.attributes["href"] for a in article.css(".all-corrections a")] == ["/fr/corrections/"]


def test_feeds_are_in_their_language(paper: Paper) -> None:
    for url, titles in {
        "fr/feed.xml": FRENCH,
        "fr/atom.xml": FRENCH,
        "fr/section/africa/feed.xml": FRENCH,
        "fr/author/ana/feed.xml": {"Le Mali"},
        "fr/corrections/feed.xml": {"Le Mali"},
        "feed.xml": {"Mali", "Niger", "Japan", "Berlin"},
    }.items():
        found = feedparser.parse((paper.tree / url).read_bytes())
        assert not found.bozo, url
        assert {entry.title for entry in found.entries} == titles
        if url.startswith("fr/"):
            assert "La Dépêche" in found.feed.title
            assert str(found.feed.link).startswith("https://dispatch.example/fr/")
        if url.endswith("feed.xml"):
            assert found.feed.language == ("fr" if url.startswith("fr/") else "en")


# ---------------------------------------------------------------- from one to the other


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("/", {"en": "/", "fr": "/fr/", "ar": "/ar/"}),
        ("/fr/", {"en": "/", "fr": "/fr/", "ar": "/ar/"}),
        (
            "/fr/section/africa/",
            {"en": "/section/africa/", "fr": "/fr/section/africa/", "ar": "/ar/"},
        ),
        ("/section/asia/", {"en": "/section/asia/", "fr": "/fr/", "ar": "/ar/"}),
        ("/author/ana/", {"en": "/author/ana/", "fr": "/fr/author/ana/", "ar": "/ar/"}),
        (
            "/2026/03/01/mali/",
            {"en": "/2026/03/01/mali/", "fr": "/fr/2026/03/02/mali/", "ar": "/ar/"},
        ),
        (
            "/fr/2026/03/02/mali/",
            {"en": "/2026/03/01/mali/", "fr": "/fr/2026/03/02/mali/", "ar": "/ar/"},
        ),
        (
            "/fr/2026/03/05/tchad/",
            {"en": "/", "fr": "/fr/2026/03/05/tchad/", "ar": "/ar/"},
        ),
        ("/2026/03/04/berlin/", {"en": "/2026/03/04/berlin/", "fr": "/fr/", "ar": "/ar/"}),
        ("/fr/about/", {"en": "/about/", "fr": "/fr/about/", "ar": "/ar/"}),
        ("/fr/404.html", {"en": "/", "fr": "/fr/404.html", "ar": "/ar/"}),
    ],
)
def test_the_switch_leads_to_the_same_page_or_to_the_front_page(
    paper: Paper, url: str, leads: dict[str, str]
) -> None:
    assert paper.switch(url) == leads
    (here,) = paper.page(url).css(".languages [aria-current]")
    assert here.attributes["href"] == url


def test_pages_name_each_other_to_search_engines(paper: Paper) -> None:
    fronts = {"en": "/", "fr": "/fr/", "ar": "/ar/", "x-default": "/"}
    for url in ("/", "/fr/", "/ar/"):
        assert paper.alternates(url) == fronts
    found = {url: paper.alternates(url) for url in paper.pages()}
    assert not found["/section/asia/"]
    assert found["/fr/section/africa/"]["x-default"] == "/section/africa/"
    assert found["/fr/about/"] == {"en": "/about/", "fr": "/fr/about/"}
    assert found["/2026/03/01/mali/"] == {"en": "/2026/03/01/mali/", "fr": "/fr/2026/03/02/mali/"}
    for named in found.values():  # one-sided claims are ignored
        for lang, other in named.items():
            assert found[other] == named
            assert lang in {"x-default", first(paper.page(other), "html").attributes["lang"]}
    for url in found:
        canonical = str(first(paper.page(url), "link[rel=canonical]").attributes["href"])
        assert canonical == f"https://dispatch.example{url}"
    locales = paper.page("/").css('meta[property="og:locale:alternate"]')
    assert [m.attributes["content"] for m in locales] == ["fr_FR", "ar_EG"]


# ---------------------------------------------------------------- as it was, and as it changes


def test_without_languages_everything_stands_side_by_side(make_site: MakeSite) -> None:
    site = make_site(
        {
            name: text
            for name, text in SITE.items()
            if not name.startswith("posts/fr/2026-03-02") and "section: Afrique" not in text
        }
        | {"posts/fr/x.md": post("Le Mali", "lang: fr", "date: 2026-03-02")}
    )
    build(site, OPTIONS)
    assert (site / "public/2026/03/02/x/index.html").exists()
    assert (site / "public/fr/about/index.html").exists()
    assert not (site / "public/fr/index.html").exists()
    front = (site / "public/index.html").read_text(encoding="utf-8")
    assert "Le Mali" in front
    assert "hreflang" not in front
    assert 'class="languages"' not in front


EDITS = {
    "a text": (
        "posts/fr/2026-03-05-tchad.md",
        SITE["posts/fr/2026-03-05-tchad.md"].replace("The text", "Un autre texte"),
    ),
    "the words for a section": (
        "blogforge.yaml",
        LANGUAGES.replace("dek: Un continent.", "dek: Le continent."),
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_a_language_leaves_the_others_alone(make_site: MakeSite, edit: str) -> None:
    site = make_site(SITE, LANGUAGES)
    build(site, OPTIONS)
    name, text = EDITS[edit]
    (site / name).write_text(text, encoding="utf-8")
    report = build(site, OPTIONS)
    assert report.rendered
    assert all(path.startswith(("fr/", "cards/")) for path in report.rendered), report.rendered
    assert_as_clean(site)


def test_what_comes_and_goes_is_as_in_a_clean_build(make_site: MakeSite) -> None:
    site = make_site(SITE, LANGUAGES)
    build(site, OPTIONS)
    (site / "posts/fr/2026-03-02-mali.md").unlink()
    make_site({"posts/2026-03-07-chad.md": post("Chad", "lang: fr-CA", "tags: [Mali]")}, None)
    build(site, OPTIONS)
    assert_as_clean(site)
    (site / "blogforge.yaml").write_text(LANGUAGES.replace("  ar: {title: البرقية}\n", ""))
    build(site, OPTIONS)
    assert_as_clean(site)
    assert not (site / "public/ar").exists()
    assert (site / "public/2026/03/06/nil/index.html").exists()


def assert_as_clean(site: Path) -> None:
    other = site.parent / "clean"
    build(site, Options(now=OPTIONS.now, jobs=1, output=str(other), clean=True))
    assert files_of(site / "public") == files_of(other)


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("languages: {français: {}}", "not a language tag"),
        ("languages: {en: {}}", "names 'en' again"),
        ("languages: {fr: {}, FR: {}}", "names 'FR' again"),
        ("languages: {fr: {titel: X}}", "did you mean 'title'"),
        ("languages: {fr: {menu: [{title: X, url: 'ftp://x'}]}}", "must"),
    ],
)
def test_mistakes_are_told(make_site: MakeSite, text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        load_config(make_site({}, CONFIG + text + "\n"))
    assert all(p.location and p.location.line == 3 for p in caught.value.problems)
