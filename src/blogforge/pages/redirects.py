"""Old addresses: pages that lead to the new ones, and rules for hosts that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec.structs import replace

from blogforge import urls
from blogforge.branches import branches
from blogforge.pages.making import page_at
from blogforge.pages.metadata import FEED_FILES
from blogforge.pages.subjects import Redirect
from blogforge.pages.syndication import feeds
from blogforge.site.parts import part_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.config import Config
    from blogforge.model import Page, Site
    from blogforge.pages.views import View

_FILE_SUFFIXES = (  # of other generators' pages and feeds
    ".html",
    ".htm",
    ".php",
    ".asp",
    ".aspx",
    ".xml",
    ".rss",
    ".atom",
    ".json",
)
_SET = "redirects of blogforge.yaml"
_REDIRECT = Markup(
    """\
<!doctype html>
<html lang="%(lang)s">
<head>
<meta charset="utf-8">
<title>%(title)s</title>
<link rel="canonical" href="%(absolute)s">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=%(url)s">
</head>
<body>
<p><a href="%(url)s">%(title)s</a></p>
</body>
</html>
"""
)


def redirects(site: Site, config: Config) -> Iterator[Page]:
    """A page at each old address that leads to the new one, and a `_redirects` file for hosts."""
    rules = []
    for document in site.documents:
        for alias in document.aliases:
            url = _from_root(alias, config)
            yield _leading(url, document.url, document.title, document.path, config)
            # The file of rules is a list that anyone may read.
            if document.status not in {"unlisted", "withdrawn"}:
                rules.append((url, document.url))
    found = _feeds_at({new for old, new in config.redirects.items() if _is_file(old)}, site)
    for old, new in config.redirects.items():
        url = _from_root(old, config)
        feed = found.get(new) if _is_file(old) else None
        yield _copy(feed, url, config) if feed else _leading(url, new, config.title, _SET, config)
        rules.append((url, new))
    if rules:
        yield page_at(
            f"{config.base_path}_redirects",
            config,
            render=redirect_rules,
            kind="file",
            subject=tuple(rules),
            origin="old addresses",
        )


def _from_root(old: str, config: Config) -> str:
    return config.base_path + urls.encode(old).lstrip("/")


def _is_file(old: str) -> bool:
    return old.lower().endswith(_FILE_SUFFIXES)


def _leading(url: str, target: str, title: str, origin: str, config: Config) -> Page:
    return page_at(
        url if _is_file(url) or url.endswith("/") else f"{url}/",
        config,
        render=redirect,
        kind="redirect",
        title=title,
        subject=Redirect(target=target),
        origin=origin,
    )


def _feeds_at(addresses: set[str], site: Site) -> dict[str, Page]:
    """Those of our feeds that are at one of `addresses`, by these."""
    wanted = {url for url in addresses if url.endswith(tuple(FEED_FILES.values()))}
    found: dict[str, Page] = {}
    parts = (part_of(site, branch) for branch in branches(site.config))
    planned = (page for part in parts for page in feeds(part, part.config))
    while len(found) < len(wanted) and (page := next(planned, None)):
        if page.url in wanted:
            found[page.url] = page
    return found


def _copy(feed: Page, url: str, config: Config) -> Page:
    """The same feed at an old address: who asks for a feed there does not read pages.

    It says where it is now, for readers' software to go there.
    """
    place = page_at(url, config, render=feed.render, kind=feed.kind)
    return replace(feed, path=place.path, origin=_SET)


def redirect(view: View, page: Page) -> bytes:
    """A page that leads to another; the page's subject is a Redirect."""
    target = page.subject.target
    fields = {
        "lang": view.config.language,
        "title": page.title,
        "url": target,
        "absolute": view.absolute(target),
    }
    return (_REDIRECT % fields).encode()


def redirect_rules(view: View, page: Page) -> bytes:
    """`_redirects`, as several hosts read it; the page's subject is (old, new) pairs."""
    del view
    return "".join(f"{old} {new} 301\n" for old, new in page.subject).encode()
