"""Where Jekyll published a document: https://jekyllrb.com/docs/permalinks/."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from blogforge.importers.values import text

if TYPE_CHECKING:
    from blogforge.importers.jekyll.config import JekyllSite
    from blogforge.importers.jekyll.documents import Document

_FIELD = re.compile(r":([a-z_]+)")
_PRETTY = "._~!$&'()+,;=@"


def address(document: Document, site: JekyllSite, date: str, categories: tuple[str, ...]) -> str:
    """The document's path on its host, rooted. `date`: as front matter writes it, or ""."""
    written = text(document.values.get("permalink"))
    if document.kind == "pages":
        path = _filled(written, document, date, categories) if written else _of_page(document, site)
    else:
        of_collection = document.collection.permalink if document.collection else site.permalink
        path = _filled(written or of_collection, document, date, categories)
    path = re.sub(r"/{2,}", "/", f"/{path}")
    if path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    return site.base + path


def slugified(words: str, *, pretty: bool = False) -> str:
    """Words as Jekyll's Utils.slugify has them, in the modes "default" and "pretty"."""
    kept = _PRETTY if pretty else ""
    chars = (
        char if unicodedata.category(char)[0] in "LMN" or char in kept else "-" for char in words
    )
    return re.sub(r"-{2,}", "-", "".join(chars)).strip("-")


def _of_page(document: Document, site: JekyllSite) -> str:
    folder, name = posixpath.split(document.path)
    stem = posixpath.splitext(name)[0]
    if stem == "index":
        return f"{folder}/"
    return f"{folder}/{stem}/" if site.pages_end_in_slash else f"{folder}/{stem}.html"


def _filled(pattern: str, document: Document, date: str, categories: tuple[str, ...]) -> str:
    moment = datetime.fromisoformat(date) if date else datetime(1, 1, 1)
    slug = text(document.values.get("slug")) or document.name
    below = posixpath.splitext(document.path)[0]
    if document.collection:
        below = below.removeprefix(f"{document.collection.folder}/")
    year, week, weekday = moment.isocalendar()
    fields = {
        "year": f"{moment.year:04}",
        "short_year": f"{moment.year % 100:02}",
        "month": f"{moment.month:02}",
        "i_month": str(moment.month),
        "short_month": f"{moment:%b}",
        "long_month": f"{moment:%B}",
        "day": f"{moment.day:02}",
        "i_day": str(moment.day),
        "y_day": f"{moment.timetuple().tm_yday:03}",
        "w_year": str(year),
        "week": f"{week:02}",
        "w_day": str(weekday),
        "short_day": f"{moment:%a}",
        "long_day": f"{moment:%A}",
        "hour": f"{moment.hour:02}",
        "minute": f"{moment.minute:02}",
        "second": f"{moment.second:02}",
        "title": slugified(slug, pretty=True),
        "slug": slugified(slug).lower(),
        "name": slugified(document.name).lower(),
        "path": below,
        "basename": document.name,
        "collection": document.collection.name if document.collection else document.kind,
        "categories": "/".join(dict.fromkeys(each.lower() for each in categories)),
        "slugified_categories": "/".join(
            dict.fromkeys(slugified(each).lower() for each in categories)
        ),
        "output_ext": ".html",
    }
    return _FIELD.sub(lambda match: fields.get(match[1], match[0]), pattern)


def encoded(path: str) -> str:
    """A path as links write it."""
    return quote(path, safe="/~+,;=@!$'*&()")
