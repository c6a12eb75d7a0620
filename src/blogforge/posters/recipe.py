"""What posters are made of beside their words."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.digest import digest_bytes, digest_value

if TYPE_CHECKING:
    from blogforge.posters.poster import Poster

_LIBRARIES = ("pillow", "python-bidi", "uharfbuzz")


def key_of(poster: Poster) -> str:
    """What a poster is kept under."""
    return digest_value((recipe(), poster))


@cache
def recipe() -> str:
    """The digest of the libraries, the fonts and the code that draw."""
    files = sorted(p for p in Path(__file__).parent.rglob("*") if p.suffix in {".py", ".ttf"})
    made_of = [(file.name, digest_bytes(file.read_bytes())) for file in files]
    return digest_value(([version(name) for name in _LIBRARIES], made_of))
