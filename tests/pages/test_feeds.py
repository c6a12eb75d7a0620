from __future__ import annotations

import html
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

import feedparser  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from blogforge.images import Image
from blogforge.pages.feed_xml import ATOM as ATOM_1_0
from blogforge.pages.feed_xml import CONTENT, MEDIA, RSS
from blogforge.pages.feeds import JSON, Category, Channel, Entry, Format, Writer
from blogforge.pages.wire import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[Channel, list[Entry]], bytes]


def written(form: Format, channel: Channel, entries: list[Entry]) -> bytes:
    return form.feed(channel, [form.entry(entry, channel.language) for entry in entries])


rss: Write = partial(written, RSS)
atom: Write = partial(written, ATOM_1_0)
json_feed: Write = partial(written, JSON)
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
NEW = datetime(2012, 3, 22, 18, 0, tzinfo=timezone(timedelta(hours=2)))
OLD = datetime(2012, 3, 21, 9, 30, tzinfo=UTC)
CHANNEL = Channel(
    title="The Dispatch",
    url="https://example.org/",
    feed_url="https://example.org/feed.xml",
    dek="News & what it means",
    language="en",
    publisher_name="Dispatch Media",
    logo="https://example.org/logo.png",
    updated=NEW,
)
ENTRY = Entry(
    id="https://example.org/2012/03/21/mali/",
    url="https://example.org/2012/03/21/mali/",
    title="Soldiers take the palace",
    dek="What the mutiny means",
    html='<p>Read <a href="/about/">about</a> it.<sup id="mali-fn1">1</sup></p>',
    date=OLD,
    modified=NEW,
    authors=(
        Writer("Ada Diallo", "https://example.org/author/ada/", "https://example.org/ada.jpg"),
        Writer("Bo Ek"),
    ),
    categories=(
        Category("Africa", "https://example.org/section/"),
        Category("Mali", "https://example.org/tag/"),
        Category("Africa", "https://example.org/tag/"),
        Category("Coups"),
    ),
    image=Image(src="https://example.org/p.jpg", alt="A palace", credit="Eve Roy / Agency"),
    image_size=(1200, 800),
    lang="en",
)
SECOND = Entry(
    id="https://example.org/2012/03/20/libye/",
    url="https://example.org/2012/03/20/libye/",
    title="Après la guerre",
    html="<p>Texte</p>",
    date=OLD - timedelta(days=1),
    modified=OLD - timedelta(days=1),
    lang="fr",
)
HOSTILE = [
    "</script><script>alert(1)</script>",
    "a ]]> b",
    "R&D &amp; <b>",
    "🗞️ \u202bاليمن\u202c",
    "quotes \" and ' <!-- -->",
]
all_formats = pytest.mark.parametrize("write", [rss, atom, json_feed])
xml_formats = pytest.mark.parametrize("write", [rss, atom])


def parsed(data: bytes) -> Any:
    feed = feedparser.parse(data)
    assert not feed.bozo, feed.bozo_exception
    return feed


def titles(write: Write, data: bytes) -> list[str | None]:
    if write is json_feed:
        return [item.get("title") for item in json.loads(data)["items"]]
    return [t.text for t in etree.fromstring(data).iter("{*}title") if t.getparent() is not t]


@xml_formats
def test_a_reader_sees_every_field(write: Write) -> None:
    feed = parsed(write(CHANNEL, [ENTRY, SECOND]))
    assert feed.feed.title == "The Dispatch"
    assert feed.feed.link == "https://example.org/"
    assert feed.feed.language == "en"
    assert feed.feed.generator == "blogforge"
    first, second = feed.entries
    assert (first.id, first.link) == (ENTRY.id, ENTRY.url)
    assert first.title == ENTRY.title
    assert first.summary == ENTRY.dek
    assert first.published_parsed[:5] == (2012, 3, 21, 9, 30)
    assert [a.name for a in first.authors] == ["Ada Diallo", "Bo Ek"]
    assert [t.term for t in first.tags] == ["Africa", "Mali", "Coups"]
    assert 'href="https://example.org/about/"' in first.content[0].value
    assert second.title == "Après la guerre"
    assert second.content[0].value == "<p>Texte</p>"


@xml_formats
def test_the_feed_carries_its_newest_change(write: Write) -> None:
    feed = parsed(write(CHANNEL, [ENTRY]))
    assert feed.feed.updated_parsed[:5] == (2012, 3, 22, 16, 0)


def test_atom_entries_carry_their_own_change() -> None:
    assert parsed(atom(CHANNEL, [ENTRY])).entries[0].updated == "2012-03-22T18:00:00+02:00"


def test_rss_declares_its_namespaces_and_keeps_the_order_of_elements() -> None:
    root = etree.fromstring(rss(CHANNEL, [ENTRY]))
    assert set(root.nsmap) == {"atom", "content", "dc", "media"}
    assert root.nsmap["media"] == "http://search.yahoo.com/mrss/"
    item = root.find("channel/item")
    assert item is not None
    names = [etree.QName(child).localname for child in item]
    assert names.index("description") < names.index("encoded")
    assert "author" not in names
    assert [e.text for e in item.findall(f"{DC}creator")] == ["Ada Diallo", "Bo Ek"]


def test_rss_names_itself_and_its_page() -> None:
    channel = etree.fromstring(rss(CHANNEL, [])).find("channel")
    assert channel is not None
    own = channel.find(f"{ATOM}link")
    assert own is not None
    assert dict(own.attrib.items()) == {"href": CHANNEL.feed_url, "rel": "self"}
    assert channel.findtext("link") == CHANNEL.url
    assert channel.findtext("description") == "News &amp; what it means"
    assert channel.findtext("lastBuildDate") == "Thu, 22 Mar 2012 18:00:00 +0200"
    assert channel.findtext("image/url") == CHANNEL.logo


def test_a_feed_has_the_publication_s_icon() -> None:
    channel = replace(CHANNEL, icon="https://example.org/i.svg")
    assert etree.fromstring(atom(channel, [])).findtext(f"{ATOM}icon") == channel.icon
    assert json.loads(json_feed(channel, []))["favicon"] == channel.icon


@xml_formats
def test_an_id_has_no_characters_that_xml_forbids(write: Write) -> None:
    assert (
        parsed(write(CHANNEL, [replace(ENTRY, id="tag:a,2012:\x01b")])).entries[0].id.endswith("b")
    )


def test_atom_names_itself_and_its_page() -> None:
    root = etree.fromstring(atom(CHANNEL, [ENTRY]))
    links = [(e.get("rel"), e.get("href")) for e in root.findall(f"{ATOM}link")]
    assert links == [("self", CHANNEL.feed_url), ("alternate", CHANNEL.url)]
    content = root.find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    uris = [e.text for e in root.findall(f"{ATOM}entry/{ATOM}author/{ATOM}uri")]
    assert uris == ["https://example.org/author/ada/"]


@xml_formats
def test_pictures_have_type_size_and_credit(write: Write) -> None:
    [content] = etree.fromstring(write(CHANNEL, [ENTRY, SECOND])).iter(f"{{{MEDIA}}}content")
    assert dict(content.attrib.items()) == {
        "url": "https://example.org/p.jpg",
        "type": "image/jpeg",
        "medium": "image",
        "width": "1200",
        "height": "800",
    }
    assert content.findtext(f"{{{MEDIA}}}credit") == "Eve Roy / Agency"
    assert content.findtext(f"{{{MEDIA}}}description") == "A palace"


def test_a_picture_of_unknown_kind_and_size_says_neither() -> None:
    entry = replace(ENTRY, image=Image(src="https://example.org/p?id=1"), image_size=None)
    [content] = etree.fromstring(rss(CHANNEL, [entry])).iter(f"{{{MEDIA}}}content")
    assert dict(content.attrib.items()) == {"url": "https://example.org/p?id=1", "medium": "image"}
    assert len(content) == 0


def test_json_feed_has_what_version_1_1_requires() -> None:
    feed = json.loads(json_feed(CHANNEL, [ENTRY, SECOND]))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == CHANNEL.title
    assert feed["home_page_url"] == CHANNEL.url
    assert feed["feed_url"] == CHANNEL.feed_url
    first, second = feed["items"]
    assert first["id"] == ENTRY.id
    assert first["date_published"] == "2012-03-21T09:30:00+00:00"
    assert first["date_modified"] == "2012-03-22T18:00:00+02:00"
    assert first["authors"] == [
        {
            "name": "Ada Diallo",
            "url": "https://example.org/author/ada/",
            "avatar": "https://example.org/ada.jpg",
        },
        {"name": "Bo Ek"},
    ]
    assert first["tags"] == ["Africa", "Mali", "Coups"]
    assert first["image"] == "https://example.org/p.jpg"
    assert "https://example.org/about/" in first["content_html"]
    assert second["language"] == "fr"
    assert "summary" not in second


def test_a_json_item_always_has_content() -> None:
    entry = replace(ENTRY, html="<script>only()</script>")
    assert json.loads(json_feed(CHANNEL, [entry]))["items"][0]["content_html"] == ""


@xml_formats
def test_an_empty_feed_is_a_feed(write: Write) -> None:
    feed = parsed(write(replace(CHANNEL, dek="", logo=""), []))
    assert feed.entries == []
    assert feed.feed.title == "The Dispatch"


def test_an_empty_json_feed_has_no_items() -> None:
    assert json.loads(json_feed(CHANNEL, []))["items"] == []


def test_entries_in_another_language_say_so() -> None:
    items = etree.fromstring(rss(CHANNEL, [ENTRY, SECOND])).findall("channel/item")
    assert [item.findtext(f"{DC}language") for item in items] == [None, "fr"]
    entries = etree.fromstring(atom(CHANNEL, [ENTRY, SECOND])).findall(f"{ATOM}entry")
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [entry.get(lang) for entry in entries] == [None, "fr"]


@all_formats
@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_arrive_as_written(write: Write, title: str) -> None:
    channel = replace(CHANNEL, title=title)
    data = write(channel, [replace(ENTRY, title=title, dek=title, authors=(Writer(title),))])
    assert title in titles(write, data)
    if write is not json_feed:
        parsed(data)


def test_an_rss_dek_is_text_in_html() -> None:
    item = etree.fromstring(rss(CHANNEL, [replace(ENTRY, dek="a < b & c")])).find("channel/item")
    assert item is not None
    assert item.findtext("description") == "a &lt; b &amp; c"


def test_without_a_dek_the_article_is_still_content_and_no_description() -> None:
    item = etree.fromstring(rss(CHANNEL, [SECOND])).find("channel/item")
    assert item is not None
    assert item.find("description") is None
    assert item.findtext(f"{{{CONTENT}}}encoded") == "<p>Texte</p>"


@all_formats
@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=40))
def test_any_title_and_dek_round_trip(write: Write, text: str) -> None:
    data = write(replace(CHANNEL, title="T", dek=text), [replace(ENTRY, title=text, dek=text)])
    expected = plain(text)
    if write is json_feed:
        item = json.loads(data)["items"][0]
        assert item.get("title", "") == expected
        assert item.get("summary", "") == expected
        return
    entry = next(etree.fromstring(data).iter("item", f"{ATOM}entry"))
    assert entry.findtext("{*}title") == (expected.strip() or ENTRY.url)
    dek = entry.findtext("{*}description" if write is rss else "{*}summary") or ""
    assert (html.unescape(dek) if write is rss else dek) == expected


@all_formats
def test_a_correction_changes_no_id(write: Write) -> None:
    corrected = replace(ENTRY, title="Another", html="<p>New</p>", modified=NEW + timedelta(days=1))
    before, after = (write(CHANNEL, [entry]) for entry in (ENTRY, corrected))
    assert before != after
    if write is json_feed:
        ids = [json.loads(data)["items"][0]["id"] for data in (before, after)]
    else:
        ids = [parsed(data).entries[0].id for data in (before, after)]
    assert ids == [ENTRY.id, ENTRY.id]


@pytest.mark.parametrize(
    ("given", "atom_id"),
    [
        ("tag:example.org,2012:mali", "tag:example.org,2012:mali"),
        ("https://old.example/?p=12", "https://old.example/?p=12"),
        ("tag:a#1#correction", "urn:uuid:c23d0c40-e1c6-5dfb-9479-ed6a4a19c715"),
        ("12 at https://old.example", "urn:uuid:ea50c335-74ec-5996-a259-dba8f05b9f79"),
    ],
)
def test_an_id_that_its_author_gives_moves_with_the_entry(given: str, atom_id: str) -> None:
    entry = replace(ENTRY, id=given)
    [guid] = etree.fromstring(rss(CHANNEL, [entry])).iter("guid")
    assert (guid.text, guid.get("isPermaLink")) == (given, "false")
    assert json.loads(json_feed(CHANNEL, [entry]))["items"][0]["id"] == given
    assert parsed(atom(CHANNEL, [entry])).entries[0].id == atom_id


@xml_formats
def test_hubs_and_help_are_links_of_the_feed(write: Write) -> None:
    hubs = ("https://hub.example/", "https://other.example/?a=1&b")
    channel = replace(CHANNEL, hubs=hubs, help_url="https://example.org/follow/", help="A feed: ")
    root = etree.fromstring(write(channel, [ENTRY]))
    head = root.find("channel") if write is rss else root
    assert head is not None
    links = {(e.get("rel"), e.get("href")): e.get("title") for e in head.findall(f"{ATOM}link")}
    assert {("hub", hub) for hub in hubs} <= links.keys()
    assert links["related", "https://example.org/follow/"] == "A feed: "
    assert parsed(write(channel, [ENTRY])).feed.link == CHANNEL.url


def test_json_feed_names_hubs_and_says_what_it_is() -> None:
    feed = json.loads(
        json_feed(
            replace(
                CHANNEL,
                hubs=("https://hub.example/",),
                help="H",
                help_url="https://example.org/follow/",
            ),
            [],
        )
    )
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert feed["user_comment"] == "H https://example.org/follow/"


def test_categories_name_the_list_that_they_are_from() -> None:
    lists = ["https://example.org/section/", "https://example.org/tag/", None]
    item = etree.fromstring(rss(CHANNEL, [ENTRY])).find("channel/item")
    assert item is not None
    assert [e.get("domain") for e in item.findall("category")] == lists
    entry = etree.fromstring(atom(CHANNEL, [ENTRY])).find(f"{ATOM}entry")
    assert entry is not None
    assert [e.get("scheme") for e in entry.findall(f"{ATOM}category")] == lists


def test_a_guid_is_a_permalink_only_where_it_is_the_address() -> None:
    moved = replace(ENTRY, url="https://example.org/new/")
    guids = etree.fromstring(rss(CHANNEL, [ENTRY, moved])).iter("guid")
    assert [guid.get("isPermaLink") for guid in guids] == ["true", "false"]


@all_formats
def test_the_same_input_gives_the_same_bytes(write: Write) -> None:
    first = write(CHANNEL, [ENTRY, SECOND])
    assert write(CHANNEL, [ENTRY, SECOND]) == first
    assert b"2026" not in first


@xml_formats
def test_moments_that_no_feed_can_write_become_utc(write: Write) -> None:
    odd = datetime(1880, 1, 1, tzinfo=timezone(timedelta(minutes=19, seconds=32)))
    feed = parsed(write(replace(CHANNEL, updated=odd), [replace(ENTRY, date=odd, modified=odd)]))
    assert feed.entries[0].published_parsed[:6] == (1879, 12, 31, 23, 40, 28)


@xml_formats
def test_a_stylesheet_precedes_the_root(write: Write) -> None:
    channel = replace(CHANNEL, stylesheet="https://example.org/feed.css?a=1&b=2")
    root = etree.fromstring(write(channel, [ENTRY]))
    instruction = root.getprevious()
    assert isinstance(instruction, etree._ProcessingInstruction)
    assert instruction.target == "xml-stylesheet"
    assert instruction.text == 'type="text/css" href="https://example.org/feed.css?a=1&amp;b=2"'


def test_rss_leaves_out_a_logo_that_it_may_not_show() -> None:
    channel = replace(CHANNEL, logo="https://example.org/logo.svg")
    assert b"<image>" not in rss(channel, [])
    assert b"<logo>https://example.org/logo.svg</logo>" in atom(channel, [])


@pytest.mark.parametrize("form", ["feed_xml.RSS", "feed_xml.ATOM", "feeds.JSON"])
def test_a_feed_whose_entries_were_written_earlier_needs_nothing_of_them(form: str) -> None:
    code = f"""
from datetime import UTC, datetime
from blogforge.pages import feed_xml, feeds
channel = feeds.Channel(
    title="The Dispatch",
    url="https://example.org/",
    feed_url="https://example.org/feed",
    language="en",
    publisher_name="Dispatch Media",
    updated=datetime(2012, 3, 22, tzinfo=UTC),
)
print({form}.feed(channel, []).decode())
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "The Dispatch" in run.stdout
