"""RSS, Atom and JSON Feed, from a file or an address -> posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from blogforge.importers.feed.dates import written
from blogforge.importers.feed.items import files_of, item, key_of, person
from blogforge.importers.feed.pages import of_address, of_files
from blogforge.importers.found import Found, LeftOut, Note, Origin

if TYPE_CHECKING:
    from blogforge.fetching import Client
    from blogforge.importers.feed.channel import Channel, Entry
    from blogforge.importers.found import Instructions, Item
    from blogforge.importers.source import Source


def read(source: Source, instructions: Instructions, client: Client | None = None) -> Found:
    """The entries of a feed, each a post; of an address with all its pages.

    `client` fetches them, one of our own otherwise. Raises ContentError where there is no feed.
    """
    channels = _channels(source, client)
    kept, left_out = _once(channels)
    # A feed that gives each entry one category at most means its section by it.
    sections = all(len(entry.categories) <= 1 for _, entry in kept) and not instructions.section
    items = _known_apart([item(entry, channel, sections=sections) for channel, entry in kept])
    people = {
        found.id: found for _, entry in reversed(kept) for found in map(person, entry.writers)
    }
    return Found(
        counted=sum(channel.counted for channel in channels),
        items=items,
        people=tuple(one for one in people.values() if one.id),
        files=tuple(file for _, entry in kept for file in files_of(entry)),
        left_out=tuple(left_out),
        settings=_settings(channels),
        problems=tuple(problem for channel in channels for problem in channel.problems),
    )


def _channels(source: Source, client: Client | None) -> list[Channel]:
    if not source.address:
        return of_files(source)
    if client is not None:
        return of_address(source.address, client)
    from blogforge.fetching import Client

    with Client() as own:
        return of_address(source.address, own)


def _once(channels: list[Channel]) -> tuple[list[tuple[Channel, Entry]], list[LeftOut]]:
    """The entries, each once, in their newest version; and those that are left out."""
    kept: dict[tuple[str, str, str], tuple[Channel, Entry]] = {}
    left_out: list[LeftOut] = []
    for channel in channels:
        for entry in channel.entries:
            key = (key_of(entry), entry.url, entry.title)
            channel_of, known = kept.setdefault(key, (channel, entry))
            if known is entry:
                continue
            newer = written(entry.updated) > written(known.updated)
            older = known if newer else entry
            kept[key] = (channel, entry) if newer else (channel_of, known)
            origin = Origin(path=channel.origin, line=older.line, item=older.title or older.id)
            reason = f"the feed has it twice: '{key_of(entry)}'"
            left_out.append(LeftOut(origin=origin, what="entry", reason=reason))
        if lost := channel.counted - len(channel.entries):
            origin = Origin(path=channel.origin)
            what = LeftOut(
                origin=origin, what="entry", reason="it is no entry of a feed", count=lost
            )
            left_out.append(what)
    return [*kept.values()], left_out


def _known_apart(items: list[Item]) -> tuple[Item, ...]:
    """The posts, of which no two have one id: feed readers would take them for one."""
    seen: set[str] = set()
    found = []
    for one in items:
        each = one
        if one.id in seen:
            note = Note(what=f"another entry has its id '{each.id}'; its address is its id now")
            each = replace(
                each, id="", key=f"{each.key} {each.old or each.title}", notes=(*each.notes, note)
            )
        seen.add(each.id)
        found.append(each)
    return tuple(found)


def _settings(channels: list[Channel]) -> dict[str, Any]:
    first = channels[0] if channels else None
    if first is None:
        return {}
    said = {"title": first.title, "dek": first.dek, "url": first.url, "language": first.language}
    return {key: value for key, value in said.items() if value}
