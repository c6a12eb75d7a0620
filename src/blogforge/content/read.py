"""The author's folder -> posts, pages, authors and data.

`content.find` says which files are read. A file whose content is known is not parsed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Struct, field

from blogforge.content.authors import AUTHORS_FILE, parse_authors
from blogforge.content.entities import ENTITIES_FILE, Entities, parse_entities
from blogforge.content.find import PAGES, find
from blogforge.content.frontmatter import parse_post, parse_standalone, source_of, split
from blogforge.content.texts import typographic
from blogforge.digest import digest_bytes
from blogforge.errors import ContentError, Location, MachineError, Problem
from blogforge.ledger import Ledger
from blogforge.model import Author, Document, Post, Source, Standalone
from blogforge.pool import Crew
from blogforge.stamps import source_stamp
from blogforge.strict_yaml import parse
from blogforge.textfile import decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from blogforge.config import Config

T = TypeVar("T")
_DATA_SUFFIX = ".yaml"


class Sources(Mapping[str, Source]):
    """The sources of documents by path, each read when it is asked for.

    Raises MachineError for one that is no longer what was read at first.
    """

    def __init__(self, root: Path, digests: Mapping[str, str]) -> None:
        self._root = root
        self._digests = digests

    def __getitem__(self, path: str) -> Source:
        digest = self._digests[path]
        data = read_bytes(self._root / path, path)
        if digest_bytes(data) != digest:
            message = "the file changed while the site was being built"
            raise MachineError.of(message, Location(path), "build again")
        return source_of(path, digest, split(decode(data, path), path))

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


class Reading(Struct, frozen=True, kw_only=True):
    """What the author wrote, in the order of paths.

    `sources`: of posts and standalones, by path. `data`: what data/NAME.yaml says, by NAME.
    `media`: paths of the other files below posts/ and pages/, to which bodies may refer.
    """

    sources: Mapping[str, Source]
    posts: tuple[Post, ...]
    standalones: tuple[Standalone, ...] = ()
    authors: dict[str, Author] = field(default_factory=dict)
    entities: Entities = Entities()
    data: dict[str, Any] = field(default_factory=dict)
    media: tuple[str, ...] = ()


class Known(NamedTuple):
    """What an earlier reading found: documents by path, parsed under the same configuration."""

    ledger: Ledger
    documents: Mapping[str, Document] = {}


def read(root: Path, config: Config) -> Reading:
    """Everything in the site's folder `root`.

    Raises ContentError with every problem of every file, else as `read_sound`.
    """
    reading, problems = read_sound(root, config)
    if problems:
        raise ContentError(problems)
    return reading


def read_sound(
    root: Path, config: Config, known: Known | None = None, crew: Crew | None = None
) -> tuple[Reading, tuple[Problem, ...]]:
    """What is sound in the site's folder `root`, and every problem of the rest.

    Raises ConfigError where there is no posts/, and MachineError with everything that the machine
    does not let us read.
    """
    files = find(root)
    reader = _Reader(root, files.wrong, files.unreadable)
    documents = reader.documents((*files.posts, *files.pages), config, known, crew)
    authors = reader.one(AUTHORS_FILE, parse_authors)
    entities = reader.one(ENTITIES_FILE, parse_entities)
    data = dict(reader.each(files.data, _data))
    if reader.unreadable:
        raise MachineError(reader.unreadable)
    reading = Reading(
        sources=Sources(root, {path: document.digest for path, document in documents.items()}),
        posts=tuple(found for found in documents.values() if isinstance(found, Post)),
        standalones=tuple(found for found in documents.values() if isinstance(found, Standalone)),
        authors=authors or {},
        entities=entities or Entities(),
        data=data,
        media=files.media,
    )
    return reading, tuple(reader.wrong)


class _Reader:
    """Reads file after file and keeps their problems for the end."""

    def __init__(self, root: Path, wrong: Iterable[Problem], unreadable: Iterable[Problem]) -> None:
        self.root = root
        self.wrong = list(wrong)
        self.unreadable = list(unreadable)

    def each(self, paths: Iterable[str], parsed: Callable[[str, bytes], T]) -> Iterator[T]:
        """What `parsed` makes of each file, without those that have problems."""
        for path in paths:
            try:
                yield parsed(path, read_bytes(self.root / path, path))
            except ContentError as error:
                self.wrong += error.problems
            except MachineError as error:
                self.unreadable += error.problems

    def one(self, path: str, parsed: Callable[[str, str], T]) -> T | None:
        """What `parsed` makes of the text at `path`; None where there is none, or a faulty one."""
        if not (self.root / path).exists():
            misnamed = path.replace(".yaml", ".yml")
            if (self.root / misnamed).exists():
                hint = f"rename {misnamed} to {path}"
                self.wrong.append(Problem("this file is not read", Location(misnamed), hint))
            return None
        return next(self.each([path], lambda path, data: parsed(decode(data, path), path)), None)

    def documents(
        self, paths: Iterable[str], config: Config, known: Known | None, crew: Crew | None
    ) -> dict[str, Document]:
        """The documents at `paths`, in that order, without those that have problems."""
        known = known or Known(Ledger())
        ledger, folder = known.ledger, f"{self.root}/"
        found: dict[str, Document | None] = {}
        stamps = {}
        for path in paths:
            before = known.documents.get(path)
            try:
                stamp = source_stamp(folder + path)
            except OSError as error:  # it was there a moment ago
                message = f"the file cannot be read: {error.strerror or error}"
                self.unreadable.append(Problem(message, Location(path)))
                continue
            if before and ledger.unchanged(path, stamp) == before.digest:
                found[path] = before
            else:
                found[path], stamps[path] = None, stamp
        parsed = (crew or Crew()).map(
            _parsed, _Desk(self.root, config), list(stamps), worth=_WORTH_A_POOL
        )
        for path, outcome in zip(stamps, parsed, strict=True):
            self.wrong += outcome.wrong
            self.unreadable += outcome.unreadable
            if outcome.document:
                found[path] = document = _decoded(path, outcome.document)
                ledger.note(path, stamps[path], document.digest)
        return {path: document for path, document in found.items() if document}


# ---------------------------------------------------------------- documents

_WORTH_A_POOL = 1000  # files; below, starting processes takes longer than they save


class _Desk(NamedTuple):
    """What it takes to read any document."""

    root: Path
    config: Config


class _Parsed(NamedTuple):
    """A document as JSON, or what is wrong with it."""

    document: bytes = b""
    wrong: tuple[Problem, ...] = ()
    unreadable: tuple[Problem, ...] = ()


def _parsed(desk: _Desk, path: str) -> _Parsed:
    try:
        data = read_bytes(desk.root / path, path)
        text, digest = decode(data, path), digest_bytes(data)
        parse_one = parse_standalone if path.startswith(f"{PAGES}/") else parse_post
        _, document = parse_one(path, text, digest, desk.config)
    except ContentError as error:
        return _Parsed(wrong=error.problems)
    except MachineError as error:
        return _Parsed(unreadable=error.problems)
    return _Parsed(msgspec.json.encode(typographic(document, desk.config)))


def _decoded(path: str, data: bytes) -> Document:
    """A document as it comes out of a build's memory, so that no build sees it otherwise."""
    kind = Standalone if path.startswith(f"{PAGES}/") else Post
    return msgspec.json.decode(data, type=kind)


def _data(path: str, data: bytes) -> tuple[str, Any]:
    file = PurePosixPath(path)
    if len(file.parts) != 2 or file.suffix != _DATA_SUFFIX:
        message = f"data is read from data/NAME{_DATA_SUFFIX} only"
        raise ContentError.of(message, Location(path), "rename or move the file")
    return file.stem, parse(decode(data, path), path).free()
