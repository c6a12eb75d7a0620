from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from blogforge.pages.sitemap import (
    IMAGE,
    MAX_NEWS,
    NEWS,
    SITEMAP,
    NewsEntry,
    SitemapEntry,
    newest,
    news_changes_at,
    news_language,
    news_sitemap,
    robots_txt,
    sitemap_index,
    split,
    urlset,
)

NOW = datetime(2012, 3, 23, 12, 0, tzinfo=UTC)
BASE = "https://example.org/"

# After https://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd and siteindex.xsd: at least one
# element, loc before lastmod, elements of other namespaces after them.
SCHEMA = etree.XMLSchema(
    etree.XML(
        f"""
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="{SITEMAP}"
    targetNamespace="{SITEMAP}" elementFormDefault="qualified">
  <xsd:element name="urlset">
    <xsd:complexType><xsd:sequence>
      <xsd:element name="url" type="entry" maxOccurs="unbounded"/>
    </xsd:sequence></xsd:complexType>
  </xsd:element>
  <xsd:element name="sitemapindex">
    <xsd:complexType><xsd:sequence>
      <xsd:element name="sitemap" type="entry" maxOccurs="unbounded"/>
    </xsd:sequence></xsd:complexType>
  </xsd:element>
  <xsd:complexType name="entry"><xsd:sequence>
    <xsd:element name="loc">
      <xsd:simpleType><xsd:restriction base="xsd:anyURI">
        <xsd:minLength value="12"/><xsd:maxLength value="2048"/>
      </xsd:restriction></xsd:simpleType>
    </xsd:element>
    <xsd:element name="lastmod" type="xsd:dateTime" minOccurs="0"/>
    <xsd:any namespace="##other" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
  </xsd:sequence></xsd:complexType>
</xsd:schema>"""
    )
)


def checked(data: bytes | None) -> etree._Element:
    assert data is not None
    root = etree.fromstring(data)
    SCHEMA.assertValid(root)
    return root


def entries(count: int) -> list[SitemapEntry]:
    return [
        SitemapEntry(url=f"{BASE}{n}/?a&b", modified=NOW + timedelta(minutes=n) if n % 2 else None)
        for n in range(count)
    ]


def locations(root: etree._Element) -> list[str | None]:
    return [loc.text for loc in root.iter(f"{{{SITEMAP}}}loc")]


def test_a_small_site_has_one_sitemap() -> None:
    (part,) = split(entries(3))
    root = checked(urlset(part))
    assert root.tag == f"{{{SITEMAP}}}urlset"
    assert locations(root) == [entry.url for entry in entries(3)]
    assert [e.text for e in root.iter(f"{{{SITEMAP}}}lastmod")] == ["2012-03-23T12:01:00+00:00"]


def test_pictures_stand_behind_the_date_of_their_page() -> None:
    entry = SitemapEntry(url=f"{BASE}a/", modified=NOW, images=(f"{BASE}a&b.jpg", f"{BASE}c.png"))
    root = checked(urlset([entry, SitemapEntry(url=BASE)]))
    assert [e.text for e in root.iter(f"{{{IMAGE}}}loc")] == [f"{BASE}a&b.jpg", f"{BASE}c.png"]
    assert IMAGE not in urlset([SitemapEntry(url=BASE)]).decode()


def test_no_pages_no_sitemap() -> None:
    assert split([]) == []


def test_fifty_thousand_pages_still_fit_into_one_file() -> None:
    assert len(split(entries(50_000))) == 1


def test_a_large_site_has_an_index() -> None:
    listed = entries(50_001)
    parts = split(listed)
    urls = [f"{BASE}sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    files = [SitemapEntry(url=u, modified=newest(p)) for u, p in zip(urls, parts, strict=True)]
    index = checked(sitemap_index(files))
    assert index.tag == f"{{{SITEMAP}}}sitemapindex"
    assert locations(index) == [f"{BASE}sitemap-1.xml", f"{BASE}sitemap-2.xml"]
    # The last page of all has no date, so the second file has none.
    dates = [e.text for e in index.iter(f"{{{SITEMAP}}}lastmod")]
    assert dates == [(NOW + timedelta(minutes=49_999)).isoformat()]
    found = [url for part in parts for url in locations(checked(urlset(part)))]
    assert found == [entry.url for entry in listed]


def test_long_addresses_fill_a_file_sooner() -> None:
    long = [SitemapEntry(url=f"{BASE}{'é' * 500}/{n}/") for n in range(20)]
    parts = split(long, max_bytes=6_000)
    assert [entry for part in parts for entry in part] == long
    assert len(parts) > 1
    assert all(len(urlset(part)) <= 6_000 for part in parts)


def news(**fields: object) -> NewsEntry:
    given = {"url": f"{BASE}a/", "title": "A", "date": NOW - timedelta(hours=1)} | fields
    return NewsEntry(**given)  # type: ignore[arg-type]  # each test says what matters to it


def test_the_news_sitemap_has_what_its_format_wants_in_order() -> None:
    entry = news(title="</news> & \x02now", date=NOW.astimezone(timezone(timedelta(hours=-5))))
    root = checked(news_sitemap([entry], "R&D", "en-US", NOW))
    [url] = root
    loc, item = url
    assert loc.text == entry.url
    assert [(etree.QName(e).localname, e.text) for e in item.iter() if not len(e)] == [
        ("name", "R&D"),
        ("language", "en"),
        ("publication_date", "2012-03-23T07:00:00-05:00"),
        ("title", "</news> & now"),
    ]
    assert [etree.QName(e).localname for e in item] == [
        "publication",
        "publication_date",
        "title",
    ]
    assert {etree.QName(e).namespace for e in item.iter()} == {NEWS}


def test_an_article_has_its_own_language() -> None:
    root = checked(news_sitemap([news(lang="fr-CA"), news(url=f"{BASE}b/")], "T", "en", NOW))
    assert [e.text for e in root.iter(f"{{{NEWS}}}language")] == ["fr", "en"]


def test_news_is_two_days_old_at_most_and_newest_first() -> None:
    ages = [timedelta(hours=h) for h in (47, 48, 1, 60, -1)]
    listed = [news(url=f"{BASE}{age}/", date=NOW - age) for age in ages]
    root = checked(news_sitemap(listed, "T", "en", NOW))
    assert locations(root) == [f"{BASE}1:00:00/", f"{BASE}1 day, 23:00:00/"]


def test_no_news_no_news_sitemap() -> None:
    assert news_sitemap([news(date=NOW - timedelta(days=3))], "T", "en", NOW) is None


def test_a_thousand_articles_are_enough() -> None:
    many = [news(url=f"{BASE}{n}/", date=NOW - timedelta(minutes=n)) for n in range(1_200)]
    found = locations(checked(news_sitemap(many, "T", "en", NOW)))
    assert found == [f"{BASE}{n}/" for n in range(MAX_NEWS)]
    assert news_sitemap(reversed(many), "T", "en", NOW) == news_sitemap(many, "T", "en", NOW)


def test_the_news_sitemap_knows_when_it_goes_stale() -> None:
    older, newer = news(date=NOW - timedelta(hours=40)), news(date=NOW - timedelta(hours=2))
    coming = news(date=NOW + timedelta(hours=3))
    assert news_changes_at([newer, older], NOW) == NOW + timedelta(hours=8)
    assert news_changes_at([newer, older, coming], NOW) == NOW + timedelta(hours=3)
    assert news_changes_at([], NOW) is None


@pytest.mark.parametrize("hours", [-14, 0, 12])
def test_the_last_days_of_the_calendar_have_news_too(hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    last = news(date=datetime(9999, 12, 31, 1, tzinfo=zone))
    now = datetime(9999, 12, 31, 23, 30, tzinfo=zone)
    assert locations(checked(news_sitemap([last], "T", "en", now))) == [last.url]
    assert news_changes_at([last], now) is None


def test_it_changes_at_that_moment_and_not_before() -> None:
    listed = [news(date=NOW - timedelta(hours=40))]
    stale = news_changes_at(iter(listed), NOW)
    assert stale is not None
    before = stale - timedelta(seconds=1)
    assert news_sitemap(listed, "T", "en", before) == news_sitemap(listed, "T", "en", NOW)
    assert news_sitemap(listed, "T", "en", stale) is None


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("pt-BR", "pt"),
        ("zh", "zh-cn"),
        ("zh-CN", "zh-cn"),
        ("zh-Hans-HK", "zh-cn"),
        ("zh-TW", "zh-tw"),
        ("zh-Hant", "zh-tw"),
        ("zh_HK", "zh-tw"),
    ],
)
def test_languages_of_news(language: str, written: str) -> None:
    assert news_language(language) == written


def test_robots_txt() -> None:
    assert robots_txt([f"{BASE}sitemap.xml", f"{BASE}sitemap-news.xml"]) == (
        b"User-agent: *\nDisallow:\n\n"
        b"Sitemap: https://example.org/sitemap.xml\n"
        b"Sitemap: https://example.org/sitemap-news.xml\n"
    )
    assert robots_txt([], ["/drafts/"]) == b"User-agent: *\nDisallow: /drafts/\n"
