"""What was found in a source, moved into a site: the one way that every format goes."""

from __future__ import annotations

import posixpath
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from blogforge.content.authors import AUTHORS_FILE
from blogforge.content.dates import moment
from blogforge.content.find import POSTS
from blogforge.content.frontmatter import split
from blogforge.errors import ContentError, Location, Problem
from blogforge.importers import people
from blogforge.importers.account import Account, Files, Told
from blogforge.importers.bodies import Linker, files_shown, markdown, pictures_shown
from blogforge.importers.documents import clean, document
from blogforge.importers.found import Instructions, LeftOut, Note
from blogforge.importers.home import home
from blogforge.importers.journal import Entry, Journal
from blogforge.importers.linking import Addresses, Target, hosts_of
from blogforge.importers.lists import feeds, leading, lists
from blogforge.importers.media import Media, of_bodies
from blogforge.importers.naming import Place, Places, aliases
from blogforge.importers.sound import sound
from blogforge.importers.standing import standing
from blogforge.importers.trial import stopping, unreadable
from blogforge.importers.writing import Output, Written, write
from blogforge.output.machine import machine_errors
from blogforge.output.single import write_file
from blogforge.progress import Progress, silent
from blogforge.urls import place_of
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from blogforge.fetching import Client
    from blogforge.images import Image
    from blogforge.importers.found import Found, Item, Person
    from blogforge.importers.home import Home


T = TypeVar("T")


class Asked(Value, frozen=True, kw_only=True):
    """An import as it was asked for: of which format and source, into which folder.

    `dry`: nothing is to be written.
    """

    format: str
    source: str
    folder: Path
    instructions: Instructions = Instructions()
    dry: bool = False


def move(
    found: Found, asked: Asked, client: Client | None = None, progress: Progress = silent
) -> Account:
    """Write what was found into the site in the folder, and give account of it.

    `client` fetches files; None: they stay at their addresses.
    Raises ContentError where there is nothing to begin a site with, ConfigError and MachineError;
    the former two before anything is written.
    """
    into = home(asked.folder, found, asked.instructions)
    if into.is_new and not found.counted:
        hint = "name the format first, then its export, or the folder that holds the whole site"
        message = f"{asked.source} has nothing that {asked.format} writes"
        raise ContentError([Problem(message, hint=hint), *found.problems])
    if not asked.dry:
        with machine_errors(asked.folder):
            asked.folder.mkdir(parents=True, exist_ok=True)
    return _Moving(found, into, asked, client, progress).account()


class _Moving:
    """One import on its way; what is told of it grows."""

    def __init__(
        self, found: Found, into: Home, asked: Asked, client: Client | None, progress: Progress
    ) -> None:
        url = asked.instructions.url or found.settings.get("url", "")
        self.journal = journal = Journal(asked.folder, _names(asked, found), dry=asked.dry)
        self.progress = progress
        self.asked = asked
        self.found = found
        self.home = into
        self.config = into.config
        items = sound(found.items, asked.instructions, into.config)
        self.items = [*map(self._buildable, self._watched("posts tried", items))]
        self.bodies = [*map(markdown, self._watched("bodies", self.items))]
        self.places = self._placed()
        self.addresses = Addresses(hosts_of(found, url), url)
        self.media = Media(into, self.addresses, journal, client, frozenset(self._folders()))
        self.left_out: list[LeftOut] = [*found.left_out]
        self.notes: list[Told] = []
        self.dead: list[Told] = []
        self.unanswered: list[str] = []
        self.lists: list[tuple[str, Iterable[str]]] = []  # each with its old addresses
        self.taken = {place_of(place.url, self.config.base_path) for place in self.places}
        self.taken |= self.standing
        self.hidden: set[str] = set()  # keys of items that are not published yet

    def account(self) -> Account:
        """Write everything, and say what was done."""
        self._address_items()
        self._address_lists()
        self._address_files()
        text, known = people.authors_of(self.home.folder)
        earlier = {
            key.removeprefix("person:"): entry.digest
            for key, entry in self.journal.entries.items()
            if key.startswith("person:")
        }
        ids = people.names(self.found.people, self.items, known, earlier)
        documents = [*self._documents(ids)]
        redirects = self._redirects()
        beginnings = [
            Output(key=name, path=name, data=text.encode())
            for name, text in self.home.beginning_with(redirects).items()
        ]
        outputs = [*beginnings, *self.media.outputs, *(output for output, _ in documents)]
        written = write(outputs, self.home.folder, self.journal)
        if not self.asked.dry:
            with machine_errors(self.home.folder):
                (self.home.folder / POSTS).mkdir(exist_ok=True)  # no site is without
        added = self._add_people(text, ids, known)
        self.journal.tidy()
        unsaid = {} if self.home.is_new else redirects
        return self._account([item for _, item in documents], written, added, unsaid)

    def _account(
        self, items: list[Item], written: Written, added: int, redirects: dict[str, str]
    ) -> Account:
        posts = sum(item.kind == "post" for item in items)
        return Account(
            format=self.asked.format,
            source=self.asked.source,
            folder=str(self.home.folder),
            dry=self.asked.dry,
            counted=self.found.counted,
            posts=posts,
            pages=len(items) - posts,
            people=added,
            left_out=tuple(self.left_out),
            files=Files(
                copied=self.media.copied,
                fetched=self.media.fetched,
                remote=tuple(dict.fromkeys(self.media.remote)),
                left_out=tuple(self.media.left_out),
            ),
            written=written,
            notes=tuple(self.notes),
            dead=tuple(self.dead),
            redirects=redirects,
            unanswered=tuple(self.unanswered),
            gone=tuple(self._gone()),
            problems=(*self.found.problems, *self.home.problems),
        )

    def _gone(self) -> list[str]:
        """Files of what an earlier import found and this one does not; of a feed that is usual."""
        found = {f"item:{item.key}" for item in self.found.items}
        paths = {
            path
            for key, path in self.journal.paths().items()
            if key.startswith("item:") and key not in found
        }
        paths -= {place.path for place in self.places}
        here = (path for path in sorted(paths) if (self.home.folder / path).exists())
        return [] if self.asked.format == "feed" else [*here]

    def _watched(self, stage: str, things: Sequence[T]) -> Iterator[T]:
        """`things`, the progress through them told."""
        for number, thing in enumerate(things, 1):
            yield thing
            self.progress(stage, number, len(things))

    # ------------------------------------------------------------ where everything goes

    def _placed(self) -> list[Place]:
        known = {
            key.removeprefix("item:"): path
            for key, path in self.journal.paths().items()
            if key.startswith("item:")
        }
        ours = {known[item.key] for item in self.items if item.key in known}
        taken = [path for path in self.home.files() if path not in ours]
        self.standing = frozenset(standing(self.home, taken))
        places = Places(self.config, taken, known, self.standing)
        return [places.of(item) for item in self.items]

    def _folders(self) -> Iterator[str]:
        """The places of all items, and the folders around them."""
        for place in self.places:
            at = place_of(place.url, self.config.base_path)
            while at:
                yield at
                at = at.rpartition("/")[0]

    def _address_items(self) -> None:
        now = datetime.now(UTC)
        self.addresses.add(Target(url=self.config.base_path), [self.addresses.url, "/"])
        for item, place in zip(self.items, self.places, strict=True):
            hidden = item.status == "draft" or self._is_to_come(item, now)
            self.hidden |= {item.key} if hidden else set()
            # A link by file to what is not published would stop the build.
            target = Target(path=place.path, url=place.url if hidden else "", key=item.key)
            names = (item.key, item.origin.path, *item.references, item.slug)
            self.addresses.add(target, (item.old, *item.aliases, *item.references), names)

    def _address_lists(self) -> None:
        """Let the addresses of the old site's lists lead to ours, where there are any."""
        published = [item for item in self.items if item.key not in self.hidden]
        for url, taxon in lists(self.found.taxa, published, self.config):
            self.addresses.add(Target(url=url), taxon.addresses)
            self.lists.append((url, taxon.addresses))

    def _buildable(self, item: Item) -> Item:
        """The item, a draft where its text would stop a build."""
        if item.form == "html" or item.status == "draft":  # converting tries it
            return item
        problem = stopping(item.body, self.config)
        if problem is None:
            return item
        line = problem.location.line if problem.location else 0
        note = Note(what=f"{problem.message}; it is a draft until that is mended", line=line)
        return replace(item, status="draft", notes=(*item.notes, note))

    def _is_to_come(self, item: Item, now: datetime) -> bool:
        zone = ZoneInfo(self.config.timezone)
        dates = (item.date if item.kind == "post" else "", item.embargo)
        return any(moment(date, zone) > now for date in dates if date)

    def _address_files(self) -> None:
        """Find a place for every file: of items, of the source, and those that bodies name."""
        for item, place in zip(self.items, self.places, strict=True):
            folder = place.path.removesuffix("/index.md").removesuffix(".md")
            below = posixpath.dirname(item.origin.path)
            for file in item.files:
                if path := self.media.place(file, folder):
                    names = (posixpath.join(below, file.name), *file.addresses)
                    self.addresses.add(Target(path=path), file.addresses, names)
        for file in self._watched("files", self.found.files):
            if path := self.media.place(file):
                names = (file.name, *file.addresses)
                self.addresses.add(Target(path=path), file.addresses, names)
        shown = [*pictures_shown(self.items, self.found.people, self.addresses)]
        shown += [
            address
            for item, body in zip(self.items, self.bodies, strict=True)
            for address in files_shown(body, item, self.addresses)
        ]
        listed = {address for file in self.found.files for address in file.addresses}
        for file in self._watched("files of bodies", of_bodies(shown, listed)):
            if path := self.media.place(file):
                self.addresses.add(Target(path=path), file.addresses)

    # ------------------------------------------------------------ documents

    def _documents(self, ids: dict[str, str]) -> Iterator[tuple[Output, Item]]:
        paths = {item.key: place.path for item, place in zip(self.items, self.places, strict=True)}
        kinds = {item.key: item.kind for item in self.items}
        for item, place, body in zip(self.items, self.places, self.bodies, strict=True):
            linker = Linker(item, place.path, self.addresses)
            linked = linker.body(body)
            old, unanswered = aliases(item, place, self.taken, self.config)
            same_kind = kinds.get(item.translation_of) == item.kind
            rest = {
                "slug": place.slug,
                "aliases": old,
                "translation_of": paths[item.translation_of] if same_kind else "",
            }
            fields = {
                "authors": tuple(dict.fromkeys(ids.get(name, name) for name in item.authors)),
                "image": self._image(item, linker),
                "pin": tuple(paths.get(name, name) for name in item.pin if name not in self.hidden),
            }
            text = document(replace(item, **fields), linked.text, rest)
            if fault := unreadable(place.path, text, self.config):
                what = LeftOut(origin=item.origin, what=item.kind, reason=fault)
                self.left_out.append(what)
                continue
            self.unanswered += unanswered
            first = split(text, place.path).body_line + 1 - _blank(linked.text)
            self.notes += _told(place.path, (*linked.notes, *self._lost(item, kinds)), first)
            self.dead += _told(place.path, linked.dead, first)
            yield Output(key=f"item:{item.key}", path=place.path, data=text.encode()), item

    def _lost(self, item: Item, kinds: Mapping[str, str]) -> Iterator[Note]:
        """What cannot be said of an item since another one is not there, or is of another kind."""
        original = item.translation_of
        if original and original not in kinds:
            yield Note(what=f"what it translates, '{original}', is not there")
        elif original and kinds[original] != item.kind:
            yield Note(what=f"what it translates, '{original}', is a {kinds[original]}")

    def _image(self, item: Item, linker: Linker) -> Image | None:
        if item.image is None or not item.image.src:
            return None
        src = linker.rewrite(item.image.src, image=True, line=0) or item.image.src
        relative = "://" not in src and not src.startswith("/")
        if relative and self.addresses.find(item.image.src, item) is None:
            linker.dead.append(Note(what=f"the image '{src}' is not there; it was left out"))
            return None
        return replace(item.image, src=src)

    def _redirects(self) -> dict[str, str]:
        """Where old addresses of lists and feeds lead, as far as the site does not say so yet."""
        files = {place_of(file.path, "static/") for file in self.media.outputs}
        addressed = [*self.lists, *feeds(self.asked.format, self.config)]
        found, unanswered = leading(addressed, self.taken | files, self.config)
        self.unanswered += unanswered
        return {old: new for old, new in found.items() if old not in self.config.redirects}

    # ------------------------------------------------------------ people

    def _add_people(self, text: str, ids: dict[str, str], known: dict[str, Any]) -> int:
        """Write those into authors.yaml who are not there; how many they are."""
        added: dict[str, Person] = {}
        for person in self.found.people:
            key = ids[person.id]
            if key not in known and f"person:{person.id}" not in self.journal.entries:
                added.setdefault(key, person)
        if added and not self.journal.dry:
            whole = people.with_people(text, added.values(), ids, self._picture)
            write_file(self.home.folder / AUTHORS_FILE, whole.encode())
        for person in self.found.people:
            # Who was named so once stays so, whatever the author makes of the name.
            entry = Entry(path=AUTHORS_FILE, digest=ids[person.id])
            self.journal.add(f"person:{person.id}", entry)
        return len(added)

    def _picture(self, address: str) -> str:
        """Where a person's picture is now, as authors.yaml says it."""
        target = self.addresses.lookup(address)
        if target is None or not target.path:
            return address if "://" in address else ""
        return target.path.removeprefix("static")


def _names(asked: Asked, found: Found) -> list[str]:
    """By what a source is known again: its address, as it is asked for or as it says, its name."""
    own = asked.source if "://" in asked.source else Path(asked.source).resolve().name
    names = (asked.instructions.url, found.settings.get("url", ""), own)
    return [f"{asked.format} {name}" for name in dict.fromkeys(names) if name]


def _blank(body: str) -> int:
    """The lines at the beginning of a body that are not written."""
    cleaned = clean(body)
    return len(cleaned) - len(cleaned.lstrip("\n"))


def _told(path: str, notes: tuple[Note, ...], first: int) -> Iterator[Told]:
    for note in notes:
        line = max(first, first + note.line - 1) if note.line else 0
        yield Told(where=Location(path, line), what=note.what)
