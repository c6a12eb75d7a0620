"""Pictures without what their files tell beside the picture: where it was taken, above all.

What stays: the pixels, bit for bit; the colour profile; of Exif which way is up, who made the
picture and who owns it. What goes: everything else that no decoder needs, and what is written on
behind the picture's end, where telephones put films.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zlib import crc32

from blogforge.pictures.looks import UnreadableError, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KEPT_TAGS = (0x0112, 0x013B, 0x8298)  # Orientation, Artist, Copyright: Exif 2.32, table 4
_EXIF = b"Exif\0\0"
_CUT_OFF = "it is damaged (it breaks off)"


def without_metadata(data: bytes) -> bytes:
    """The picture `data` without what it tells; other bytes than those of a picture as they are.

    Raises UnreadableError for a picture that breaks off.
    """
    for sign, clean in _CLEANERS:
        if sign.match(data):
            return clean(data)
    return data


def _exif(data: bytes) -> bytes:
    """What is kept of an Exif block, which may be empty, as one; b"" where that is nothing."""
    from PIL.Image import Exif

    found, kept = Exif(), Exif()
    try:
        found.load(data)
        kept.update({tag: found[tag] for tag in _KEPT_TAGS if tag in found})
        return kept.tobytes() if len(kept) else b""
    except (SyntaxError, ValueError, TypeError, KeyError, OSError, ArithmeticError):
        return b""  # nobody can read it


# ---------------------------------------------------------------- JPEG

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_SCAN = 0xDA
_APP0, _EXIF_APP, _ICC_APP, _ADOBE_APP, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
# What ends a scan: any marker that is neither a stuffed byte nor a restart (ITU T.81, B.1.1.5).
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _jpeg(data: bytes) -> bytes:
    kept = [_SOI]
    for marker, segment in _segments(data):
        if marker == _EXIF_APP and segment[4:].startswith(_EXIF):
            if exif := _exif(segment[4:]):
                block = exif if exif.startswith(_EXIF) else _EXIF + exif
                kept.append(bytes([0xFF, marker]) + (len(block) + 2).to_bytes(2) + block)
        elif _is_needed(marker, segment):
            kept.append(segment)
    return b"".join([*kept, _EOI])


def _is_needed(marker: int, segment: bytes) -> bool:
    if marker == _ICC_APP:
        return segment[4:].startswith(b"ICC_PROFILE\0")
    is_application = _APP0 <= marker <= 0xEF
    return marker in {_APP0, _ADOBE_APP} if is_application else marker != _COMMENT


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Markers with their segments, a scan with its pixels, as far as the end of the picture."""
    at = len(_SOI)
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        marker = data[at + 1 : at + 2]
        if data[at : at + 2] == _EOI:
            return
        length = int.from_bytes(data[at + 2 : at + 4])
        end = at + 2 + length
        if data[at : at + 1] != b"\xff" or length < 2 or end > len(data):
            raise UnreadableError(_CUT_OFF)
        if marker[0] == _SCAN:
            found = _SCAN_END.search(data, end)
            if found is None:
                raise UnreadableError(_CUT_OFF)
            end = found.start()
        yield marker[0], data[at:end]
        at = end


# ---------------------------------------------------------------- PNG and WebP

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (
        b"acTL bKGD cHRM cICP cLLI fcTL fdAT gAMA hIST iCCP mDCV pHYs sBIT sPLT sRGB tRNS"
        b" IHDR PLTE IDAT IEND"
    ).split()
)  # https://www.w3.org/TR/png-3/#4Concepts.FormatTypes, without text and times


def _png(data: bytes) -> bytes:
    kept = [_PNG]
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        kind = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data):
            raise UnreadableError(_CUT_OFF)
        if kind in _PNG_KEPT:
            kept.append(data[at:end])
        elif kind == b"eXIf" and (exif := _exif(data[at + 8 : end - 4])):
            block = kind + exif.removeprefix(_EXIF)
            kept.append((len(block) - 4).to_bytes(4) + block + crc32(block).to_bytes(4))
        at = end
    return b"".join(kept)


_WEBP_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04}
_WEBP_KEPT = frozenset((b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L", b"VP8X"))


def _webp(data: bytes) -> bytes:
    """Source: https://developers.google.com/speed/webp/docs/riff_container."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise UnreadableError(_CUT_OFF)
    chunks: list[tuple[bytes, bytes]] = []
    at = 12
    while at < end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        chunks.append((kind, data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    exif = next((_exif(content) for kind, content in chunks if kind == b"EXIF"), b"")
    kept = [(kind, content) for kind, content in chunks if kind in _WEBP_KEPT]
    if exif:
        kept.append((b"EXIF", exif.removeprefix(_EXIF)))
    return _riff([(kind, _with_flags(kind, content, bool(exif))) for kind, content in kept])


def _with_flags(kind: bytes, content: bytes, exif: bool) -> bytes:
    if kind != b"VP8X":
        return content
    flags = content[0] & ~(_WEBP_FLAGS[b"EXIF"] | _WEBP_FLAGS[b"XMP "])
    return bytes([flags | (_WEBP_FLAGS[b"EXIF"] if exif else 0)]) + content[1:]


def _riff(chunks: list[tuple[bytes, bytes]]) -> bytes:
    body = b"WEBP" + b"".join(
        kind + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
        for kind, content in chunks
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


# ---------------------------------------------------------------- AVIF

_ALMOST_ALL = 95


def _avif(data: bytes) -> bytes:
    """Written anew, where it tells anything: its boxes name each other by place."""
    with opened(data) as image:
        told = image.info.get("exif", b""), image.info.get("xmp", b"")
        kept = _exif(told[0]) if told[0] else b""
        if not told[1] and len(told[0]) <= len(kept):
            return data
        profile, written = image.info.get("icc_profile"), io.BytesIO()
        options = {"quality": _ALMOST_ALL, "max_threads": 1, "save_all": True}
        image.save(written, "AVIF", icc_profile=profile, exif=kept, **options)
    return written.getvalue()


_Cleaner = tuple[re.Pattern[bytes], "Callable[[bytes], bytes]"]
_CLEANERS: tuple[_Cleaner, ...] = (
    (re.compile(rb"\xff\xd8\xff"), _jpeg),
    (re.compile(re.escape(_PNG)), _png),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), _webp),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), _avif),
)
