"""A page in the languages of its site: which pages are one list, and where the switch leads."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.branches import branches
from blogforge.languages import nearest
from blogforge.model import Page, Translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from blogforge.config import Config

DEFAULT = "x-default"  # for readers of any other language
_SEARCH = "search"  # of which search engines know nothing
_LATER = re.compile(r"(?<=/)page/\d+/$")  # which the switch leaves for the first page
_DOCUMENTS = frozenset({"article", "page"})  # which name their translations themselves


def in_languages(pages: Iterable[Page], config: Config) -> Iterator[Page]:
    """`pages`, lists that stand at the same place below two languages naming each other."""
    if not config.languages:
        yield from pages
        return
    pages = [*pages]
    homes = {branch.branch: branch.home for branch in branches(config)}
    places: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        if _is_list(page):
            places[page.url.removeprefix(homes[page.branch])].append(page)
    languages = {branch.branch: branch.language for branch in branches(config)}
    versions = {
        page.url: tuple(Translation(lang=languages[p.branch], url=p.url) for p in found)
        for found in places.values()
        if len(found) > 1
        for page in found
    }
    for page in pages:
        same = versions.get(_LATER.sub("", page.url), ()) if page.kind not in _DOCUMENTS else ()
        yield structs.replace(page, versions=same) if same else page


def _is_list(page: Page) -> bool:
    return page.kind == _SEARCH or (page.indexed and page.kind not in _DOCUMENTS)


class Switch(Translation, frozen=True, kw_only=True):
    """A language of the site, and where its readers find this page, or at least the front page.

    `here`: it is the page's own.
    """

    here: bool = False  #: it is this page's own


def switch(
    homes: Sequence[tuple[str, str]], page: Page, translations: Iterable[Translation]
) -> tuple[Switch, ...]:
    """Every language of a site, in its order; none for a site in one.

    `homes`: each language with its front page. `translations`: those of the page's document.
    """
    if len(homes) < 2:
        return ()
    languages = [language for language, _ in homes]
    found = {nearest(t.lang, languages) or languages[0]: t.url for t in translations}
    found |= {version.lang: version.url for version in page.versions}
    own = page.branch or languages[0]
    found[own] = page.url
    return tuple(
        Switch(
            lang=language,
            url=found.get(language, home),
            here=language == own,
        )
        for language, home in homes
    )


def alternates(page: Page) -> list[tuple[str, str]]:
    """The languages of a list, for search engines: the first is for readers of any other, too.

    Of the pages behind the first one none has its like.
    """
    named = [(version.lang, version.url) for version in page.versions]
    mutual = any(url == page.url for _, url in named)
    return [*named, (DEFAULT, page.versions[0].url)] if mutual else []
