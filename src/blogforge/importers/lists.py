"""The old site's pages of sections, tags and stories -> the addresses of ours."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blogforge.importers.documents import one_line
from blogforge.importers.names import path_of
from blogforge.urls import encode, place_of, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.config import Config
    from blogforge.importers.found import Item, Taxon


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


def moved(url: str, taxon: Taxon, config: Config) -> Iterator[str]:
    """What a host must be told: each old address of a list that is not its new one, and that."""
    for old in taxon.addresses:
        if place_of(path_of(old), config.base_path) != place_of(url, config.base_path):
            yield f"{unquote(old)} → {unquote(url)}"


def _groups(item: Item) -> Iterator[tuple[str, str]]:
    if item.kind == "post":
        yield "section", item.section
        yield "story", item.story
        yield from (("tag", tag) for tag in item.tags)


def _key(name: str) -> str:
    """What two spellings of one name share: Unicode, section 3.13.5, caseless matching."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", one_line(name)).casefold())
    return slugify(folded.casefold())
