"""What blogforge put at a target, kept there in a file of its own that survives everything here.

It names digests of paths, never paths, so that a manifest that anyone may read tells of no unlisted
post. Before anything new is put it is written with all paths, old and new, so that what a
deployment that is cut off leaves is known as ours; at the end with those that are there.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from msgspec import field

from blogforge.output.manifest import MANIFEST, path_digest
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["MANIFEST", "Entry", "Manifest", "claim", "parsed", "settled"]

_HEADER = "This folder is written by blogforge; each line below is the digest of a file's path."
_STATE = re.compile(r"deployment ([0-9a-f]+) (begun|done)")


class Entry(Value, frozen=True, kw_only=True):
    """A file as it was put: the digest of it and its headers, and the target's own tag for it.

    Both are empty where it is not known to be there.
    """

    digest: str = ""
    tag: str = ""


class Manifest(Value, frozen=True, kw_only=True):
    """The files of the `deployment` of that name, by the digests of their paths.

    `done`: it came to its end.
    """

    deployment: str = ""
    done: bool = True
    files: dict[str, Entry] = field(default_factory=dict)

    def __contains__(self, path: str) -> bool:
        return path_digest(path) in self.files

    def entry(self, path: str) -> Entry:
        """What is known of the file at `path`."""
        return self.files.get(path_digest(path)) or Entry()

    def encoded(self) -> bytes:
        """The manifest's file."""
        lines = [f"{path} {entry.digest} {entry.tag}" for path, entry in self.files.items()]
        state = f"deployment {self.deployment} {'done' if self.done else 'begun'}"
        return "\n".join([_HEADER, state, *sorted(map(str.rstrip, lines)), ""]).encode()


def parsed(data: bytes) -> Manifest | None:
    """The manifest in a file, a tree's own one too; None where it is somebody else's."""
    header, *lines = data.decode(errors="replace").splitlines() or [""]
    if header != _HEADER:
        return None
    state = _STATE.fullmatch(lines[0]) if lines else None
    files = {}
    for line in lines[1 if state else 0 :]:
        path, digest, tag = [*line.split(" "), "", ""][:3]
        files[path] = Entry(digest=digest, tag=tag)
    if state is None:
        return Manifest(files=files)
    return Manifest(deployment=state[1], done=state[2] == "done", files=files)


def claim(last: Manifest, paths: Iterable[str]) -> Manifest:
    """What a deployment begins with: all that was there, and the paths that it will put."""
    new = {path_digest(path): Entry() for path in paths}
    return Manifest(deployment=secrets.token_hex(8), done=False, files=new | last.files)


def settled(claimed: Manifest, files: Mapping[str, Entry]) -> Manifest:
    """What a deployment ends with: what is there, by path."""
    there = {path_digest(path): entry for path, entry in files.items()}
    return Manifest(deployment=claimed.deployment, files=there)
