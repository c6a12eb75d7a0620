"""A feed and the pages that it goes on with, from files or from the internet, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from blogforge.errors import ContentError, Location, MachineError, Problem
from blogforge.importers.feed import json_feed, xml_feed

if TYPE_CHECKING:
    from blogforge.fetching import Client
    from blogforge.importers.feed.channel import Channel
    from blogforge.importers.source import Source

_MOST_PAGES = 200
_MOST_BYTES = 500 * 1024**2
_ENDS = (".xml", ".rss", ".atom", ".rdf", ".json")


def channel(data: bytes, origin: str) -> Channel:
    """The feed in `data`, JSON or XML. Raises ContentError where it is none."""
    begins = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begins in {b"{", b"["}:
        return json_feed.read(data, origin)
    return xml_feed.read(data, origin)


def of_files(source: Source) -> list[Channel]:
    """The feeds in a file or a folder. Raises ContentError for one that is none."""
    found = [channel(source.read(name), name) for name in source.files(*_ENDS) or source.files()]
    return [_with_rest(each) for each in found]


def of_address(url: str, client: Client) -> list[Channel]:
    """A feed from the internet with its further pages (RFC 5005), the newest first.

    Raises ContentError where the address gives no feed. What goes wrong on a further page is a
    problem of the feed: what came before it is there.
    """
    found = [_fetched(url, client)]
    seen = {url, found[0].origin}
    size = 0
    while following := found[-1].next:
        if following in seen:
            break
        seen.add(following)
        if len(found) >= _MOST_PAGES or size > _MOST_BYTES:
            found[-1] = _told(found[-1], f"it goes on at {following}, which was not read any more")
            break
        try:
            page = _fetched(following, client)
        except (ContentError, MachineError) as error:
            found[-1] = _told(found[-1], f"its next page is missing: {error.problems[0].message}")
            break
        size += sum(len(entry.content) for entry in page.entries)
        if not page.entries:
            break
        found.append(page)
    return found


def _fetched(url: str, client: Client) -> Channel:
    from blogforge.fetching.faults import Unfetched

    try:
        answer = client.fetch(url, headers={"Accept": "application/feed+json, */*;q=0.9"})
    except Unfetched as fault:
        raise ContentError.of(
            fault.message, Location(url), "see whether a browser shows it"
        ) from fault
    if answer.status != 200:
        raise ContentError.of(f"it answers {answer.status}", Location(url), "is this its address?")
    return channel(answer.content, answer.url)


def _with_rest(found: Channel) -> Channel:
    """A feed of a file, and that it says where more of it is."""
    if not found.next:
        return found
    return _told(found, f"the feed goes on at {found.next}: import that address to have the rest")


def _told(found: Channel, message: str) -> Channel:
    problem = Problem(message, Location(found.origin), level="warning")
    return replace(found, problems=(*found.problems, problem))
