"""Pictures and files: copied where they are at hand, fetched where that was asked for."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blogforge.fetching.faults import Unfetched
from blogforge.importers.found import File, LeftOut, Origin
from blogforge.importers.linking import unsized
from blogforge.importers.names import path_of
from blogforge.importers.writing import Output, write
from blogforge.pictures.looks import UnreadableError, is_shown, look
from blogforge.urls import collision_key, slugify, unsafe_segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.fetching import Client
    from blogforge.importers.home import Home
    from blogforge.importers.journal import Journal
    from blogforge.importers.linking import Addresses

_LARGEST = 2 * 1024**3
_DANGEROUS = (".html", ".htm", ".php", ".js", ".css", ".md", ".markdown", ".xml", ".svgz")
_OURS = ("feed.json", ".opml")  # which the site makes itself


class Media:
    """The files of a site as they find their places.

    What is fetched is written at once, so that nothing need be fetched twice; what is copied is
    among `outputs`. `remote`: the addresses of those that stay there. `folders`: the places of
    documents and all folders around them, where no file can be.
    """

    def __init__(
        self,
        home: Home,
        addresses: Addresses,
        journal: Journal,
        client: Client | None,
        folders: frozenset[str] = frozenset(),
    ) -> None:
        self.home = home
        self.addresses = addresses
        self.journal = journal
        self.client = client
        self.folders = folders
        self.outputs: list[Output] = []
        self.left_out: list[LeftOut] = []
        self.remote: list[str] = []
        self.copied = 0
        self.fetched = 0
        self._paths: set[str] = set()

    def place(self, file: File, beside: str = "") -> str:
        """Where `file` is to be, below the site's folder; "" where it is not at hand.

        `beside`: the folder of the item that it belongs to.
        """
        key = f"file:{beside}/{file.name}" if beside else f"file:{(*file.addresses, file.name)[0]}"
        known = self.journal.entries.get(key)
        if file.content is None and known:  # fetched before
            return known.path
        data = self._data(file)
        if data is None:
            return ""
        path = known.path if known else self._free(self._path(file, beside))
        self._paths.add(collision_key(path))
        output = Output(key=key, path=path, data=data)
        if file.content is None:
            write([output], self.home.folder, self.journal)
        else:
            self.outputs.append(output)
        return path

    def _data(self, file: File) -> bytes | Path | None:
        origin = Origin(path=(*file.addresses, file.name)[0])
        try:
            data = file.content if file.content is not None else self._fetch(file)
            if data is None:
                return None
            if isinstance(data, Path) and data.stat().st_size > _LARGEST:
                self._leave(origin, f"it is larger than {_LARGEST:,} bytes")
                return None
            if is_shown(file.name):
                look(data.read_bytes() if isinstance(data, Path) else data)
        except UnreadableError as error:
            self._leave(origin, f"it cannot be shown: {error}")
            return None
        except OSError as error:
            self._leave(origin, f"it cannot be read: {error.strerror or error}")
            return None
        self.copied += file.content is not None
        return data

    def _fetch(self, file: File) -> bytes | None:
        address = next((each for each in file.addresses if "://" in each), "")
        if self.client is None or not address:
            self.remote.append(next(filter(None, (address, *file.addresses, file.name))))
            return None
        try:
            found = self.client.fetch(address)
        except Unfetched as error:
            self._leave(Origin(path=address), f"it was not fetched: {error.message}")
            return None
        kind = found.type.partition("/")[0]
        if found.status != 200 or (is_shown(file.name) and kind == "text"):
            answer = f"{found.status} {found.type}".strip()
            self._leave(Origin(path=address), f"the address answers {answer}")
            return None
        self.fetched += 1
        return found.content

    def _leave(self, origin: Origin, reason: str) -> None:
        self.left_out.append(LeftOut(origin=origin, what="file", reason=reason))

    def _path(self, file: File, beside: str) -> str:
        if beside:
            return posixpath.join(beside, safe(file.name))
        for address in file.addresses:
            path = unquote(path_of(address))
            if self.addresses.place(address) is None or not path.startswith(
                self.home.config.base_path
            ):
                continue
            below = path.removeprefix(self.home.config.base_path).strip("/")
            unsafe = any(map(unsafe_segment, below.split("/")))
            in_the_way = collision_key(below) in self.folders
            if not unsafe and not in_the_way and not path.lower().endswith((*_DANGEROUS, *_OURS)):
                return f"static/{below}"
        return f"posts/files/{safe(file.name)}"

    def _free(self, path: str) -> str:
        stem, end = posixpath.splitext(path)
        number = 1
        while collision_key(path) in self._paths or path in self.journal.others:
            number += 1
            path = f"{stem}-{number}{end}"
        return path


def safe(name: str) -> str:
    """A file's path with parts that any file system takes and that blogforge reads."""
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip(". ")]
    safe_parts = []
    for part in parts:
        bad = unsafe_segment(part) or part.startswith("_") or part.endswith("~")
        safe_parts.append(_renamed(part) if bad or len(part.encode()) > 120 else part)
    path = "/".join(safe_parts) or "file"
    return f"{path}.txt" if path.lower().endswith((".md", ".markdown")) else path


def _renamed(part: str) -> str:
    stem, dot, end = part.rpartition(".")
    name = slugify(stem if dot else part)[:80] or "file"
    return f"{name}.{slugify(end)[:10]}" if dot and slugify(end) else name


def named(address: str) -> str:
    """The name of the file at an address."""
    return unquote(path_of(address)).strip("/").rpartition("/")[2] or "file"


def of_bodies(destinations: Iterable[str], known: set[str]) -> list[File]:
    """Files of the old site that bodies show and that the source does not list."""
    found = dict.fromkeys(each for each in destinations if not {each, unsized(each)} & known)
    return [File(name=named(address), addresses=(address,)) for address in found]
