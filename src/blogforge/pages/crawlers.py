"""Pages for crawlers: the sitemap, the news sitemap, robots.txt."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from blogforge.model import Page
from blogforge.pages.metadata import publisher_name
from blogforge.pages.sitemap import (
    MAX_URLS,
    NEWS_AGE,
    NewsEntry,
    SitemapEntry,
    is_news,
    newest,
    news_changes_at,
    news_sitemap,
    robots_txt,
    sitemap_index,
    split,
    urlset,
)
from blogforge.site.pictures import picture_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from blogforge.model import Document, Site
    from blogforge.pages.views import View

ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
NEWS_SITEMAP = "news-sitemap.xml"
# Of this many pages a sitemap is still one file, of half a megabyte, which nobody needs in parts.
WHOLE = 5_000
_PAGES = "pages"  # the part of all that is no post


def sitemap_pages(pages: Sequence[Page], site: Site, max_urls: int = MAX_URLS) -> Iterator[Page]:
    """The sitemap of `pages`, and the news sitemap where an article is young enough for one.

    A sitemap of more than 5,000 pages, or `max_urls`, is an index of parts of at most `max_urls`:
    one for the posts of each month, so that a new post leaves the others as they are, and one for
    the rest.
    """
    found = _entries(pages, site)
    if len(found) > min(WHOLE, max_urls):
        index = []
        for name, entries in _parts(found, site, max_urls):
            yield _file(site, name, sitemap, entries)
            index.append(SitemapEntry(url=site.config.url + name, modified=newest(entries)))
        yield _file(site, SITEMAP, sitemap_of_sitemaps, tuple(index))
    elif found:
        yield _file(site, SITEMAP, sitemap, tuple(found.values()))
    news = tuple(entry for entry in _news(site) if is_news(entry, site.now))
    if news:
        yield _file(site, NEWS_SITEMAP, sitemap_of_news, news)
    if not any(page.path == ROBOTS for page in pages):  # else the site brings its own
        names = (SITEMAP, NEWS_SITEMAP) if news else (SITEMAP,)
        yield _file(site, ROBOTS, robots, names)


def _entries(pages: Sequence[Page], site: Site) -> dict[str, SitemapEntry]:
    """The entries of the sitemap by their pages' URLs, in that order."""
    documents = {document.url: document for document in site.documents}
    indexed = sorted((page for page in pages if page.indexed), key=lambda page: page.url)
    return {
        page.url: SitemapEntry(
            url=site.config.origin + page.url,
            modified=page.modified,
            images=_images(site, documents[page.url]) if page.url in documents else (),
        )
        for page in indexed
    }


def _images(site: Site, document: Document) -> tuple[str, ...]:
    """The addresses of the pictures that a document's page shows, as its `img` elements say."""
    brief = site.briefs.get(document.path)
    places = [*(brief.pictures if brief else ())]
    if document.image:
        places.insert(0, picture_url(document.image.src, site.config))
    shown = (site.pictures[place].src for place in places if place in site.pictures)
    return tuple(site.config.origin + src for src in dict.fromkeys(shown))


def _parts(
    found: dict[str, SitemapEntry], site: Site, max_urls: int
) -> Iterator[tuple[str, tuple[SitemapEntry, ...]]]:
    """The files of a sitemap, by name: of each month's posts, and of everything else."""
    months = {post.url: f"{post.date.year:04}-{post.date.month:02}" for post in site.posts}
    members: defaultdict[str, list[SitemapEntry]] = defaultdict(list)
    for url, entry in found.items():
        members[months.get(url, _PAGES)].append(entry)
    for month in sorted(members):
        for number, part in enumerate(split(members[month], max_urls), start=1):
            yield f"sitemap-{month}{f'-{number}' if number > 1 else ''}.xml", tuple(part)


def _file(
    site: Site, name: str, render: Callable[[View, Page], bytes], subject: tuple[object, ...]
) -> Page:
    return Page(
        path=name,
        url=site.config.base_path + name,
        render=render,
        kind="file",
        subject=subject,
        origin="the sitemap",
    )


def _news(site: Site) -> tuple[NewsEntry, ...]:
    """The entries of articles that are or will be in the news sitemap."""
    return tuple(
        NewsEntry(
            url=site.config.origin + post.url,
            title=post.title,
            date=post.date,
            lang=post.lang,
        )
        for post in site.posts
        if site.now - post.date < NEWS_AGE and not post.canonical
    )


def news_change(site: Site) -> datetime | None:
    """When the news sitemap of `site` changes by itself; None where it never does."""
    return news_changes_at(_news(site), site.now)


def sitemap(view: View, page: Page) -> bytes:
    """A file of the sitemap; the page's subject is its entries."""
    del view
    return urlset(page.subject)


def sitemap_of_sitemaps(view: View, page: Page) -> bytes:
    """The index of the sitemap's files; the page's subject is their entries."""
    del view
    return sitemap_index(page.subject)


def sitemap_of_news(view: View, page: Page) -> bytes:
    """The news sitemap; the page's subject is its entries, at least one."""
    entries: tuple[NewsEntry, ...] = page.subject
    latest = max(entry.date for entry in entries)
    name = publisher_name(view.as_config())
    made = news_sitemap(entries, name, view.config.language, latest)
    assert made is not None
    return made


def robots(view: View, page: Page) -> bytes:
    """robots.txt: everything may be read; the page's subject is the names of the sitemaps."""
    return robots_txt(view.config.url + name for name in page.subject)
