"""Files that lie beside an export of WordPress and that its media library does not name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blogforge.importers.found import File
from blogforge.importers.names import host_of, joined, path_of
from blogforge.importers.wordpress.library import plain, whole_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from blogforge.importers.source import Source

_FOLDERS = ("", "wp-content/uploads/", "uploads/", "public_html/wp-content/uploads/")
_NAMED = re.compile(
    r"(?:(?:https?:)?//[^\s\"'<>/]+)?/(?:[^\s\"'<>]*?/)?uploads/[^\"'<>\[\]\n?#]+?\.[a-z0-9]{2,5}"
    r"(?=[\"'<>\[\]\s?#]|$)",
    re.I,
)


def beside(source: Source, name: str) -> Path | None:
    """The file of that path below WordPress's folder of uploads, if the source has it."""
    found = next((each + name for each in _FOLDERS if source.holds(each + name)), "")
    return source.path(found) if found else None


def named_in(
    bodies: Iterable[str], source: Source, url: str, known: Iterable[str]
) -> Iterator[File]:
    """The files that bodies name by address and that lie beside the export, each once.

    `url`: the old site's. `known`: the addresses of files that the media library has. Of a smaller
    copy that WordPress made the picture itself, where that is there.
    """
    host = host_of(url).removeprefix("www.")
    seen = {plain(address) for address in known}
    for address in dict.fromkeys(joined(url, each) for each in _addresses(bodies)):
        if host_of(address).removeprefix("www.") != host or plain(address) in seen:
            continue
        for one in dict.fromkeys((whole_name(address), address)):
            name = unquote(path_of(one)).rpartition("/uploads/")[2]
            if content := beside(source, name):
                yield File(
                    name=name, addresses=tuple(dict.fromkeys((one, address))), content=content
                )
                break


def _addresses(bodies: Iterable[str]) -> Iterator[str]:
    for body in bodies:
        yield from _NAMED.findall(body) if "/uploads/" in body else ()
