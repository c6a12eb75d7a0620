"""Copies of pages that are gone, in the Internet Archive.

Source: https://archive.org/help/wayback_api.php.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import msgspec

from blogforge.check.outside.answers import LOST
from blogforge.fetching.faults import Unfetched

if TYPE_CHECKING:
    from blogforge.fetching import Client


class Copy(NamedTuple):
    """Where a copy is, and of which day: 2012-03-22."""

    url: str
    day: str


class _Snapshot(msgspec.Struct):
    url: str = ""
    timestamp: str = ""
    status: str = ""
    available: bool = False


class _Snapshots(msgspec.Struct):
    closest: _Snapshot | None = None


class _Found(msgspec.Struct):
    archived_snapshots: _Snapshots


class Archive:
    """Asks the archive at `base`, until it does not answer. `lost`: it could not be reached."""

    def __init__(self, client: Client, base: str) -> None:
        self._client = client
        self._base = base
        self._answers = True
        self.lost = False

    def copy(self, url: str, day: str) -> Copy | None:
        """The copy of `url` next to a day (20120321; "": the newest); None where there is none."""
        if not self._answers:
            return None
        query = {"url": url, **({"timestamp": day} if day else {})}
        try:
            found = self._client.fetch(f"{self._base}?{urlencode(query)}")
            snapshot = msgspec.json.decode(found.content, type=_Found).archived_snapshots.closest
        except (Unfetched, msgspec.MsgspecError) as fault:
            self._answers = False
            self.lost = isinstance(fault, Unfetched) and fault.kind in LOST
            return None
        if snapshot is None or not snapshot.available or snapshot.status[:1] not in {"", "2"}:
            return None
        at = snapshot.timestamp
        secure = snapshot.url.replace("http://web.archive.org/", "https://web.archive.org/", 1)
        return Copy(secure, f"{at[:4]}-{at[4:6]}-{at[6:8]}")
