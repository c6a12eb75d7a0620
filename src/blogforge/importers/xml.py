"""XML of any origin -> elements: no document type, no entities, no network."""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from itertools import pairwise
from typing import TYPE_CHECKING

from blogforge.errors import ContentError, Location, Problem
from blogforge.importers.encodings import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What never ends goes to the end: to look for it again from each beginning takes too long.
_APART = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_NOT_OF_TEXTS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")


def parse(data: bytes, path: str) -> tuple[_Element, list[Problem]]:
    """The root element of `data`, and what was mended in it.

    What keeps nothing out is mended and told: characters that XML forbids (WordPress exports
    them) are taken out, entities of HTML become their characters, any other stray "&" stays as
    text. Raises ContentError, located, for a document type or an entity of its own, and for XML
    that is broken in another way: who knows what would be lost.
    """
    from lxml import etree

    text, problems = mended(_decoded(data, path), path)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(text.encode(), parser), problems
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"this is no XML: {str(error).rpartition(', line ')[0] or error}"
        where = Location(path, line or 0, max(column or 0, 0))
        raise ContentError.of(message, where, "export it again, or mend the line") from error


def mended(text: str, path: str) -> tuple[str, list[Problem]]:
    """XML without its declaration, what can be mended mended, and what to tell of that."""
    if declaration := _DECLARATION.match(text):
        text = "\n" * declaration[0].count("\n") + text[declaration.end() :]
    problems = []
    if match := _ILLEGAL.search(text):
        count = len(_ILLEGAL.findall(text))
        message = f"characters that XML forbids were taken out ({count}), the first one here"
        problems.append(Problem(message, _location(text, match.start(), path)))
        text = _ILLEGAL.sub("", text)
    apart = _APART.sub(lambda match: re.sub(r"[^\n]", ".", match[0]), text)
    if match := _DOCTYPE.search(apart):
        message = "a document type or entity is declared here; either could read or blow up files"
        raise ContentError.of(
            message, _location(text, match.start(), path), "delete the declaration"
        )
    strays = [found.start() for found in _AMPERSAND.finditer(apart)]
    if strays:
        message = f"an '&' that should be '&amp;' ({len(strays)} in all); it was taken as it is"
        problems.append(Problem(message, _location(text, strays[0], path)))
        pieces = (text[start:end] for start, end in pairwise([*strays, len(text)]))
        text = text[: strays[0]] + "".join(map(_with_ampersand, pieces))
    return text, problems


def _with_ampersand(piece: str) -> str:
    match = _NAMED.match(piece)
    if match and match[1] in html5:
        return html5[match[1]] + piece[match.end() :]
    return "&amp;" + piece[1:]


def _encoding(name: str) -> str:
    """The encoding of that name. Raises LookupError where it is none of texts."""
    known = codecs.lookup(name).name
    if known in _NOT_OF_TEXTS:
        raise LookupError(name)
    return known


def _decoded(data: bytes, path: str) -> str:
    declared = _DECLARED.match(data)
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE)):
        try:
            return data.decode(_encoding(declared[1].decode()))
        except (LookupError, UnicodeDecodeError):
            pass  # the declaration lies; the bytes are looked at
    return text_of(data, path)[0]


def _location(text: str, offset: int, path: str) -> Location:
    return Location(path, text.count("\n", 0, offset) + 1)
