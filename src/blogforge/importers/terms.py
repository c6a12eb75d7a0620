"""The lists of an old site: of its sections, tags and stories, with the addresses they had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from blogforge.importers.found import Taxon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from blogforge.importers.found import Item

    Kind = Literal["section", "tag", "story"]


def with_terms(
    told: Iterable[Taxon], items: Iterable[Item], addresses: Mapping[Kind, Callable[[str], str]]
) -> tuple[Taxon, ...]:
    """What a source tells of taxa, and every other one that items name, each with its address.

    `addresses`: for each kind that had lists, what makes a list's address of a name.
    """
    taxa = {(taxon.kind, taxon.name): taxon for taxon in told}
    listed = {address for taxon in taxa.values() for address in taxon.addresses}
    for kind, name in dict.fromkeys(_named(items)):
        if kind in addresses and (address := addresses[kind](name)) not in listed:
            listed.add(address)
            taxon = taxa.get((kind, name), Taxon(kind=kind, name=name))
            taxa[kind, name] = replace(taxon, addresses=(*taxon.addresses, address))
    return tuple(taxa.values())


def _named(items: Iterable[Item]) -> Iterator[tuple[Kind, str]]:
    for item in items:
        if item.section:
            yield "section", item.section
        if item.story:
            yield "story", item.story
        for tag in item.tags:
            yield "tag", tag
