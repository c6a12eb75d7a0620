"""Feeds of every kind, and what tends to be wrong in them."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser  # type: ignore[import-untyped]  # it ships no annotations
import pytest
from msgspec import to_builtins

from blogforge.errors import ContentError
from blogforge.importers.feed import pages, read
from blogforge.importers.feed.dates import written
from blogforge.importers.feed.pages import channel
from blogforge.importers.found import Found, Instructions, Item
from blogforge.importers.source import opened

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
from tests.fetching.test_fetching import answer, local, serving

SAMPLES = Path(__file__).parent / "samples" / "feed"
DESK = "https://www.desk.example"

# What each entry of the samples becomes, by its title; the cases that feeds are known for.
EXPECTED: dict[str, dict[str, Any]] = {
    "How Libya’s guns came to Mali": {  # escaped twice; a guid that is no permalink
        "old": f"{DESK}/2012/03/21/libya-mali/",
        "id": f"{DESK}/?p=101",
        "date": "2012-03-21T22:30:00+01:00",
        "dek": "The fall of one regime has armed a revolt against another.",
        "authors": ("inès-kaboret", "tomas-wexelholm"),
        "tags": ("Africa", "Arms"),
        "slug": "libya-mali",
        "extra": {"feed": {"georss:point": "17.6 -3.9"}},
    },
    "Libya's open bunkers: 5 < 6, and x<y": {  # tags in a title, signs that are none; a mail
        "old": f"{DESK}/2012/02/14/open-bunkers.html",
        "slug": "open-bunkers",
        "authors": ("inès-kaboret",),
        "dek": "",
    },
    "The price of a strait": {  # an excerpt is no dek; a zone that nobody knows; a picture twice
        "date": "2012-07-24T10:00:00",
        "dek": "",
        "image": None,
        "id": f"{DESK}/?p=103",
    },
    "A rig as a flag": {  # another entry's id; a date as pages print it; a picture with a credit
        "id": "",
        "date": "2014-05-20",
        "image": {
            "src": f"{DESK}/img/rig.jpg",
            "alt": "",
            "caption": "Fishing boats near the platform.",
            "credit": "Hoang Dinh",
        },
        "told": ["only the beginning", "another entry has its id"],
    },
    "The bridge at Gao is open again": {  # no title, a date that is none
        "date": "",
        "told": ["it has no title", "its date cannot be read: 'Wed, 32 Foo 2012'", "a summary"],
    },
    "Listen: the road to Kidal": {  # a podcast
        "date": "2014-03-03",
        "slug": "",
        "authors": ("the-data-desk",),
        "extra": {"feed": {"itunes:duration": "12:30"}},
        "has": '<audio controls preload="none" src="https://media.example/kidal.mp3?dl=1">',
    },
    "Code in a feed, and what ends it": {  # CDATA within CDATA; dc:date; another feed's entry
        "date": "2014-01-21T08:00:00-05:00",
        "extra": {"feed": {"source": "The Other Desk"}},
        "has": "a[b[0]]>1",
    },
    "Uranium by the kilo": {  # Atom with a prefix, XHTML, bases within bases, an entry's language
        "old": "https://atom.example/blog/2013/uranium",
        "authors": ("ruth-okpalla-dene", "salma-idrazen"),
        "date": "2013-03-12T09:05:00+00:00",
        "updated": "2013-03-13T10:00:00+00:00",
        "dek": "What it costs, and whom.",
        "tags": ("Niger",),
        "language": "fr",
        "has": '<a href="https://atom.example/blog/2013/autre">ici</a> et <a href="#note">',
        "extra": {"feed": {"contributors": "Linh Vasquelle"}},
    },
    "Not HTML: <b> &amp; co": {  # text that looks like HTML; only a date of change
        "date": "2013-06-18T00:00:00+02:00",
        "updated": "",
        "authors": ("the-desk",),
        "has": "with a &lt;b&gt; in it.</p>\n<p>Second paragraph,<br>in two lines.</p>",
    },
    "Elsewhere": {"told": ["its content is not in the feed but at", "only the beginning"]},
    "Packed": {"told": ["of the type application/zip", "only the beginning"]},
    "The rice that would not sell": {  # a number as id, an author as of version 1, extensions
        "id": "7",
        "old": "https://json.example/2014/rice",
        "authors": ("linh-vasquelle",),
        "tags": ("Rice", "Asia"),
        "has": '<a href="https://json.example/2014/salt">Salt</a>',
        "extra": {"feed": {"_feedpress": {"x": 1}, "external_url": "https://other.example/rice"}},
    },
    "Salt, still": {  # text instead of HTML, an attachment
        "authors": ("the-data-desk",),
        "has": "<p>Nor does &lt;b&gt;it&lt;/b&gt; wait.</p>\n"
        '<p><a href="https://json.example/2014/salt.pdf">The tables</a></p>',
    },
    "No title and no address: only this sentence, which is…": {"old": "", "id": "8"},
    "A booth for one": {"id": "https://rdf.example/1", "date": "2005-05-21"},  # RSS 1.0
    "Le café de la gare": {"has": "Il est fermé", "date": "", "language": "fr"},  # 0.91, Latin-1
}


@cache
def samples() -> Found:
    with opened(str(SAMPLES)) as source:
        return read(source, Instructions())


def item(title: str) -> Item:
    (only,) = [each for each in samples().items if each.title == title]
    return only


def of(folder: Path, text: str) -> Found:
    """What is found in a feed of these entries."""
    return of_bytes(folder, f"<rss><channel><title>T</title>{text}</channel></rss>".encode())


def of_bytes(folder: Path, data: bytes) -> Found:
    (folder / "feed.xml").write_bytes(data)
    with opened(str(folder / "feed.xml")) as source:
        return read(source, Instructions())


def test_every_entry_is_in_the_table_or_left_out() -> None:
    assert {each.title for each in samples().items} == {*EXPECTED}
    reasons = sorted(each.reason for each in samples().left_out)
    assert reasons == [
        "it is no entry of a feed",
        f"the feed has it twice: '{DESK}/?p=103'",
    ]
    assert samples().counted == len(samples().items) + 2


@pytest.mark.parametrize("title", EXPECTED)
def test_an_entry_becomes_a_post(title: str) -> None:
    post, expected = item(title), dict(EXPECTED[title])
    has, told = expected.pop("has", ""), expected.pop("told", None)
    values = to_builtins(post)
    assert {key: values[key] for key in expected} == expected
    assert has in post.body
    if told is not None:
        assert len(post.notes) == len(told)
        assert all(part in note.what for part, note in zip(told, post.notes, strict=True))


def test_no_mail_address_is_kept() -> None:
    assert "@" not in str(samples().people)
    assert not [each.title for each in samples().items if "@" in str(each)]


def test_entries_are_told_by_their_line() -> None:
    lines = (SAMPLES / "rss.xml").read_text(encoding="utf-8").splitlines()
    for each in samples().items:
        if each.origin.path == "rss.xml":
            assert lines[each.origin.line - 1] == "<item>", each.title


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "old.rdf", "rss091.xml"])
def test_feedparser_finds_the_same_entries(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    theirs = feedparser.parse(io.BytesIO(data)).entries
    ours = channel(data, name).entries
    assert [each.id for each in ours] == [each.get("id", "") for each in theirs]
    assert len(ours) == len(theirs)


def test_one_category_an_entry_is_its_section(tmp_path: Path) -> None:
    entry = "<item><title>{0}</title><link>https://x.example/{0}</link>{1}</item>"
    one, two = "<category>Africa</category>", "<category>Asia</category>"
    alone = of(tmp_path, entry.format(1, one) + entry.format(2, two)).items
    assert [each.section for each in alone] == ["Africa", "Asia"]
    first, second = of(tmp_path, entry.format(1, one) + entry.format(2, one + two)).items
    assert (first.section, first.tags) == ("", ("Africa",))
    assert (second.section, second.tags) == ("", ("Africa", "Asia"))


def test_a_newer_version_takes_the_older_ones_place(tmp_path: Path) -> None:
    entry = (
        "<entry xmlns='http://www.w3.org/2005/Atom'><id>1</id><title>T</title>"
        "<updated>{0}</updated><content>{0}</content></entry>"
    )
    both = entry.format("2012-03-21T10:00:00Z") + entry.format("2012-03-22T10:00:00Z")
    found = of(tmp_path, both)
    (post,) = found.items
    assert "2012-03-22" in post.body
    assert len(found.left_out) == 1


def test_a_web_page_names_its_feed(tmp_path: Path) -> None:
    page = b'<!DOCTYPE html><html><head><link rel=alternate type="application/rss+xml" href="/f">'
    with pytest.raises(ContentError, match="a web page, not a feed") as error:
        of_bytes(tmp_path, page)
    assert "/f" in str(error.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<rss><channel><item></channel></rss>", "no XML"),
        (b"<svg/>", "begins with <svg>"),
        (b'{"items": 3}', "no list 'items'"),
        (b'{"items": [', "no JSON"),
        (b"", "no XML"),
        (b"hello", "no XML"),
    ],
)
def test_what_is_no_feed_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(ContentError, match=message):
        of_bytes(tmp_path, data)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Wed, 21 Mar 2012 21:30:00 GMT", "2012-03-21T21:30:00+00:00"),
        ("21 Mar 12 21:30 EST", "2012-03-21T21:30:00-05:00"),
        ("Wed, 21 Mar 2012 21:30:00 CEST", "2012-03-21T21:30:00"),
        ("2012-03-21T21:30:00.5Z", "2012-03-21T21:30:00+00:00"),
        ("2012-03-21 21:30", "2012-03-21T21:30:00"),
        ("20120321", "2012-03-21"),
        ("2012-03-21", "2012-03-21"),
        ("21 mars 2012", "2012-03-21"),
        ("0001-01-01T00:00:00Z", ""),
        ("yesterday", ""),
        ("Wed, 32 Mar 2012 21:30:00 GMT", ""),
        ("", ""),
    ],
)
def test_dates_in_good_forms_and_bad(text: str, date: str) -> None:
    assert written(text) == date


PAGE = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>{0}"
    "<entry><id>{1}</id><title>{1}</title><link href='/{1}'/><content>{1}</content></entry></feed>"
)


def test_a_feed_is_read_with_all_its_pages() -> None:
    bodies = {
        "/feed": PAGE.format("<link rel='next' href='/feed?page=2'/>", "one"),
        "/feed?page=2": PAGE.format("<link rel='next' href='feed?page=3'/>", "two"),
        "/feed?page=3": PAGE.format("<link rel='next' href='/feed'/>", "three"),  # round and round
    }

    def respond(handler: BaseHTTPRequestHandler) -> None:
        answer(handler, body=bodies[handler.path].encode())

    with serving(respond) as url, opened(f"{url}/feed") as source, local() as client:
        found = read(source, Instructions(), client)
    assert [each.title for each in found.items] == ["one", "two", "three"]
    assert found.items[0].old == f"{url}/one"
    assert not found.problems


@pytest.mark.parametrize("target", ["/gone", "file:///etc/passwd", "http://10.0.0.1/"])
def test_a_further_page_that_is_not_to_be_had_is_told(target: str) -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        body = PAGE.format(f"<link rel='next' href='{target}'/>", "one").encode()
        answer(handler, 404 if handler.path == "/gone" else 200, body)

    with serving(respond) as url, opened(f"{url}/feed") as source, local() as client:
        found = read(source, Instructions(), client)
    assert [each.title for each in found.items] == ["one"]
    assert "its next page is missing" in found.problems[0].message


def test_an_endless_feed_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_MOST_PAGES", 3)

    def respond(handler: BaseHTTPRequestHandler) -> None:
        number = int(handler.path.strip("/"))
        link = f"<link rel='next' href='/{number + 1}'/>"
        answer(handler, body=PAGE.format(link, f"n{number}").encode())

    with serving(respond) as url, opened(f"{url}/1") as source, local() as client:
        found = read(source, Instructions(), client)
    assert len(found.items) == 3
    assert "which was not read any more" in found.problems[0].message


def test_an_address_without_a_feed_is_an_error() -> None:
    with (
        serving(lambda handler: answer(handler, 404)) as url,
        opened(url) as source,
        local() as client,
        pytest.raises(ContentError, match="it answers 404"),
    ):
        read(source, Instructions(), client)


def test_an_address_that_leads_inward_is_not_asked() -> None:
    with (
        opened("http://169.254.169.254/feed") as source,
        pytest.raises(ContentError, match="not public"),
    ):
        read(source, Instructions())
