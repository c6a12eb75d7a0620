"""An export of WordPress -> posts, pages, authors and the media library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import replace

from blogforge.errors import ConfigError, ContentError, Location, Problem
from blogforge.importers.found import File, Found, LeftOut, Origin
from blogforge.importers.names import path_of
from blogforge.importers.plain import shortened, text_of_html
from blogforge.importers.wordpress import dates, entries, kinds, uploads, wxr
from blogforge.importers.wordpress.items import Items
from blogforge.importers.wordpress.library import Attachment, Library
from blogforge.importers.wordpress.people import People
from blogforge.importers.wordpress.taxonomies import Taxonomies, described

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.importers.found import Instructions, Item
    from blogforge.importers.source import Source
    from blogforge.importers.wordpress.entries import Entry

_UNSAID = {
    "Just another WordPress site",
    "Just another WordPress weblog",
    "Un site utilisant WordPress",
    "Eine weitere WordPress-Website",
    "Ein weiterer WordPress-Blog",
    "Otro sitio realizado con WordPress",
    "Un nuovo sito targato WordPress",
}
_CREDIT = re.compile(r's:\d+:"(?:credit|copyright)";s:\d+:"([^"]+)"')


def read(source: Source, instructions: Instructions) -> Found:
    """What the exports in `source` hold: one file, or the parts of a large export.

    Raises ContentError, located, where a file is no export of WordPress.
    """
    export = _Export(source)
    for path in _files(source):
        export.add(path)
    return export.found(instructions)


def _files(source: Source) -> list[str]:
    files = source.files(".xml", ".wxr", ".rss")
    exports = files if source.only else [path for path in files if _is_export(source, path)]
    if not exports:
        raise ConfigError.of(
            f"there is no export of WordPress in '{source.name}'",
            hint="in WordPress, choose Tools, Export, All content",
        )
    return exports


def _is_export(source: Source, path: str) -> bool:
    with source.path(path).open("rb") as file:
        return b"wordpress.org/export/" in file.read(4096)


class _Export:
    """Exports while they are read, each entry once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.counted = 0
        self.channels: list[wxr.Fields] = []
        self.entries: dict[str, Entry] = {}
        self.attachments: list[Entry] = []
        self.left_out: list[LeftOut] = []
        self.problems: list[Problem] = []

    def add(self, path: str) -> None:
        """Read one file."""
        file = self.source.path(path)
        pieces = wxr.pieces(file)
        root, channel, problems = wxr.head(next(pieces), path)
        self.channels.append(channel)
        self.problems += problems
        if not wxr.is_whole(file):
            message = "the export is cut off: what came behind its last entry here is missing"
            self.problems.append(Problem(message, Location(path), "export it again, in parts"))
        for piece in pieces:
            self.counted += 1
            try:
                fields, problems = wxr.entry(piece, root, path)
            except ContentError as error:
                self._broken(path, error)
                continue
            self.problems += problems
            self._take(entries.read(fields, path))

    def _broken(self, path: str, error: ContentError) -> None:
        problem = error.problems[0]
        line = problem.location.line if problem.location else 0
        message = re.sub(r"( line \d+)?, line .*|\(<string>.*", "", problem.message)
        reason = f"{message}; {problem.hint}" if problem.hint else message
        self.left_out.append(
            LeftOut(origin=Origin(path=path, line=line), what="broken entry", reason=reason)
        )

    def _take(self, entry: Entry) -> None:
        if entry.type == "attachment" and entry.address:
            self.counted -= 1  # a file, which is told among them
            self.attachments.append(entry)
        elif self._is_known(entry):
            self._leave(entry, "it stands in the export twice")
        elif reason := kinds.reason_against(entry):
            self._leave(entry, reason)
            if entry.type in {"wp_block", "guest-author"}:
                self.entries[entry.key] = entry
        else:
            self.entries[self._free(entry)] = entry
        if entry.comments:
            self.counted += entry.comments
            reason = "blogforge shows no comments"
            origin = _origin(entry)
            self.left_out.append(
                LeftOut(origin=origin, what="comment", reason=reason, count=entry.comments)
            )

    def _is_known(self, entry: Entry) -> bool:
        known = self.entries.get(entry.key)
        return known is not None and (known.type, known.title) == (entry.type, entry.title)

    def _free(self, entry: Entry) -> str:
        """The key of an entry; another one where exports were joined that count alike."""
        return f"{entry.key}:{entry.line}" if entry.key in self.entries else entry.key

    def _leave(self, entry: Entry, reason: str) -> None:
        self.left_out.append(LeftOut(origin=_origin(entry), what=entry.type, reason=reason))

    def found(self, instructions: Instructions) -> Found:
        """All that was read."""
        kept = [each for each in self.entries.values() if not kinds.reason_against(each)]
        reusable = {each.id: each.body for each in self.entries.values() if each.type == "wp_block"}
        guests = [each for each in self.entries.values() if each.type == "guest-author"]
        people = People(self.channels, guests)
        terms = [term for channel in self.channels for term in described(channel)]
        taxonomies = Taxonomies(terms, kept)
        library = Library(_attachment(each) for each in self.attachments)
        settings = self._settings(instructions)
        language = settings.get("language", "").lower().partition("-")[0]
        originals = _originals(kept, language)
        maker = Items(people, taxonomies, library, reusable, originals, language)
        editorial = kinds.editorial_types(kept)
        items = [
            maker.item(key, each, post=each.type == "post" or each.type in editorial)
            for key, each in self.entries.items()
            if not kinds.reason_against(each)
        ]
        library_files = [self._file(each) for each in self.attachments]
        listed = [address for file in library_files for address in file.addresses]
        bodies = (each.body for each in kept)
        named = uploads.named_in(bodies, self.source, settings.get("url", ""), listed)
        by_id = {person.id: person for each in kept for person in people.of(each)}
        return Found(
            counted=self.counted,
            items=_with_ids_of_their_own(items),
            people=tuple(by_id.values()),
            taxa=tuple(taxonomies.taxa()),
            files=(*library_files, *named),
            left_out=tuple(self.left_out),
            settings=settings,
            problems=(*self.problems, *self._about_zone(settings, instructions)),
        )

    def _file(self, entry: Entry) -> File:
        """A file of the library, and where its bytes are if the uploads lie beside the export."""
        name = _upload(entry)
        return File(
            name=name,
            addresses=tuple(dict.fromkeys(each for each in (entry.address, entry.link) if each)),
            content=uploads.beside(self.source, name),
        )

    def _settings(self, instructions: Instructions) -> dict[str, str]:
        """What the head says of the site. Its zone is found by the dates, which have it twice."""
        channel = self.channels[0]
        kept = self.entries.values()
        settings = {
            "title": text_of_html(channel.text("title")),
            "url": channel.text("wp:base_blog_url") or channel.text("link") or instructions.url,
            "dek": _tagline(channel),
            "language": channel.text("language"),
            "timezone": dates.zone((each.date, each.date_gmt) for each in kept),
        }
        return {key: value for key, value in settings.items() if value}

    def _about_zone(
        self, settings: dict[str, str], instructions: Instructions
    ) -> Iterator[Problem]:
        """That the zone is no more than one that all dates fit."""
        zone = settings.get("timezone", "")
        if zone and not instructions.timezone:
            message = (
                f"the export names no time zone; {zone} fits all of its dates "
                "(--timezone, where yours is another)"
            )
            yield Problem(message, level="notice")


def _tagline(channel: wxr.Fields) -> str:
    """What the site says of itself; not what WordPress says where nobody has said anything."""
    said = text_of_html(channel.text("description"))
    return "" if said in _UNSAID else said


def _with_ids_of_their_own(items: list[Item]) -> tuple[Item, ...]:
    """The items; of those that feeds would know by one id, the first alone keeps it."""
    seen: set[str] = set()
    kept = []
    for item in items:
        kept.append(replace(item, id="") if item.id in seen else item)
        seen.add(item.id)
    return tuple(kept)


def _origin(entry: Entry) -> Origin:
    name = text_of_html(entry.title) or shortened(text_of_html(entry.body)) or entry.id
    return Origin(path=entry.path, line=entry.line, item=name)


def _upload(entry: Entry) -> str:
    """The path of a file below WordPress's folder of uploads."""
    given = entry.field("_wp_attached_file")
    path = unquote(path_of(entry.address))
    return given.lstrip("/") or path.rpartition("/uploads/")[2].lstrip("/")


def _attachment(entry: Entry) -> Attachment:
    credit = _CREDIT.search(entry.field("_wp_attachment_metadata"))
    return Attachment(
        id=entry.id,
        address=entry.address,
        page=entry.link,
        title=text_of_html(entry.title),
        alt=text_of_html(entry.field("_wp_attachment_image_alt")),
        caption=entry.excerpt,
        credit=text_of_html(
            entry.field("_credit", "credit", "_media_credit", "_wp_attachment_credit")
            or (credit[1] if credit else "")
        ),
        parent=entry.parent,
        order=entry.order,
    )


def _originals(kept: list[Entry], language: str) -> dict[str, str]:
    """Which entry each translates, as the plugin Polylang groups them: keys by numbers.

    The original of a group is the one in the site's language, or else its oldest.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in kept:
        for term in entry.of("post_translations"):
            groups.setdefault(term.slug, []).append(entry)
    originals = {}
    for group in groups.values():
        own = [each for each in group if any(term.slug == language for term in each.of("language"))]
        original = (own or sorted(group, key=lambda each: each.date))[0]
        others = (each.id for each in group if each is not original)
        originals.update(dict.fromkeys(others, f"wordpress:{original.id}"))
    return originals
