"""A Pelican site -> what it holds, in the words of ours."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from blogforge.importers.covers import cover
from blogforge.importers.found import File, Found, Item, LeftOut, Note, Origin
from blogforge.importers.marks import Marks, unmarked
from blogforge.importers.moments import written
from blogforge.importers.names import heading_of, last_part, section_of, title_of
from blogforge.importers.pelican.addresses import filled, rooted, slugified
from blogforge.importers.pelican.config import CONFIGURATIONS, site_of
from blogforge.importers.pelican.documents import documents_of
from blogforge.importers.pelican.links import Links
from blogforge.importers.terms import with_terms
from blogforge.importers.theme import is_theme
from blogforge.importers.values import block, first, without

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.images import Image
    from blogforge.importers.found import Instructions, Status
    from blogforge.importers.pelican.config import PelicanSite
    from blogforge.importers.pelican.documents import Document
    from blogforge.importers.source import Source

_SUMMARY = re.compile(r"<!--\s*(?:PELICAN_(?:BEGIN|END)_SUMMARY|more)\s*-->")
_DEKS = ("dek", "summary", "subtitle", "description", "excerpt")
_USED = (
    *("title", "date", "modified", "category", "tags", "slug", "author", "authors", "status"),
    *("lang", "translation", "save_as", "url", "series", "canonical"),
)


def read(source: Source, instructions: Instructions) -> Found:
    """All articles and pages of a Pelican site, or of its content folder.

    Raises MachineError where there is reStructuredText and no docutils.
    """
    source = source.site(*CONFIGURATIONS, "content")
    site = site_of(source, instructions.url, instructions.language)
    documents = documents_of(source, site)
    reading = Reading(source, site, documents.found, instructions.date)
    items: list[Item] = []
    left_out = list(documents.left_out)
    for document in documents.found:
        if reason := reading.kept_out(document):
            left_out.append(LeftOut(origin=Origin(path=document.path), what="page", reason=reason))
        else:
            items.append(reading.item(document))
    return Found(
        counted=documents.counted,
        items=tuple(_joined(items, site)),
        taxa=with_terms(
            (),
            items,
            {
                "section": partial(_list, site, "CATEGORY_URL"),
                "tag": partial(_list, site, "TAG_URL"),
            },
        ),
        files=tuple(_files(source, site, documents.others)),
        left_out=tuple(left_out),
        settings=_settings(site),
        problems=tuple(dict.fromkeys(source.problems)),
    )


class Reading:
    """The documents of one site on their way to items."""

    def __init__(
        self, source: Source, site: PelicanSite, documents: Iterable[Document], undated: str
    ) -> None:
        self.source = source
        self.site = site
        dates = [self._date(document, "date")[0] for document in documents if not document.page]
        self.undated = undated or max(dates, default="")

    def kept_out(self, document: Document) -> str:
        """Why a document becomes no item, or ""."""
        if document.values.get("status", "").lower() == "skip":
            return "its status is 'skip': the old site has no page of it"
        if not document.page and not self._date(document, "date")[0] and not self.undated:
            return "it has no date: import with --date"
        return ""

    def item(self, document: Document) -> Item:
        """The document in our words."""
        values = document.values
        date, dating = self._date(document, "date")
        updated, updating = self._date(document, "modified")
        notes = [*document.notes, *dating, *updating]
        if not date and not document.page:
            notes.append(Note(what="it has no date, so Pelican publishes nothing of it: a draft"))
        heading, rest = heading_of(document.body) if not document.html else ("", "")
        title = values.get("title", "") or heading
        body, linking = self._body(document, rest if title == heading else document.body)
        stem = posixpath.splitext(posixpath.basename(document.path))[0]
        title = title or title_of("", stem)
        old = self._address(document, title, stem, date)
        image, used = self._image(document)
        category = self._category(document)
        dek_key, dek = first(values, _DEKS)
        post = not document.page
        language = values.get("lang", "").replace("_", "-")
        return Item(
            key=document.path,
            origin=Origin(path=document.path),
            kind="post" if post else "page",
            old=old,
            title=title,
            dek=dek,
            date=(date or self.undated) if post else "",
            updated=updated,
            authors=_authors(values, self.site) if post else (),
            section=category if post else "",
            tags=_listed(values.get("tags", "")) if post else (),
            story=values.get("series", "") if post else "",
            slug=values.get("slug", "") or last_part(old) or slugified(title) or stem,
            language="" if language == self.site.language else language,
            status=self._status(document, date),
            image=image,
            canonical=values.get("canonical", ""),
            body=body,
            line=document.line,
            form="html" if document.html else "markdown",
            references=(document.path, document.below),
            extra=without(values, {*_USED, *used, dek_key} - {""}),
            notes=(*notes, *linking),
        )

    def _date(self, document: Document, name: str) -> tuple[str, tuple[Note, ...]]:
        try:
            # Pelican reads 03/04/2012 as dateutil does: the fourth of March.
            date = written(document.values.get(name), self.site.zone, day_first=False)
        except ValueError as error:
            return "", (Note(what=f"{name}: {error}"),)
        return date, ()

    def _body(self, document: Document, body: str) -> tuple[str, tuple[Note, ...]]:
        marks = Marks()
        links = Links(self.site, document.below, self.source.holds, marks)
        body = links.resolved(unmarked(body), html=document.html)
        return marks.settled(_SUMMARY.sub("", body), html=document.html)

    def _address(self, document: Document, title: str, stem: str, date: str) -> str:
        """Where it was; "" where the old site had no page of it."""
        values = document.values
        if not date and not document.page:
            return ""
        if own := values.get("url") or values.get("save_as"):
            return rooted(self.site, own)
        from_title = self.site.text("SLUGIFY_SOURCE") == "title"
        language = values.get("lang", "") or self.site.language
        fields = {
            "slug": values.get("slug") or slugified(title if from_title else stem),
            "lang": language,
            "category": slugified(values.get("category") or self._folder(document) or "misc"),
            "author": slugified(next(iter(_authors(values, self.site)), "")),
            "path": posixpath.splitext(document.below)[0],
        }
        kind = "PAGE" if document.page else "ARTICLE"
        pattern = self.site.text(f"{kind}_URL")
        if language != self.site.language:
            pattern = self.site.text(f"{kind}_LANG_URL")
        return rooted(self.site, filled(pattern, fields, date))

    def _folder(self, document: Document) -> str:
        """The folder that is a category, or the default one."""
        folder = posixpath.basename(posixpath.dirname(document.below))
        if folder and self.site.values.get("USE_FOLDER_AS_CATEGORY"):
            return folder
        return self.site.text("DEFAULT_CATEGORY")

    def _category(self, document: Document) -> str:
        """Its section; Pelican's "misc" is none."""
        category = document.values.get("category") or self._folder(document)
        return "" if category == "misc" else section_of(category)

    def _status(self, document: Document, date: str) -> Status:
        status = document.values.get("status", "").lower() or self.site.text("DEFAULT_STATUS")
        if status == "draft" or (not date and not document.page):
            return "draft"
        return "unlisted" if status == "hidden" else "published"

    def _image(self, document: Document) -> tuple[Image | None, set[str]]:
        found, used = cover(document.values)
        if found is None:
            return None, used
        marks = Marks()
        links = Links(self.site, document.below, self.source.holds, marks)
        src, _ = marks.settled(links.resolved(found.src, html=False))
        src = src.strip()
        if not src.startswith(("http://", "https://", "/", "blogforge-item:")):
            src = f"/{src}"
        return replace(found, src=src), used


def _listed(words: str) -> tuple[str, ...]:
    """Several values in one line: parted by semicolons where there are any, else by commas."""
    separator = ";" if ";" in words else ","
    return tuple(dict.fromkeys(part.strip() for part in words.split(separator) if part.strip()))


def _authors(values: dict[str, str], site: PelicanSite) -> tuple[str, ...]:
    """Its authors, or the one of the whole site."""
    several = _listed(values.get("authors", ""))
    one = values.get("author", "") or site.text("AUTHOR")
    return several or ((one,) if one else ())


def _list(site: PelicanSite, setting: str, name: str) -> str:
    """Where the list of a category or tag was."""
    return rooted(site, filled(site.text(setting), {"slug": slugified(name)}, ""))


def _joined(items: Iterable[Item], site: PelicanSite) -> Iterable[Item]:
    """Items with what they translate: one with their slug in another language."""
    items = list(items)
    versions: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        versions[item.kind, item.slug.removesuffix(f"-{item.language}")].append(item)
    for item in items:
        group = versions[item.kind, item.slug.removesuffix(f"-{item.language}")]
        first_one = min(group, key=lambda each: bool(each.language))
        if item.language and item.language != first_one.language:
            yield replace(item, translation_of=first_one.key)
        else:
            yield item


def _files(source: Source, site: PelicanSite, paths: Iterable[str]) -> Iterable[File]:
    placed = block(site.values.get("EXTRA_PATH_METADATA"))
    for path in paths:
        if not is_theme(path):
            below = path[len(site.content) :].lstrip("/")
            moved = block(placed.get(below)).get("path")
            addresses = [rooted(site, str(moved))] if moved else []
            addresses += [f"{site.base}/{below}", f"/{below}", path]
            yield File(
                name=below,
                addresses=tuple(dict.fromkeys(addresses)),
                content=source.path(path),
            )


def _settings(site: PelicanSite) -> dict[str, Any]:
    told = {
        "title": site.text("SITENAME"),
        "dek": site.text("SITESUBTITLE"),
        "url": site.url,
        "language": site.language,
        "timezone": site.text("TIMEZONE"),
    }
    return {key: value for key, value in told.items() if value}
