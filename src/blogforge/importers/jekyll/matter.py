"""What a document's front matter tells, in our words: https://jekyllrb.com/docs/front-matter/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from blogforge.importers.covers import cover
from blogforge.importers.found import Note
from blogforge.importers.moments import written
from blogforge.importers.values import bylines, first, flag, text, texts, without

if TYPE_CHECKING:
    from blogforge.images import Image
    from blogforge.importers.found import Status
    from blogforge.importers.jekyll.config import JekyllSite
    from blogforge.importers.jekyll.documents import Document

_DEKS = ("dek", "description", "excerpt", "subtitle", "summary", "tagline", "lead")
_USED = (
    *("title", "date", "last_modified_at", "last-modified-date", "updated", "modified", "slug"),
    *("permalink", "redirect_from", "redirect_to", "published", "draft", "hidden", "unlisted"),
    *("category", "categories", "tag", "tags", "series", "author", "authors", "lang"),
    *("canonical_url", "canonical", "render_with_liquid"),
)


class Told:
    """One document's front matter. `notes` grows where something could not be understood."""

    def __init__(self, document: Document, site: JekyllSite) -> None:
        self.document = document
        self.site = site
        self.values = document.values
        self.notes: list[Note] = []
        self.title = text(self.values.get("title"))
        self.dek_key, self.dek = first(self.values, _DEKS)
        self.date = self._date("date") or document.day
        if document.day and self.date[:10] != document.day:
            self.note(
                f"the file's name says {document.day}, its 'date' {self.date}; the date counts"
            )
        self.updated = self._date("last_modified_at", "last-modified-date", "updated", "modified")
        self.categories = tuple(
            dict.fromkeys([*document.above, *self._plural("category", "categories")])
        )
        self.tags = self._plural("tag", "tags")
        self.language = text(self.values.get("lang")).replace("_", "-")

    @property
    def authors(self) -> tuple[str, ...]:
        """Ids of `_data/authors.yml`, or names."""
        return bylines(self.values)

    @property
    def status(self) -> Status:
        """Nothing that the old site kept back is published."""
        kept_back = not flag(self.values.get("published"), otherwise=True)
        if kept_back or self.document.kind == "drafts" or flag(self.values.get("draft")):
            return "draft"
        hidden = flag(self.values.get("hidden")) or flag(self.values.get("unlisted"))
        return "unlisted" if hidden else "published"

    @property
    def image(self) -> Image | None:
        """The picture above it; a path without a slash is one from the site's root."""
        found, _ = cover(self.values)
        if found is None or found.src.startswith(("http://", "https://", "//", "/")):
            return found
        return replace(found, src=f"/{found.src}")

    def extra(self) -> dict[str, Any]:
        """What has no home."""
        _, used = cover(self.values)
        return without(self.document.own, {*_USED, *used, self.dek_key} - {""})

    def note(self, what: str) -> None:
        """Tell of something."""
        self.notes.append(Note(what=what))

    def _date(self, *names: str) -> str:
        for name in names:
            try:
                # Ruby reads 03/04/2012 as the third of April.
                if found := written(self.values.get(name), self.site.zone, day_first=True):
                    return found
            except ValueError as error:
                self.note(f"{name}: {error}")
        return ""

    def _plural(self, one: str, several: str) -> tuple[str, ...]:
        """A field of one text, or of several parted by spaces: Utils.pluralized_array_from_hash."""
        value = self.values.get(several)
        many = texts(value) if isinstance(value, list) else tuple(text(value).split())
        return tuple(dict.fromkeys([*texts(self.values.get(one)), *many]))
