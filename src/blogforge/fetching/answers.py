"""What comes back: bytes within bounds, also once they are decompressed."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from blogforge.fetching.faults import Unfetched
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WINDOW = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class Redirect(Value, frozen=True, kw_only=True):
    """One step on the way: the status (301, 302, …) and the address that it leads to."""

    status: int
    url: str


class Fetched(Value, frozen=True, kw_only=True):
    """An answer of any status. `url`: where it came from at last; names of headers in lower case.

    `content` is empty where the body was not asked for.
    """

    url: str
    status: int
    headers: dict[str, str]
    content: bytes = b""
    redirects: tuple[Redirect, ...] = ()

    @property
    def type(self) -> str:
        """The media type, such as "image/png", without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def whole(chunks: Iterable[bytes], headers: Mapping[str, str], most: int) -> bytes:
    """The body that `chunks` are, decompressed. Raises Unfetched beyond `most` bytes."""
    length = headers.get("content-length", "")[:18]
    if length.isdecimal() and int(length) > most:
        raise Unfetched("too-large", f"it says that it has {length} bytes")
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in {"", "identity"}:
        return _bounded(chunks, most)
    if coding not in _WINDOW:
        raise Unfetched("broken", f"it is packed in a way that was not asked for: {coding[:40]}")
    return _bounded(_inflated(chunks, coding, most), most)


def _bounded(chunks: Iterable[bytes], most: int) -> bytes:
    found = bytearray()
    for chunk in chunks:
        found += chunk
        if len(found) > most:
            raise Unfetched("too-large", f"it is larger than {most:,} bytes")
    return bytes(found)


def _inflated(chunks: Iterable[bytes], coding: str, most: int) -> Iterable[bytes]:
    inflater = zlib.decompressobj(_WINDOW[coding])
    try:
        for chunk in chunks:
            yield inflater.decompress(chunk, most + 1)
            if inflater.unconsumed_tail:  # there is more than we take
                raise Unfetched("too-large", f"it is larger than {most:,} bytes")
    except zlib.error as error:
        raise Unfetched("broken", "it says that it is packed, and is not") from error
    if not inflater.eof:
        raise Unfetched("broken", "it ends before its end")
