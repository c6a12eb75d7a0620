"""The container of a book: files -> one ZIP file, the same bytes for the same files.

Source: EPUB 3.3, section 4, Open Container Format.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from blogforge.epub.pictures import Resource

_CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_FOLDER = "OEBPS"
_FIRST_YEAR = 1980  # that ZIP files know
_UNIX = 3
_READABLE = 0o100644 << 16


def packed(files: Iterable[Resource], moment: datetime) -> bytes:
    """The book of `files`, each dated `moment`."""
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        _put(archive, "mimetype", b"application/epub+zip", moment, ZIP_STORED)  # first, and plain
        _put(archive, "META-INF/container.xml", _CONTAINER, moment)
        for file in files:
            _put(archive, f"{_FOLDER}/{file.href}", file.data, moment)
    return written.getvalue()


def _put(
    archive: ZipFile, name: str, data: bytes, moment: datetime, method: int = ZIP_DEFLATED
) -> None:
    info = ZipInfo(name, (max(moment.year, _FIRST_YEAR), *moment.timetuple()[1:6]))
    info.compress_type = method
    info.create_system = _UNIX  # else it is that of this machine
    info.external_attr = _READABLE
    archive.writestr(info, data)
