"""Content without a configuration: its addresses are those by which posts link to posts."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import replace

from blogforge.errors import Location, Problem
from blogforge.importers.hugo.addresses import address
from blogforge.importers.hugo.matter import Told
from blogforge.importers.names import host_of, path_of
from blogforge.urls import collision_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.importers.hugo.config import HugoSite, Language
    from blogforge.importers.hugo.content import Page

_PATTERNS = (
    "/:year/:month/:day/:contentbasename/",
    "/:year/:month/:contentbasename/",
    "/:year/:contentbasename/",
    "/:contentbasename/",
    "/:section/:contentbasename/",
)
_LINK = re.compile(r"[(<\"'](https?://[^/\s\"'<>()]+)?(/[^\s\"'<>()?#]+)")
_ENOUGH = 3  # links that lead to pages by a pattern


def inferred(site: HugoSite, pages: list[Page]) -> tuple[HugoSite, list[Page], list[Problem]]:
    """Site and pages with the addresses to which most links lead, and a problem that says so.

    Where the site has a configuration, or hardly any link leads to a page, they stay as they are.
    """
    if site.values:
        return site, pages, []
    days = {page.path: Told(page, site).date for page in pages}
    links = Counter((host, _key(path)) for page in pages for host, path in _LINK.findall(page.body))
    best, most = site, max(sum(_led(site, pages, days, links).values()), _ENOUGH - 1)
    pattern = ""
    for each in _PATTERNS:
        tried = _with(site, each)
        led = sum(_led(tried, _in(tried, pages), days, links).values())
        if led > most:
            best, most, pattern = tried, led, each
    if not pattern:
        return site, pages, []
    best = _hosted(best, _led(best, _in(best, pages), days, links))
    message = f"no configuration is there; {most} links say that posts were at {pattern}"
    hint = "if they were not, put the site's hugo.toml beside its content"
    problem = Problem(message, Location("hugo.toml"), hint, level="warning")
    return best, _in(best, pages), [problem]


def _with(site: HugoSite, pattern: str) -> HugoSite:
    """The site with one pattern for all, below no language's folder."""
    languages = tuple(
        replace(each, permalinks={"*": pattern}, prefix="") for each in site.languages
    )
    return replace(site, languages=languages)


def _in(site: HugoSite, pages: Iterable[Page]) -> list[Page]:
    return [replace(page, language=site.language(page.language.tag)) for page in pages]


def _led(
    site: HugoSite,
    pages: Iterable[Page],
    days: dict[str, str],
    links: Counter[tuple[str, str]],
) -> Counter[tuple[str, str]]:
    """How many links lead to a page, by its language and the host that they name."""
    tags = {
        _key(path_of(address(page, site, days[page.path]))): page.language.tag
        for page in pages
        if not page.list
    }
    led: Counter[tuple[str, str]] = Counter()
    for (host, key), count in links.items():
        if key in tags:
            led[tags[key], host] += count
    return led


def _hosted(site: HugoSite, led: Counter[tuple[str, str]]) -> HugoSite:
    """The site with a host for each further language whose links name another one."""

    def of(language: Language) -> Language:
        hosts = Counter({host: led[tag, host] for tag, host in led if tag == language.tag and host})
        host = next((host for host, _ in hosts.most_common(1)), "")
        ours = not host or host_of(host) == host_of(site.url)
        return replace(language, prefix="" if ours or language == site.default else host)

    return replace(site, languages=tuple(map(of, site.languages)))


def _key(path: str) -> str:
    return collision_key(unquote(path).strip("/"))
