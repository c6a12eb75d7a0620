"""The old site's pages of sections, tags and stories -> the addresses of ours."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blogforge.importers.documents import one_line
from blogforge.importers.naming import is_ours, path_of_alias
from blogforge.urls import encode, place_of, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.config import Config
    from blogforge.importers.found import Item, Taxon


# Where sites of each format have their feed as they come, and which of ours is of its kind.
_FEEDS = {
    "wordpress": (("feed/", "feed.xml"), ("feed/atom/", "atom.xml")),
    "ghost": (("rss/", "feed.xml"),),
    "hugo": (("index.xml", "feed.xml"),),
    "pelican": (("feeds/all.atom.xml", "atom.xml"), ("feeds/all.rss.xml", "feed.xml")),
}


def lists(
    taxa: Iterable[Taxon], items: Iterable[Item], config: Config
) -> Iterator[tuple[str, Taxon]]:
    """The address of each list that has a page here, for `items` are in it."""
    used = {(kind, _key(name)) for item in items for kind, name in _groups(item)}
    keys = {
        (kind, _key(group.name)): group.key
        for kind, groups in (("section", config.sections), ("story", config.stories))
        for group in groups
    }
    for taxon in taxa:
        named = (taxon.kind, _key(taxon.name))
        if named in used:
            key = keys.get(named) or named[1]
            yield config.home + encode(f"{taxon.kind}/{key}/"), taxon


def leading(
    addressed: Iterable[tuple[str, Iterable[str]]], taken: set[str], config: Config
) -> tuple[dict[str, str], list[str]]:
    """Each old address and where it leads, as `redirects` has them, and those that nothing answers.

    `addressed`: addresses here, each with its old ones. `taken`: the places that are somebody's.
    """
    addressed = [(url, [*olds]) for url, olds in addressed]
    ours = taken | {place_of(url, config.base_path) for url, _ in addressed}
    found: dict[str, str] = {}
    unanswered: list[str] = []
    for url, olds in addressed:
        for old in olds:
            path = path_of_alias(old, config)
            at = place_of(path or old, "/")
            if at == place_of(url, config.base_path):
                continue
            # Of files, `_FEEDS` names none of ours.
            reserved = "/" not in at and "." not in at and is_ours(at)
            if path is None or at in ours or reserved:
                unanswered.append(unquote(old))
                continue
            ours.add(at)
            found[path] = "/" + url.removeprefix(config.base_path)
    return found, unanswered


def feeds(form: str, config: Config) -> Iterator[tuple[str, list[str]]]:
    """The site's feeds, each with the address that it has in sites of a format."""
    for old, name in _FEEDS.get(form, ()):
        yield config.home + name, [config.base_path + old]


def _groups(item: Item) -> Iterator[tuple[str, str]]:
    if item.kind == "post":
        yield "section", item.section
        yield "story", item.story
        yield from (("tag", tag) for tag in item.tags)


def _key(name: str) -> str:
    """What two spellings of one name share: Unicode, section 3.13.5, caseless matching."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", one_line(name)).casefold())
    return slugify(folded.casefold())
