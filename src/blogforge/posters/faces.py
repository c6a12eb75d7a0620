"""The fonts of posters: those that come with blogforge, and a site's own before them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from blogforge.digest import digest_bytes

_FOLDER = Path(__file__).parent / "faces"
_OTHERS = ("arabic", "hebrew")  # of scripts that neither of the two has
SERIF, SANS, GROTESQUE, GARAMOND = "serif", "sans", "grotesque", "garamond"
# What stands in for a letter that a font has not.
_BEHIND = {SERIF: (SANS,), SANS: (SERIF,), GROTESQUE: (SANS, SERIF), GARAMOND: (SERIF, SANS)}
JOINERS = "\u200c\u200d"  # which shape the letters beside them
_BLANKS = "\u2028\u2029\u202f"
_LETTERS = ("L", "N", "M")


class UnknownFontError(Exception):
    """A file that is no font; says so, as the end of a sentence."""


class Face(NamedTuple):
    """A font: HarfBuzz's, the characters that it has, its units an em, its line's height in ems."""

    font: Any
    covers: frozenset[str]
    upem: int
    leading: float


class Faces(NamedTuple):
    """Fonts in the order in which they are tried for a letter; `covers`: what one of them has."""

    faces: tuple[Face, ...]
    covers: frozenset[str]

    def of(self, char: str) -> Face | None:
        """The first font that has a character, if any has."""
        return next((face for face in self.faces if char in face.covers), None)

    def whole(self, text: str) -> Face | None:
        """The first font that has all of a text, if any has."""
        return next((face for face in self.faces if face.covers.issuperset(text)), None)

    def fit_for(self, text: str) -> Faces:
        """The same, that which has all of `text` first: one text, one font."""
        first = self.whole(plain(text).replace(" ", ""))
        return self if first is None else Faces((first, *self.faces), self.covers)

    def missing(self, text: str) -> str:
        """The letters, digits and marks of a text that no font has."""
        letters = plain(text)
        if self.covers.issuperset(letters):
            return ""
        return "".join(
            char
            for char in dict.fromkeys(letters)
            if unicodedata.category(char)[0] in _LETTERS and char not in self.covers
        )

    def shown(self, text: str) -> str:
        """A text without the signs that no font has: an emoji, an arrow."""
        letters = plain(text)
        if self.covers.issuperset(letters):
            return letters
        kept = (c for c in letters if c.isspace() or c in JOINERS or c in self.covers)
        return "".join(kept)


def plain(text: str) -> str:
    """A text composed, its blanks plain, without what nobody sees but joiners."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    kept = (c for c in composed if c in JOINERS or unicodedata.category(c)[0] != "C")
    return "".join(" " if c in _BLANKS else c for c in kept)


@lru_cache(maxsize=16)
def faces(kind: str, own: tuple[tuple[Path, str], ...] = ()) -> Faces:
    """The fonts of a `kind`, such as SERIF, and those for what it has no letters for.

    `own`: the site's fonts, each a file and the digest of it. Raises UnknownFontError.
    """
    shipped = (kind, *_BEHIND[kind], *_OTHERS)
    found = [_face(file, digest) for file, digest in own]
    found += [_face(_FOLDER / f"{name}.ttf", "") for name in shipped]
    return Faces(tuple(found), frozenset[str]().union(*(face.covers for face in found)))


@lru_cache(maxsize=32)
def _face(file: Path, digest: str) -> Face:
    """The font in a file of that digest; "" for one that comes with blogforge."""
    import uharfbuzz

    data = file.read_bytes()
    if digest and digest_bytes(data) != digest:
        raise UnknownFontError("it was changed during the build")
    face = uharfbuzz.Face(data)
    covers = frozenset(map(chr, face.unicodes))
    if not covers:
        raise UnknownFontError("it is no font in TrueType or OpenType")
    font = uharfbuzz.Font(face)
    extents = font.get_font_extents("ltr")
    leading = _TIGHT * (extents.ascender - extents.descender) / face.upem
    return Face(font, covers, face.upem, leading)


_TIGHT = 0.8  # of a font's own line, which is made for text
