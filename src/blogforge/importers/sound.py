"""Items as a source has them -> items whose every field blogforge can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from blogforge.content.dates import DateError, moment
from blogforge.faults import address_fault, image_fault, language_fault
from blogforge.importers.documents import one_line
from blogforge.importers.found import Note
from blogforge.importers.names import host_of, path_of
from blogforge.urls import place_of, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.config import Config
    from blogforge.images import Image
    from blogforge.importers.found import Instructions, Item

NO_DATE = "1970-01-01"


def sound(items: Iterable[Item], instructions: Instructions, config: Config) -> list[Item]:
    """`items`, each under a key of its own; what a field cannot hold becomes a note."""
    seen: dict[str, int] = {}
    found = []
    for item in items:
        seen[item.key] = seen.get(item.key, 0) + 1
        key = item.key if seen[item.key] == 1 else f"{item.key}#{seen[item.key]}"
        found.append(_Sounding(replace(item, key=key), instructions, config).item())
    return found


class _Sounding:
    """One item, field by field; gathers notes."""

    def __init__(self, item: Item, instructions: Instructions, config: Config) -> None:
        self.old = item
        self.instructions = instructions
        self.config = config
        self.notes: list[Note] = []

    def item(self) -> Item:
        """The item, made sound."""
        old = self.old
        date = self._date()
        undated = old.kind == "post" and not date
        if undated:
            self.note("it has no date: it is a draft until you write one")
        fields = {
            "title": self._title(),
            "date": date or NO_DATE,
            "updated": self._moment("updated", old.updated),
            "embargo": self._moment("embargo", old.embargo),
            "expires": self._moment("expires", old.expires),
            "status": "draft" if undated and old.status == "published" else old.status,
            "authors": tuple(self._names("author", old.authors or (self.instructions.author,))),
            "section": next(self._names("section", [old.section or self.instructions.section]), ""),
            "story": next(self._names("story", [old.story]), ""),
            "tags": tuple(self._names("tag", old.tags)),
            "canonical": self._canonical(),
            "image": self._image(),
            "old": self._old(),
            "language": self._language(),
            "corrections": tuple(
                (date, text) for date, text in old.corrections if self._moment("correction", date)
            ),
        }
        return replace(old, **fields, notes=(*old.notes, *self.notes))

    def note(self, what: str) -> None:
        """Tell of a field that is not as it was."""
        self.notes.append(Note(what=what))

    def _title(self) -> str:
        if title := one_line(self.old.title):
            return title
        title = one_line(self.old.slug.replace("-", " ")).capitalize() or "Untitled"
        self.note(f"it has no title: it is called '{title}'")
        return title

    def _date(self) -> str:
        for name, text in (
            ("date", self.old.date),
            ("updated", self.old.updated),
            ("date", self.instructions.date),
        ):
            if found := self._moment(name, text):
                return found
        return ""

    def _moment(self, name: str, text: str) -> str:
        text = text.strip()
        if not text:
            return ""
        try:
            moment(text, ZoneInfo(self.config.timezone))
        except DateError as error:
            self.note(f"its {name} {error.message}; it was left out")
            return ""
        return text

    def _names(self, what: str, names: Iterable[str]) -> Iterator[str]:
        for name in filter(None, names):
            if slugify(name):
                yield name
            else:
                self.note(f"the {what} '{name}' has no letter or digit; it was left out")

    def _canonical(self) -> str:
        url = self.old.canonical.strip()
        if not url or place_of(url, "") == place_of(self.old.old, ""):
            return ""  # its own address
        if fault := address_fault(url):
            self.note(f"its canonical address '{url}' {fault.message}; it was left out")
            return ""
        return url

    def _image(self) -> Image | None:
        image = self.old.image
        fault = image_fault(image.src) if image else None
        if image and fault:
            self.note(f"its image '{image.src}' {fault.message}; it was left out")
        return None if fault else image

    def _old(self) -> str:
        old = self.old.old
        if old and not (host_of(old) or path_of(old)):
            self.note(f"its old address '{old}' is none")
            return ""
        return old

    def _language(self) -> str:
        tag = self.old.language.strip().replace("_", "-")
        if tag and (fault := language_fault(tag)):
            self.note(f"its language {fault.message}; it was left out")
            return ""
        return "" if tag.lower() == self.config.language.lower() else tag
