"""Renditions and posters kept from build to build, so that each is made once."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from blogforge.digest import digest_bytes, digest_value
from blogforge.pictures.encoding import encoded, recipe
from blogforge.posters.designs import draw
from blogforge.posters.recipe import key_of as key_of_poster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from blogforge.images import Rendition
    from blogforge.posters.poster import Poster


class Kept:
    """Files in `folder`, each file with the digest of its bytes in front; None: nowhere.

    Processes may share a folder: a file is there with all its bytes, or is not.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def rendition(self, wanted: Rendition, digest: str, read: Callable[[], bytes]) -> bytes:
        """The rendition `wanted` of the picture with that `digest`, which `read` reads.

        Raises UnreadableError, and what `read` raises.
        """
        key = key_of(wanted, digest)
        known = self._read(key)
        if known is not None:
            return known
        data = read()
        made = encoded(data, (wanted.width, wanted.height), wanted.format, wanted.quality)
        if digest_bytes(data) == digest:  # else somebody is changing it just now
            self._write(key, made)
        return made

    def poster(self, wanted: Poster, own: tuple[tuple[Path, str], ...]) -> bytes:
        """The poster `wanted`; `own`: the files of its typefaces. Raises UnknownFontError."""
        key = key_of_poster(wanted)
        known = self._read(key)
        if known is None:
            known = draw(wanted, own)
            self._write(key, known)
        return known

    def forget_others(self, keys: Iterable[str]) -> None:
        """Drop all but what is kept under these keys."""
        if self._folder is None or not self._folder.is_dir():
            return
        for name in {entry.name for entry in os.scandir(self._folder)}.difference(keys):
            with suppress(OSError):  # it harms nobody
                (self._folder / name).unlink()

    def _read(self, key: str) -> bytes | None:
        if self._folder is None:
            return None
        try:
            written = (self._folder / key).read_bytes()
        except OSError:
            return None
        digest, data = written[:_DIGITS], written[_DIGITS:]
        return data if digest_bytes(data).encode() == digest else None

    def _write(self, key: str, data: bytes) -> None:
        if self._folder is None:
            return
        fresh = self._folder / f"{key}.{os.getpid()}"
        with suppress(OSError):  # what cannot be kept is made again
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(digest_bytes(data).encode() + data)
            fresh.replace(self._folder / key)


def key_of(wanted: Rendition, digest: str) -> str:
    """What a rendition of the picture with that `digest` is kept under, whatever its address."""
    made_of = (digest, wanted.width, wanted.height, wanted.format, wanted.quality)
    return digest_value((recipe(), made_of))


_DIGITS = len(digest_bytes(b""))
