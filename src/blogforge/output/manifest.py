"""The list of what blogforge wrote, inside the tree: it survives the loss of all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.digest import digest_bytes
from blogforge.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MANIFEST = ".blogforge"
_HEADER = "This folder is written by blogforge; each line below is the digest of a file's path."


def path_digest(path: str) -> str:
    """What stands for `path` in a manifest, so that a published one names no unlisted post."""
    return digest_bytes(path.encode(errors="surrogateescape"))


def manifest_of(paths: Iterable[str]) -> bytes:
    """The manifest of a tree that holds `paths` and itself."""
    digests = sorted({path_digest(MANIFEST), *map(path_digest, paths)})
    return "\n".join([_HEADER, *digests, ""]).encode()


def read_manifest(folder: Path) -> frozenset[str]:
    """The digests of the paths that blogforge wrote into `folder`, the manifest's own among them.

    Empty where there is no manifest, or one of somebody else's. Raises MachineError.
    """
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError) as error:
        raise MachineError.of(f"cannot read {folder / MANIFEST}: {error}") from error
    return frozenset({path_digest(MANIFEST), *lines[1:]}) if lines[:1] == [_HEADER] else frozenset()
