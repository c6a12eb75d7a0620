"""What a page's front matter tells, in our words: https://gohugo.io/content-management/front-matter/."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from blogforge.images import Image
from blogforge.importers.covers import cover
from blogforge.importers.found import Note
from blogforge.importers.moments import written
from blogforge.importers.values import block, bylines, entries, first, lowered, text, texts, without

if TYPE_CHECKING:
    from blogforge.importers.hugo.config import HugoSite
    from blogforge.importers.hugo.content import Page
    from blogforge.importers.source import Source

_DEKS = ("dek", "summary", "description", "subtitle", "excerpt")
_USED = (
    *("title", "date", "publishdate", "pubdate", "published", "lastmod", "updated", "modified"),
    *("expirydate", "unpublishdate", "draft", "slug", "url", "aliases", "alias", "tags"),
    *("categories", "series", "translationkey", "cascade", "headless", "build", "_build"),
    *("canonical", "canonicalurl", "lang", "language", "params"),
)
_NAME_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})[-_ ]?(.*)")
_SLUG = re.compile(r"[^/\\%?#:*\"<>|]+")


class Told:
    """One page's front matter. `notes` grows where something could not be understood.

    `undated`: the date of a page whose own cannot be read. `fault`: why it cannot, where there is
    none such; Hugo builds no site with such a page.
    """

    def __init__(self, page: Page, site: HugoSite, undated: str = "") -> None:
        self.page = page
        self.site = site
        self.values = {**lowered(block(page.values.get("params"))), **page.values}
        self.undated = undated
        self.fault = ""
        self.notes: list[Note] = []
        self.title = text(self.values.get("title"))
        dek_key, self.dek = first(self.values, _DEKS)
        self.dek_key = dek_key
        appeared = self._date("publishdate", "pubdate", "published")
        self.date = self._date("date") or appeared or self._date_by_name()
        self.embargo = appeared if appeared > self.date else ""
        self.updated = self._date("lastmod", "updated", "modified")
        self.expires = self._date("expirydate", "unpublishdate")
        self.slug = self._slug()
        self.canonical = first(self.values, ("canonical", "canonicalurl"))[1]

    @property
    def authors(self) -> tuple[str, ...]:
        """Ids or names. One text is one author, as "Jane Doe, Health Canada" is."""
        return bylines(self.values)

    @property
    def section(self) -> str:
        """The first category."""
        return next(iter(texts(self.values.get("categories"))), "")

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags, and the categories behind the first."""
        categories = texts(self.values.get("categories"))[1:]
        return tuple(dict.fromkeys([*texts(self.values.get("tags")), *categories]))

    @property
    def story(self) -> str:
        """The first series."""
        return next(iter(texts(self.values.get("series"))), "")

    def image(self, source: Source) -> tuple[Image | None, set[str]]:
        """The picture above it, and the keys that tell of it."""
        found, used = cover(self.values)
        if found is None:
            return self._resource(), set()
        return replace(found, src=self._placed(found.src, source)), used

    def extra(self, used: set[str], *, post: bool) -> dict[str, Any]:
        """What has no home."""
        gone = {*_USED, *used, self.dek_key, "authors", "author"} - {""}
        gone -= set() if post else {"authors", "author", "date", "tags", "categories", "series"}
        own = {**block(self.page.own.get("params")), **self.page.own}
        extra = without(own, gone)
        if post and len(series := texts(self.values.get("series"))) > 1:
            extra["series"] = list(series[1:])
        return extra

    def note(self, what: str) -> None:
        """Tell of something once."""
        if what not in {note.what for note in self.notes}:
            self.notes.append(Note(what=what))

    def _date(self, *names: str) -> str:
        for name in names:
            value = self.values.get(name)
            try:
                if found := written(value, self.site.zone):
                    return found
            except ValueError as error:
                self.note(f"{name}: {error}")
                if name == "date":
                    self.fault = "" if self.undated else f"its date: {error}"
                    return self.undated
        return ""

    def _date_by_name(self) -> str:
        name = self.page.logical.rpartition("/")[2]
        match = _NAME_DATE.fullmatch(name)
        return match[1] if match and (self.site.dates_by_name or self.page.section) else ""

    def _slug(self) -> str:
        """The slug, if it can be a part of an address with us; else it is made of the name."""
        slug = text(self.values.get("slug"))
        return slug if slug and _SLUG.fullmatch(slug) and not slug.startswith(".") else ""

    def _placed(self, src: str, source: Source) -> str:
        """A picture's path as bodies write it: beside the page, else from the site's root."""
        if src.startswith(("http://", "https://", "//", "/")):
            return src
        if self.page.bundle and source.holds(f"{self.page.folder}/{src}"):
            return src
        return f"/{src}"

    def _resource(self) -> Image | None:
        """The bundle's picture that its `resources` call the cover, as most themes do."""
        for each in entries(self.values.get("resources")):
            told = lowered(block(each))
            about = lowered(block(told.get("params")))
            name = PurePosixPath(text(told.get("name"))).stem.lower()
            if self.page.bundle and name.startswith(("cover", "featur", "header", "thumb")):
                return Image(
                    src=text(told.get("src")),
                    alt=text(about.get("alt")) or text(told.get("title")),
                    caption=text(about.get("caption")),
                    credit=text(about.get("credit")),
                )
        return None
