"""A page of a book: HTML that templates make -> a tree in order -> XHTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from blogforge.epub.drawings import SVG
from blogforge.epub.formulas import MATHML
from blogforge.epub.markup import OPS, TYPE, tree_of
from blogforge.epub.nesting import nest
from blogforge.epub.references import name_ids
from blogforge.pages.wire import absolute, plain
from blogforge.site.dates import direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from blogforge.epub.pictures import Album

_XHTML = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="{ops}" \
lang="{lang}" xml:lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
{body}
</html>
"""


class Document(NamedTuple):
    """A page of the book; `file` is its name, `ids` what its ids were -> what they are."""

    file: str
    title: str
    lang: str
    body: _Element
    ids: Mapping[str, str]


def document(file: str, title: str, lang: str, html: str, album: Album) -> Document:
    """The page that `html`, the inside of a body, makes; its images are put into `album`."""
    body = tree_of(html)
    _place_images(body, album)
    nest(body)
    _mark_notes(body)
    return Document(file=file, title=title, lang=lang, body=body, ids=name_ids(body))


def _place_images(body: _Element, album: Album) -> None:
    """Show what is in the book, and link to what cannot be."""
    for image in list(body.iter("img")):
        src, alt = image.get("src") or "", image.get("alt") or ""
        for name in ("src", "width", "height"):
            image.attrib.pop(name, "")
        if href := album.href(src):
            image.set("src", href)
            image.set("alt", alt)
            continue
        for name in ("alt", "title"):
            image.attrib.pop(name, "")
        image.tag, image.text = "a", alt or src
        image.set("href", absolute(src, album.base))


def _mark_notes(body: _Element) -> None:
    """Footnotes as readers of books know them, which show them where they are referred to."""
    for section in body.iter("section"):
        if section.get("class") == "footnotes":
            section.set(TYPE, "footnotes")
            section.set("role", "doc-endnotes")
            for note in section.iterfind("ol/li"):
                note.set(TYPE, "footnote")
    for anchor in body.iter("a"):
        if anchor.get("class") == "footnote-ref":
            anchor.set(TYPE, "noteref")
            anchor.set("role", "doc-noteref")
        elif anchor.get("class") == "footnote-backref":
            anchor.set("role", "doc-backlink")


def written(page: Document) -> bytes:
    """The page as XHTML."""
    from lxml import etree

    shell = {
        "ops": OPS,
        "lang": escape(page.lang),
        "dir": direction(page.lang),
        "title": escape(plain(page.title)) or "…",
        "body": etree.tostring(page.body, encoding="unicode", with_tail=False),
    }
    return _XHTML.format_map(shell).encode()


def properties(page: Document) -> str:
    """What the package says of a page that has drawings or formulas."""
    kinds = (("mathml", f"{{{MATHML}}}math"), ("svg", f"{{{SVG}}}svg"))
    return " ".join(name for name, tag in kinds if next(page.body.iter(tag), None) is not None)
