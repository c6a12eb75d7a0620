"""An export of Ghost -> posts, pages, staff and tags."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blogforge.importers.found import File, Found, LeftOut, Origin, Taxon
from blogforge.importers.ghost import addresses, dates
from blogforge.importers.ghost.export import BodyError, Export, Row, exports, text
from blogforge.importers.ghost.items import Items
from blogforge.importers.ghost.people import person
from blogforge.importers.plain import text_of_html

if TYPE_CHECKING:
    from blogforge.errors import Problem
    from blogforge.importers.found import Instructions, Item, Person
    from blogforge.importers.source import Source

_FOLDERS = ("images", "media", "files")  # of Ghost's content
# Other rows that editors made -> why nothing is made of them.
_STAY = {"comments": "blogforge shows no comments", "snippets": "a snippet of Ghost's editor"}


def read(source: Source, instructions: Instructions) -> Found:
    """What the export in `source` holds; a folder or archive may have Ghost's files beside it.

    Raises ConfigError where there is no export, ContentError where it is no JSON.
    """
    url = instructions.url.rstrip("/")
    found = _Found(source, url)
    for export in exports(source, url):
        found.add(export)
    return found.whole()


class _Found:
    """What was found so far, each post once."""

    def __init__(self, source: Source, url: str) -> None:
        self.source = source
        self.url = url
        self.counted = 0
        self.items: dict[str, Item] = {}
        self.people: dict[str, Person] = {}
        self.taxa: dict[str, Taxon] = {}
        self.left_out: list[LeftOut] = []
        self.settings: dict[str, str] = {}
        self.redirects, self.problems = addresses.redirects(source)

    def add(self, export: Export) -> None:
        """Read one export."""
        settings = export.settings()
        self.settings = self.settings or _settings(settings, self.url)
        maker = self._items(export, settings)
        for row in export.rows("posts"):
            self.counted += 1
            self._take(row, maker)
        for tag in export.rows("tags"):
            if (taxon := _taxon(tag)) and taxon.name:
                self.taxa.setdefault(taxon.name, taxon)
        for table, reason in _STAY.items():
            count = len(export.rows(table))
            self.counted += count
            if count:
                left = LeftOut(
                    origin=Origin(path=export.path), what=table[:-1], reason=reason, count=count
                )
                self.left_out.append(left)

    def _items(self, export: Export, settings: dict[str, str]) -> Items:
        return Items(
            path=export.path,
            meta=export.by_id("posts_meta", "post_id"),
            tags=export.joined("posts_tags", "tags", "tag_id"),
            authors=export.joined("posts_authors", "users", "author_id"),
            users=export.by_id("users"),
            collections=addresses.collections(self.source, settings),
            redirects=self.redirects,
            clock=dates.zone(_first(settings, "timezone", "active_timezone", "activeTimezone")),
            language=_first(settings, "locale", "lang", "default_locale"),
            url=self.url,
        )

    def _take(self, row: Row, maker: Items) -> None:
        origin = Origin(path=maker.path, item=text_of_html(text(row, "title")) or text(row, "id"))
        try:
            item = maker.item(row)
        except BodyError as error:
            self._leave(origin, f"{error}; open and save it in Ghost, and export again")
            return
        if item.key in self.items:
            self._leave(origin, "it stands in the export twice")
        elif not (text(row, "title") or item.body.strip()):
            self._leave(origin, "it is empty")
        else:
            self.items[item.key] = item
            for user in maker.authors_of(row):
                self.people.setdefault(person(user).id, person(user))

    def _leave(self, origin: Origin, reason: str) -> None:
        self.left_out.append(LeftOut(origin=origin, what="post", reason=reason))

    def whole(self) -> Found:
        """All that was found."""
        problems: list[Problem] = self.problems
        used = {item.section for item in self.items.values()}
        taxa = [
            taxon
            if taxon.name in used
            else Taxon(kind="tag", name=taxon.name, dek=taxon.dek, addresses=taxon.addresses)
            for taxon in self.taxa.values()
        ]
        return Found(
            counted=self.counted,
            items=tuple(self.items.values()),
            people=tuple(self.people.values()),
            taxa=tuple(taxa),
            files=tuple(self._files()),
            left_out=tuple(self.left_out),
            settings=self.settings,
            problems=tuple(problems),
        )

    def _files(self) -> list[File]:
        """The files of Ghost's content folder, without the sizes that Ghost made of pictures."""
        found = []
        for path in self.source.files():
            parts = PurePosixPath(path).parts
            at = next(
                (
                    n
                    for n, each in enumerate(parts[:-1])
                    if each == "content" and parts[n + 1] in _FOLDERS
                ),
                -1,
            )
            if at < 0 or "size" in parts[at + 2 : at + 3]:
                continue
            address = f"/{'/'.join(parts[at:])}"
            whole = (f"{self.url}{address}",) if self.url else ()
            found.append(
                File(
                    name="/".join(parts[at + 2 :]),
                    addresses=(*whole, address),
                    content=self.source.path(path),
                )
            )
        return found


def _taxon(tag: Row) -> Taxon | None:
    if text(tag, "visibility") == "internal" or text(tag, "name").startswith("#"):
        return None
    return Taxon(
        kind="section",
        name=text(tag, "name"),
        dek=text_of_html(text(tag, "description")),
        addresses=(f"/tag/{text(tag, 'slug')}/",),
    )


def _settings(settings: dict[str, str], url: str) -> dict[str, str]:
    """What the export says of the site; its address is not in it."""
    found = {
        "title": settings.get("title", ""),
        "url": url or settings.get("url", ""),
        "dek": settings.get("description", ""),
        "language": _first(settings, "locale", "lang", "default_locale").replace("_", "-"),
        "timezone": _first(settings, "timezone", "active_timezone", "activeTimezone"),
    }
    return {key: value for key, value in found.items() if value}


def _first(settings: dict[str, str], *names: str) -> str:
    return next((settings[name] for name in names if settings.get(name)), "")
