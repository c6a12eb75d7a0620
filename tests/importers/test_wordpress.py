"""Exports of WordPress, read: a sample desk with what tends to go wrong, case by case."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from blogforge.errors import BlogforgeError, ConfigError, ContentError
from blogforge.importers.found import Found, Instructions, Item
from blogforge.importers.moving import Asked, move
from blogforge.importers.source import opened
from blogforge.importers.wordpress import dates, read
from tests.importers.desk import png

SAMPLE = Path(__file__).parent / "samples" / "wordpress.xml"


def found_in(path: Path) -> Found:
    with opened(str(path)) as source:
        return read(source, Instructions())


@cache
def sample() -> Found:
    return found_in(SAMPLE)


def item(key: int) -> Item:
    return next(each for each in sample().items if each.key == f"wordpress:{key}")


def notes(key: int) -> str:
    return "\n".join(note.what for note in item(key).notes)


def reason(name: str) -> str:
    return next(each.reason for each in sample().left_out if each.origin.item == name)


CASES: dict[str, tuple[Callable[[], Any], Any]] = {
    "a title is plain text": (lambda: item(10).title, "A port in search of a sea"),
    "a title keeps its signs": (
        lambda: item(42).title,
        'A title: with "quotes", #tags and {{ braces }}',
    ),
    "a post without a title": (
        lambda: item(14).title,
        "An aside without a headline, written on a telephone between two…",
    ),
    "the excerpt is the dek": (
        lambda: item(10).dek,
        "Nobody had asked the fishermen & their wives.",
    ),
    "a subtitle goes before it": (lambda: item(42).dek, "A subtitle that is the dek"),
    "and the excerpt is kept": (lambda: item(42).extra["excerpt"], "An excerpt beside it."),
    "a description for search engines": (
        lambda: item(11).dek,
        "What a slab of salt is worth.",
    ),
    "the offset of a date": (lambda: item(10).date, "2024-01-15T10:00:00+01:00"),
    "in summer": (lambda: item(16).date, "2031-05-01T06:00:00+02:00"),
    "a draft's date": (lambda: item(17).date, "2024-01-20 11:00"),
    "changed on another day": (lambda: item(11).updated, "2024-02-20T08:00:00+01:00"),
    "not changed since": (lambda: item(10).updated, ""),
    "the zone of all dates": (lambda: sample().settings["timezone"], "Europe/Berlin"),
    "a child of a section": (
        lambda: (item(10).section, item(10).tags),
        ("Africa", ("Mali", "Grain", "Ports")),
    ),
    "the primary category": (
        lambda: (item(11).section, item(11).tags),
        ("Arts & Culture", ("Mali",)),
    ),
    "no category at all": (lambda: (item(14).section, item(14).tags), ("", ())),
    "a series": (lambda: item(43).story, "The toll road"),
    "a section's description": (
        lambda: [each.dek for each in sample().taxa if each.name == "Africa"],
        ["From the Sahel to the Cape."],
    ),
    "two authors, one a guest": (lambda: item(15).authors, ("nadia", "guest-writer")),
    "a guest's entry": (
        lambda: [
            (each.name, each.bio, each.handle, each.links)
            for each in sample().people
            if each.id == "guest-writer"
        ],
        [
            (
                "Ama Guèye",
                "Ama Guèye writes from Dakar.",
                "@amagueye",
                (("gueye.example", "https://gueye.example/"),),
            )
        ],
    ),
    "a login that is an address": (lambda: item(42).authors, ("paul-okoro",)),
    "an author nobody describes": (lambda: item(44).authors, ("gone",)),
    "an address in Arabic": (lambda: item(12).slug, "ميناء"),
    "its language": (lambda: (item(12).language, item(13).language), ("ar", "")),
    "what it translates": (lambda: item(12).translation_of, "wordpress:13"),
    "scheduled": (lambda: item(16).status, "published"),
    "a draft": (lambda: (item(17).status, item(17).old), ("draft", "")),
    "pending": (lambda: item(18).status, "draft"),
    "private": (lambda: (item(19).status, "“private”" in notes(19)), ("draft", True)),
    "behind a password": (
        lambda: (item(20).status, "password" in notes(20), "opensesame" in repr(item(20))),
        ("draft", True, False),
    ),
    "a page below a page": (
        lambda: (item(24).kind, item(24).old),
        ("page", "https://ledger.example/about/desk/"),
    ),
    "a type of its own with categories": (
        lambda: (item(25).kind, item(25).extra),
        ("post", {"region": ["Sahel", "Maghreb"], "post_type": "briefing"}),
    ),
    "a type without an address": (
        lambda: reason("Praise from a reader"),
        "it has no address on the old site: it was a part of something else",
    ),
    "trash": (lambda: reason("Thrown away"), "it was in the trash"),
    "a draft that nobody saved": (
        lambda: reason("Auto Draft"),
        "WordPress began it by itself; nobody saved it",
    ),
    "a revision": (lambda: reason("Port, revision"), "an older state of another entry"),
    "comments": (
        lambda: [each.count for each in sample().left_out if each.what == "comment"],
        [2],
    ),
    "an entry that is broken": (
        lambda: [
            (each.origin.line, "mismatch" in each.reason)
            for each in sample().left_out
            if each.what == "broken entry"
        ],
        [(728, True)],
    ),
    "an entry exported twice": (lambda: reason("The same name"), "it stands in the export twice"),
    "characters that XML forbids": (
        lambda: [each.location.line for each in sample().problems if each.location],
        [751],
    ),
    "the zone is told to be a guess": (
        lambda: [each.message[:57] for each in sample().problems if not each.location],
        ["the export names no time zone; Europe/Berlin fits all of "],
    ),
    "an earlier slug": (lambda: item(10).aliases, ("/2024/01/15/empty-port/",)),
    "addresses by number": (
        lambda: "https://ledger.example/?p=10" in item(10).references,
        True,
    ),
    "the id in feeds": (lambda: item(10).id, "https://ledger.example/?p=10"),
    "an original elsewhere": (lambda: item(42).canonical, "https://partner.example/original/"),
    "custom fields": (
        lambda: item(10).extra,
        {"dateline": "Port Sudr", "source": ["Reuters", "AFP"]},
    ),
    "a plugin's data": (
        lambda: ("plugin_layout" in item(15).extra, "plugin_layout" in notes(15)),
        (False, True),
    ),
    "sticky": (lambda: item(42).extra["sticky"], True),
    "the featured image": (
        lambda: item(10).image and (item(10).image.alt, item(10).image.credit),  # type: ignore[union-attr]
        ("An empty quay, three gulls", "A. Benaïm"),
    ),
    "files of the library": (
        lambda: [each.name for each in sample().files],
        ["2024/01/quay.jpg", "2024/01/salt.png", "2024/01/tables.pdf"],
    ),
    "what the site is called": (
        lambda: (sample().settings["title"], sample().settings["dek"]),
        ("The Strait Ledger", "Trade & power between two seas"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    actual, expected = CASES[case]
    assert actual() == expected


BODIES = {
    10: [
        "<p>Nobody had asked the fishermen.<br/>\nThey said so twice.</p>",
        "<strong>built for ships</strong></p>\n<p><strong>that never came</strong>, is empty.</p>",
        '<figcaption>The quay at <em>noon</em>. <small class="credit">A. Benaïm</small>',
        'src="https://ledger.example/wp-content/uploads/2024/01/quay.jpg"/><figcaption>The quay at',
        "prices rose [sic] by 5 &lt; 7 percent.",
        '<a href="https://video.example/watch?v=quay">https://video',
        '<img alt="A slab of salt"',
    ],
    11: [
        '<aside class="pull-quote"><p>Salt travels in slabs.</p></aside>',
        "<p>Forty slabs a camel.</p><cite>A driver, in Timbuktu</cite>",
        "<ol><li>Cut<ul><li>by hand</li></ul></li><li>Carry</li></ol>",
        '<pre><code class="language-python">slabs = 410 &lt;&lt; 1</code></pre>',
        "<p>Salt comes from the north,<br/>gold from the south.</p>",
        ">All tables</a></p>",
        '<a class="footnote-ref" href="#fn:1">1</a>',
        '<li id="fn:1"><p>See the <em>tariff</em> of 1897.</p></li>',
        "<p>A toll is paid twice.</p>",
    ],
    15: ["<p>In the left half.</p>", '[tariff_calculator country="ml"]', "<p>[gallery] is how"],
    42: [
        '<audio controls="" src="https://ledger.example/wp-content/uploads/2024/01/talk.mp3">',
        '<code class="language-sql">SELECT * FROM tolls WHERE fee &gt; 3;</code>',
        "It ends ]]&gt; here.",
    ],
    43: ['at all.<sup id="fnref:1">', "The note, with <a"],
}


@pytest.mark.parametrize("key", BODIES)
def test_bodies(key: int) -> None:
    body = item(key).body
    assert [part for part in BODIES[key] if part not in body] == []
    assert not any(mark in body for mark in ("wp:", "<!--", "[caption", "[vc_", "Download"))


def test_what_is_given_up_is_told_with_its_line() -> None:
    told = notes(15).splitlines()
    assert (
        '[contact-form-7 id="7" title="Write to us"] works in WordPress alone, and was taken out '
        "(line 249 of wordpress.xml)"
    ) in told
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    assert "[contact-form-7" in lines[248]
    assert "[tariff_calculator" in lines[250]
    assert "(line 251 of wordpress.xml)" in told[-1]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3"])
def test_every_version_is_read_alike(tmp_path: Path, version: str) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("/export/1.2/", f"/export/{version}/")
    (tmp_path / "wordpress.xml").write_text(text, encoding="utf-8")
    assert found_in(tmp_path / "wordpress.xml").items == sample().items


def test_an_export_in_parts_with_its_uploads(tmp_path: Path) -> None:
    head, first, rest = SAMPLE.read_text(encoding="utf-8").partition("\t<item>\n")
    half = rest.index("\t<item>\n", len(rest) // 2)
    parts = (first + rest[:half] + "</channel>\n</rss>", rest[half:])
    for number, part in enumerate(parts):
        (tmp_path / f"part-{number}.xml").write_text(head + part, encoding="utf-8")
    uploads = tmp_path / "wp-content" / "uploads" / "2024" / "01"
    uploads.mkdir(parents=True)
    (uploads / "salt.png").write_bytes(png())
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    found = found_in(tmp_path)
    assert [each.key for each in found.items] == [each.key for each in sample().items]
    assert [each.body for each in found.items] == [each.body for each in sample().items]
    assert {each.name: bool(each.content) for each in found.files} == {
        "2024/01/quay.jpg": False,
        "2024/01/salt.png": True,
        "2024/01/tables.pdf": False,
    }


def test_files_that_the_library_does_not_name_are_found_beside_the_export(tmp_path: Path) -> None:
    body = (
        '<img src="http://ledger.example/wp-content/uploads/2024/02/map%20(1)-300x200.png">'
        '<a href="/wp-content/uploads/2024/02/notes.pdf?v=1">notes</a>'
        '<img src="https://other.example/wp-content/uploads/2024/02/notes.pdf">'
        '<a href="/wp-content/uploads/../../part.xml">out</a>'
        '<img src="http://[x/uploads/a.png">'
    )
    text = SAMPLE.read_text(encoding="utf-8").replace(
        "<content:encoded><![CDATA[", f"<content:encoded><![CDATA[{body}", 1
    )
    text = text.replace("Trade &amp; power between two seas", "Just another WordPress site", 1)
    (tmp_path / "part.xml").write_text(text, encoding="utf-8")
    uploads = tmp_path / "uploads" / "2024" / "02"
    uploads.mkdir(parents=True)
    for name in ("map (1).png", "map (1)-300x200.png", "notes.pdf", "logo.png"):
        (uploads / name).write_bytes(png())
    found = found_in(tmp_path)
    assert "dek" not in found.settings
    files = [each for each in found.files if each.content]
    assert [each.name for each in files] == ["2024/02/map (1).png", "2024/02/notes.pdf"]
    assert files[0].addresses[1].endswith("map%20(1)-300x200.png")


def test_entries_that_share_a_number_are_both_kept(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace(
        "<wp:post_id>13</wp:post_id>", "<wp:post_id>12</wp:post_id>"
    )
    (tmp_path / "wordpress.xml").write_text(text, encoding="utf-8")
    found = found_in(tmp_path / "wordpress.xml")
    assert len(found.items) == len(sample().items)
    assert len({each.key for each in found.items}) == len(found.items)


def test_a_prefix_that_is_not_declared(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace(
        "<generator>", '<atom:link rel="hub" href="https://hub.example/"/><generator>'
    )
    text = text.replace("<wp:post_id>10<", "<georss:point>1 2</georss:point><wp:post_id>10<")
    (tmp_path / "wordpress.xml").write_text(text, encoding="utf-8")
    assert len(found_in(tmp_path / "wordpress.xml").items) == len(sample().items)


REFUSED = {
    "no export": ("<rss version='2.0'><channel/></rss>", ContentError),
    "an entity": ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>', ContentError),
    "nothing": ("", ContentError),
    "a page": ("<html><body>Log in</body></html>", ContentError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_export_is_refused(tmp_path: Path, name: str) -> None:
    text, error = REFUSED[name]
    head = SAMPLE.read_text(encoding="utf-8").partition("\t<item>")[0]
    whole = text + head if "DOCTYPE" in text else text
    (tmp_path / "export.xml").write_text(whole, encoding="utf-8")
    with pytest.raises(BlogforgeError) as caught:
        found_in(tmp_path / "export.xml")
    assert isinstance(caught.value, error)


def test_a_folder_without_an_export_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    with pytest.raises(ConfigError, match="no export of WordPress"):
        found_in(tmp_path)


def test_a_bomb_in_an_entry_is_left_out_alone(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace(
        "\t<item>\n", '\t<item>\n<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>', 1
    )
    (tmp_path / "wordpress.xml").write_text(text, encoding="utf-8")
    found = found_in(tmp_path / "wordpress.xml")
    assert len(found.items) == len(sample().items) - 1
    assert "document type" in found.left_out[0].reason


ZONES = {
    "Europe/London": [("2024-01-10 10:00:00", "2024-01-10 10:00:00"),
                      ("2024-07-10 10:00:00", "2024-07-10 09:00:00")],
    "UTC": [("2024-01-10 10:00:00", "2024-01-10 10:00:00"),
            ("2024-07-10 10:00:00", "2024-07-10 10:00:00")],
    "America/New_York": [("2024-01-10 10:00:00", "2024-01-10 15:00:00")],
    "Asia/Kolkata": [("2024-01-10 10:00:00", "2024-01-10 04:30:00")],
    "": [("2024-01-10 10:00:00", "2024-01-10 10:00:00"),
         ("2024-01-11 10:00:00", "2024-01-11 04:30:00")],
}  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_that_all_dates_fit(zone: str) -> None:
    assert dates.zone(ZONES[zone]) == zone


@pytest.mark.parametrize(
    ("local", "utc", "expected"),
    [
        ("2024-01-10 10:00:00", "2024-01-10 15:30:00", "2024-01-10T10:00:00-05:30"),
        ("2024-01-10 10:00:01", "2024-01-10 10:00:00", "2024-01-10T10:00:01+00:00"),
        ("2024-01-10 10:00:00", "0000-00-00 00:00:00", "2024-01-10 10:00"),
        ("0000-00-00 00:00:00", "2024-01-10 10:00:00", "2024-01-10T10:00:00+00:00"),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", ""),
        ("2024-01-10 10:00:00", "2019-01-10 10:00:00", "2024-01-10 10:00"),
        ("2024-02-30 10:00:00", "", ""),
    ],
)
def test_dates(local: str, utc: str, expected: str) -> None:
    assert dates.moment(local, utc) == expected


def test_what_is_no_address_keeps_nothing_out(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    text = text.replace("/2024/01/quay.jpg]]></wp:attachment_url>", "]]></wp:attachment_url>", 1)
    for old, odd in (
        ("https://ledger.example/wp-content/uploads]]>", "http://[x]]>"),
        ("<link>https://ledger.example/about/</link>", "<link>http://[about</link>"),
        ('href="/about/"', 'href="http://[y"'),
        ("<![CDATA[2024/01/salt.png]]>", "<![CDATA[../../../../etc/passwd]]>"),
    ):
        assert old in text, old
        text = text.replace(old, odd)
    (tmp_path / "wordpress.xml").write_text(text, encoding="utf-8")
    found = found_in(tmp_path / "wordpress.xml")
    asked = Asked(format="wordpress", source="x", folder=tmp_path / "site", dry=True)
    account = move(found, asked)
    assert account.posts + account.pages == len(found.items) == len(sample().items)
    assert any("http://[x" in note.what for note in account.notes)


def test_entries_are_told_apart_whatever_their_texts_say(tmp_path: Path) -> None:
    odd = "<!-- x --> <item> </item> --> <item> <wp:comment> ]]]]><![CDATA[> </item>"
    text = SAMPLE.read_text(encoding="utf-8").replace("It will have rained.", odd)
    (tmp_path / "wordpress.xml").write_text(text, encoding="utf-8")
    found = found_in(tmp_path / "wordpress.xml")
    assert [each.key for each in found.items] == [each.key for each in sample().items]
    assert found.counted == sample().counted


def test_the_section_is_the_top_of_the_primary_category(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace(
        "<![CDATA[6]]></wp:meta_value>", "<![CDATA[5]]></wp:meta_value>"
    )
    (tmp_path / "wordpress.xml").write_text(text, encoding="utf-8")
    found = {each.key: each for each in found_in(tmp_path / "wordpress.xml").items}
    salt = found["wordpress:11"]
    assert (salt.section, salt.tags) == ("Africa", ("Mali", "Arts & Culture"))
