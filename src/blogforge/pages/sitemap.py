"""What crawlers are told: sitemaps, the news sitemap, robots.txt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from blogforge.model import Value
from blogforge.pages.wire import plain, timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# https://www.sitemaps.org/protocol.html
MAX_URLS = 50_000
MAX_BYTES = 50 * 1024 * 1024
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
MAX_IMAGES = 1_000  # of a page
# https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
MAX_NEWS = 1_000
NEWS_AGE = timedelta(hours=48)

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ROOM = 1024  # for the declaration and the root element


class SitemapEntry(Value, frozen=True, kw_only=True):
    """A page of the site: its absolute URL, and when it last changed, where that is known.

    `images`: the absolute URLs of pictures on it.
    """

    url: str
    modified: datetime | None = None
    images: tuple[str, ...] = ()


class NewsEntry(Value, frozen=True, kw_only=True):
    """An article of the news sitemap: its absolute URL, language (else the publication's)."""

    url: str
    title: str
    date: datetime
    lang: str = ""


# ---------------------------------------------------------------- sitemaps


def split(
    entries: Iterable[SitemapEntry], max_urls: int = MAX_URLS, max_bytes: int = MAX_BYTES
) -> list[list[SitemapEntry]]:
    """`entries` in as few runs as the limits of one file allow."""
    parts: list[list[SitemapEntry]] = []
    size = 0
    for entry in entries:
        # What cannot be encoded is refused as a page's address, later than this.
        length = len(_element("url", entry).encode(errors="surrogatepass"))
        if not parts or len(parts[-1]) == max_urls or size + length > max_bytes - _ROOM:
            parts.append([])
            size = 0
        parts[-1].append(entry)
        size += length
    return parts


def urlset(entries: Iterable[SitemapEntry]) -> bytes:
    """One sitemap of pages, and of the pictures on them."""
    entries = tuple(entries)
    namespaces = f' xmlns:image="{IMAGE}"' if any(entry.images for entry in entries) else ""
    return _document("urlset", (_element("url", entry) for entry in entries), namespaces)


def sitemap_index(files: Iterable[SitemapEntry]) -> bytes:
    """The sitemap of sitemaps."""
    return _document("sitemapindex", (_element("sitemap", file) for file in files))


def newest(entries: Iterable[SitemapEntry]) -> datetime | None:
    """When the last of `entries` changed, where any says so."""
    return max((entry.modified for entry in entries if entry.modified), default=None)


def _element(name: str, entry: SitemapEntry) -> str:
    modified = f"<lastmod>{timestamp(entry.modified)}</lastmod>" if entry.modified else ""
    images = "".join(
        f"<image:image><image:loc>{escape(url)}</image:loc></image:image>"
        for url in entry.images[:MAX_IMAGES]
    )
    return f"<{name}><loc>{escape(entry.url)}</loc>{modified}{images}</{name}>\n"


def _document(root: str, elements: Iterable[str], namespaces: str = "") -> bytes:
    opening = f'<{root} xmlns="{SITEMAP}"{namespaces}>\n'
    return "".join((_DECLARATION, opening, *elements, f"</{root}>\n")).encode()


# ---------------------------------------------------------------- the news sitemap


def news_sitemap(
    entries: Iterable[NewsEntry], name: str, language: str, now: datetime
) -> bytes | None:
    """The articles of the last 48 hours, newest first; None where there are none.

    `name` is the publication's, and so is `language` (BCP 47).
    """
    listed = _listed(entries, now)
    if not listed:
        return None
    elements = (_news_element(entry, name, entry.lang or language) for entry in listed)
    return _document("urlset", elements, f' xmlns:news="{NEWS}"')


def is_news(entry: NewsEntry, now: datetime) -> bool:
    """Whether the article is out, and at most 48 hours old."""
    return entry.date <= now and now - entry.date < NEWS_AGE


def news_changes_at(entries: Iterable[NewsEntry], now: datetime) -> datetime | None:
    """When the news sitemap of `now` goes stale by itself: an article leaves or enters it."""
    entries = tuple(entries)
    horizon = datetime.max.replace(tzinfo=UTC) - NEWS_AGE  # beyond it, there is no such moment
    leaving = [entry.date + NEWS_AGE for entry in _listed(entries, now) if entry.date <= horizon]
    entering = [entry.date for entry in entries if entry.date > now]
    return min(leaving + entering, default=None)


def news_language(language: str) -> str:
    """A BCP 47 language as the news sitemap writes it: en for en-US; zh-cn, zh-tw for Chinese."""
    primary, *rest = language.lower().replace("_", "-").split("-")
    if primary != "zh":
        return primary
    return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(rest) and "hans" not in rest else "zh-cn"


def _listed(entries: Iterable[NewsEntry], now: datetime) -> Sequence[NewsEntry]:
    recent = [entry for entry in entries if is_news(entry, now)]
    recent.sort(key=lambda entry: entry.url)
    recent.sort(key=lambda entry: entry.date, reverse=True)
    return recent[:MAX_NEWS]


def _news_element(entry: NewsEntry, name: str, language: str) -> str:
    return (
        f"<url><loc>{escape(entry.url)}</loc><news:news><news:publication>"
        f"<news:name>{escape(plain(name))}</news:name>"
        f"<news:language>{news_language(language)}</news:language></news:publication>"
        f"<news:publication_date>{timestamp(entry.date)}</news:publication_date>"
        f"<news:title>{escape(plain(entry.title))}</news:title></news:news></url>\n"
    )


# ---------------------------------------------------------------- robots.txt


def robots_txt(sitemap_urls: Iterable[str], disallow: Iterable[str] = ()) -> bytes:
    """robots.txt (RFC 9309): every crawler, all but the paths of `disallow`, and the sitemaps."""
    rules = [f"Disallow: {path}" for path in disallow] or ["Disallow:"]
    maps = [f"Sitemap: {url}" for url in sitemap_urls]
    return ("\n".join(["User-agent: *", *rules, *([""] if maps else []), *maps]) + "\n").encode()
