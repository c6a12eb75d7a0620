"""`blogforge epub`: articles as a book that e-readers open."""

import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from blogforge.urls import slugify
from tests import commands, epubcheck
from tests.conftest import NOW, MakeSite, copy_publication
from tests.hostile import hostile, quoted
from tests.pictures import opened, picture, placed

CONFIG = """\
title: The Desk
url: https://desk.example/news/
sections: [{name: World}, {name: Economy}]
stories: [{name: The dam, dek: A river and its arithmetic.}]
publisher: {rights: CC BY 4.0}
"""
HERE = Path(__file__).parent
TITLES = (
    '<b>Guns</b> & "roses" ]]>',
    "\u2067RTL isolate\u2069 \U0001f600 emoji",
    "مالي & ليبيا",
    "据 <路透社>",
    "long " * 60,
)
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
OPS = "{http://www.idpf.org/2007/ops}"


class Desk:
    """A site, and its books."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(self, title: str, date: str = "2012-03-20", *lines: str, body: str = "Words.") -> None:
        name = slugify(title)
        text = "\n".join(["---", f"title: {title}", f"date: {date}", *lines, "---", body])
        (self.root / f"posts/{name}.md").write_text(text)

    def run(self, *arguments: str, **options: Any) -> commands.Outcome:
        return commands.run(self.root, "epub", "--now", NOW, *arguments, **options)

    def book(self, *arguments: str) -> "Book":
        outcome = self.run("--json", "--out", "book.epub", *arguments)
        assert (outcome.status, outcome.err) == (0, ""), outcome
        return Book(self.root / "book.epub", json.loads(outcome.out))


class Book:
    """A book's files, parsed."""

    def __init__(self, path: Path, told: Any = None) -> None:
        self.path = path
        self.told = told
        with ZipFile(path) as archive:
            self.names = archive.namelist()
            self.files = {
                name.removeprefix("OEBPS/"): archive.read(name) for name in archive.namelist()
            }

    def tree(self, name: str) -> Any:
        return etree.fromstring(self.files[name])

    def text(self, name: str) -> str:
        return " ".join("".join(self.tree(name).find(f"{XHTML}body").itertext()).split())

    def links(self, name: str) -> list[str]:
        return [link.get("href") for link in self.tree(name).iter(f"{XHTML}a")]

    @property
    def titles(self) -> list[str]:
        articles = sorted(name for name in self.files if name.startswith("article"))
        return [self.tree(name).findtext(f".//{XHTML}h1") for name in articles]

    def meta(self, name: str) -> list[str]:
        found = self.tree("package.opf").iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
        return [element.text for element in found]


@pytest.fixture
def desk(make_site: MakeSite) -> Desk:
    root = make_site({"authors.yaml": "ana: {name: Ana Ruiz, bio: She writes.}\n"}, CONFIG)
    (root / "posts").mkdir()
    return Desk(root)


# ---------------------------------------------------------------- which articles, in which order


def test_a_story_is_told_oldest_first(desk: Desk) -> None:
    desk.add("After", "2012-03-20", "story: The dam", "authors: [ana]")
    desk.add("Before", "2012-01-20", "story: The dam", "section: World", "tags: [Nile]")
    desk.add("Another", "2012-02-20")
    book = desk.book("--story", "the dam")
    assert book.titles == ["Before", "After"]
    assert book.meta("title") == ["The dam", "20 Jan\u2009–\u200920 Mar 2012"]
    assert book.meta("creator") == ["Ana Ruiz"]
    assert book.meta("description") == ["A river and its arithmetic."]
    assert book.meta("publisher") == ["The Desk"]
    assert book.meta("rights") == ["CC BY 4.0"]
    assert set(book.meta("subject")) == {"World", "Nile"}
    assert "She writes." in book.text("authors.xhtml")
    assert "https://desk.example/news/" in book.text("colophon.xhtml")
    assert book.told["articles"] == ["posts/before.md", "posts/after.md"]


def test_a_month_has_its_sections_as_parts(desk: Desk) -> None:
    desk.add("Grain", "2012-03-02", "section: Economy")
    desk.add("Guns", "2012-03-05", "section: World")
    desk.add("Dams", "2012-03-04", "section: World")
    desk.add("April", "2012-04-04", "section: World")
    book = desk.book("--month", "2012-03")
    assert book.titles == ["Dams", "Guns", "Grain"]
    assert book.meta("title")[0] == "The Desk, March 2012"
    parts = [span.text for span in book.tree("nav.xhtml").iter(f"{XHTML}span")]
    assert parts == ["World", "Economy"]


def test_posts_by_name_sections_authors_and_spans(desk: Desk) -> None:
    desk.add("One", "2012-03-01", "section: World", "authors: [ana]")
    desk.add("Two", "2012-03-02", "section: World")
    desk.add("Drei", "2012-03-03", "lang: de")
    assert desk.book("two", "one").titles == ["One", "Two"]
    assert desk.book("--section", "World").titles == ["One", "Two"]
    assert desk.book("--author", "ana").titles == ["One"]
    assert desk.book("--since", "2012-03-02").titles == ["Two", "Drei"]
    german = desk.book("--lang", "de")
    assert german.meta("language") == ["de"]
    assert "Über dieses Buch" in german.text("nav.xhtml")


@pytest.mark.parametrize(
    "line", ["status: draft", "status: unlisted", "status: withdrawn", "embargo: 2099-01-01"]
)
def test_nothing_that_is_not_published_is_in_it(desk: Desk, line: str) -> None:
    desk.add("Published", "2012-03-01", "story: The dam")
    hidden = ("story: The dam", "dek: canary", "authors: [canary]", "tags: [canary]", line)
    desk.add("Canary", "2012-03-02", *hidden, body="canary ![canary](canary.png)")
    (desk.root / "posts/canary.png").write_bytes(picture(60, 40, "PNG"))
    book = desk.book("--story", "The dam")
    assert not [name for name, data in book.files.items() if b"anary" in data]
    assert not [name for name in book.files if name.startswith("images/") and "png" not in name]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "which articles?\n  hint: name posts, or write --story"),
        (("--story", "The dma"), "there is no story 'The dma'\n  hint: did you mean 'The dam'?"),
        (("--month", "2012-05"), "there is no month with an article '2012-05'"),
        (("nobody",), "'nobody' names no published post"),
        (("--since", "2012-03-02"), "there is no such article for a book"),
        (("--lang", "fr"), "--lang: the site has nothing in 'fr'"),
        (("one", "--out", "static/x.epub"), "is among the site's own sources"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_said(
    desk: Desk, arguments: tuple[str, ...], says: str
) -> None:
    desk.add("One", "2012-03-01", "story: The dam")
    outcome = desk.run(*arguments)
    assert outcome.status == 2
    assert says in outcome.err


def test_its_file_is_named_after_it(desk: Desk) -> None:
    desk.add("One", "2012-03-01", "story: The dam")
    assert desk.run("--story", "The dam").out.startswith("The dam  (1 article)\n  the-dam.epub")
    assert (desk.root / "the-dam.epub").exists()


# ---------------------------------------------------------------- what is in it


def test_links_between_its_articles_stay_in_the_book(desk: Desk) -> None:
    links = "[two](two.md) [part](two.md#a-part) [away](three.md) [web](https://a.example/)"
    desk.add("One", "2012-03-01", body=f"{links} [note](#nowhere)")
    desk.add("Two", "2012-03-02", body="Words.\n\n## A part\n\nMore [back](one.md).")
    desk.add("Three", "2012-03-03")
    book = desk.book("one", "two")
    assert book.links("article-001.xhtml") == [
        "article-002.xhtml",
        "article-002.xhtml#a-part",
        "https://desk.example/news/2012/03/03/three/",
        "https://a.example/",
        None,
        "https://desk.example/news/2012/03/01/one/",
    ]


def test_footnotes_are_known_as_such(desk: Desk) -> None:
    desk.add("One", body="Text[^1].\n\n[^1]: The note.\n")
    tree = desk.book("one").tree("article-001.xhtml")
    (reference,) = tree.findall(f".//{XHTML}a[@{OPS}type='noteref']")
    (note,) = tree.findall(f".//{XHTML}li[@{OPS}type='footnote']")
    assert reference.get("href") == f"#{note.get('id')}"


def test_pictures_are_in_it_in_formats_that_books_have(desk: Desk) -> None:
    kinds = {"a.jpg": "JPEG", "b.webp": "WEBP", "c.avif": "AVIF", "d é.png": "PNG"}
    for name, form in kinds.items():
        (desk.root / "posts" / name).write_bytes(picture(1300, 700, form))
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script/><path d="M0 0"/></svg>'
    (desk.root / "posts/e.svg").write_text(drawing)
    shown = " ".join(f"![It](<{name}>)" for name in (*kinds, "e.svg"))
    desk.add("One", body=f"{shown} ![far](https://other.example/x.png)")
    book = desk.book("one")
    images = [image.get("src") for image in book.tree("article-001.xhtml").iter(f"{XHTML}img")]
    assert [Path(src).suffix for src in images] == [".jpg", ".jpg", ".jpg", ".png", ".svg"]
    assert set(images) <= book.files.keys()
    assert b"onload" not in book.files[images[-1]]
    assert b"script" not in book.files[images[-1]]
    assert "https://other.example/x.png" in book.links("article-001.xhtml")


def test_pictures_do_not_tell_where_they_were_taken(desk: Desk) -> None:
    for name, width in (("small.jpg", 90), ("large.jpg", 1400)):
        (desk.root / "posts" / name).write_bytes(picture(width, 60, exif=placed()))
    desk.add("One", body="![It](small.jpg) ![It](large.jpg)")
    images = [data for name, data in desk.book("one").files.items() if name.endswith(".jpg")]
    assert len(images) == 2
    assert not any(b"Secret Phone" in data or b"Bamako" in data for data in images)


def test_what_was_put_right_and_where_it_comes_from_is_told(desk: Desk) -> None:
    mended = "corrections: [{date: 2012-04-01, text: It was Tuesday.}]"
    sources = "sources: [{title: A report, url: 'https://a.example/r'}]"
    desk.add("One", "2012-03-01", mended, sources, "key_points: [First this.]", "dek: The dek.")
    text = desk.book("one").text("article-001.xhtml")
    for words in ("It was Tuesday.", "A report", "First this.", "The dek.", "Key points"):
        assert words in text


def test_it_has_a_cover(desk: Desk) -> None:
    desk.add("One", "2012-03-01", "story: The dam", "authors: [ana]")
    book = desk.book("--story", "The dam")
    (item,) = book.tree("package.opf").findall(f".//{OPF}item[@properties='cover-image']")
    shown = opened(book.files[item.get("href")])
    assert shown.size == (1200, 1800)
    (image,) = book.tree("cover.xhtml").iter(f"{XHTML}img")
    assert (image.get("src"), image.get("alt")) == (item.get("href"), "The dam")
    assert len(set(shown.convert("L").tobytes())) > 5  # there are letters on it
    desk.add("大坝", "2012-03-02", "story: 大坝", "lang: zh", "slug: ba")
    assert desk.book("--story", "大坝").titles == ["大坝"]  # for which no font has come


def test_right_to_left_books_turn_their_pages_that_way(desk: Desk) -> None:
    desk.add("سد", "2012-03-01", "lang: ar", "slug: dam")
    book = desk.book("dam")
    spine = book.tree("package.opf").find(f"{OPF}spine")
    assert spine.get("page-progression-direction") == "rtl"
    assert book.tree("article-001.xhtml").get("dir") == "rtl"


def test_the_same_site_makes_the_same_bytes(desk: Desk) -> None:
    (desk.root / "posts/a.jpg").write_bytes(picture(1300, 700))
    desk.add("One", body="![It](a.jpg)")
    first = desk.book("one").path.read_bytes()
    elsewhere = {"TZ": "Asia/Kathmandu", "SOURCE_DATE_EPOCH": "1700000000"}
    assert desk.run("one", "--out", "other.epub", environment=elsewhere).status == 0
    assert (desk.root / "other.epub").read_bytes() == first
    with ZipFile(io.BytesIO(first)) as archive:
        entry = archive.infolist()[0]
        assert (entry.filename, entry.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read(entry) == b"application/epub+zip"


# ---------------------------------------------------------------- the checker


def test_epubcheck_finds_nothing(repository: Path, tmp_path: Path) -> None:
    """In a book of all that the own site has, and of articles in which all is wrong."""
    site = copy_publication(repository, tmp_path / "site")
    desk = Desk(site)
    for name, form in (("böse bild.jpg", "JPEG"), ("x.webp", "WEBP"), ("lie.png", "PNG")):
        (site / "posts" / name).write_bytes(picture(200, 120, form))
    (site / "posts/evil.svg").write_text((HERE / "hostile.svg").read_text())
    bodies = (HERE / "hostile.html").read_text().splitlines()
    texts = list(hostile())[::20]
    for number, body in enumerate(bodies):
        title = json.dumps(f"{number} {TITLES[number % len(TITLES)]}", ensure_ascii=False)
        lang = ("en", "ar", "zh")[number % 3]
        image = ("böse bild.jpg", "evil.svg")[number % 2]
        lines = (f"lang: {lang}", f"slug: p{number}", 'section: "<war> & \\"peace\\""')
        more = (f"image: {{src: {image}, caption: ']]> & <b>'}}", f"dek: {quoted(texts[number])}")
        desk.add(title, "2012-03-01", *lines, *more, body=f"Note[^1].\n\n{body}\n\n[^1]: A <div>")
    book = desk.book("--since", "2012-01-01")
    assert len(book.titles) > len(bodies) + 15
    assert epubcheck.faults(book.path) == []
