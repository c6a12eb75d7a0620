"""The author's folder -> sources, posts, pages, authors and data.

`content.find` says which files are read.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field

from blogforge.content.authors import AUTHORS_FILE, parse_authors
from blogforge.content.find import find
from blogforge.content.frontmatter import parse_post, parse_standalone
from blogforge.digest import digest_bytes
from blogforge.errors import ContentError, Location, MachineError, Problem
from blogforge.model import Author, Post, Source, Standalone
from blogforge.strict_yaml import parse
from blogforge.textfile import decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from blogforge.config import Config

T = TypeVar("T")
_DATA_SUFFIX = ".yaml"


class Reading(Struct, frozen=True, kw_only=True):
    """What the author wrote, in the order of paths.

    `sources`: of posts and standalones, by path. `data`: what data/NAME.yaml says, by NAME.
    `media`: paths of the other files below posts/ and pages/, to which bodies may refer.
    """

    sources: dict[str, Source]
    posts: tuple[Post, ...]
    standalones: tuple[Standalone, ...] = ()
    authors: dict[str, Author] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    media: tuple[str, ...] = ()


def read(root: Path, config: Config) -> Reading:
    """Everything in the site's folder `root`.

    Raises ContentError with every problem of every file, else as `read_sound`.
    """
    reading, problems = read_sound(root, config)
    if problems:
        raise ContentError(problems)
    return reading


def read_sound(root: Path, config: Config) -> tuple[Reading, tuple[Problem, ...]]:
    """What is sound in the site's folder `root`, and every problem of the rest.

    Raises ConfigError where there is no posts/, and MachineError with everything that the machine
    does not let us read.
    """
    files = find(root)
    reader = _Reader(root, files.wrong, files.unreadable)
    posts = list(
        reader.each(files.posts, lambda path, data: _document(parse_post, path, data, config))
    )
    pages = list(
        reader.each(files.pages, lambda path, data: _document(parse_standalone, path, data, config))
    )
    listed = [AUTHORS_FILE] if (root / AUTHORS_FILE).exists() else []
    authors = list(reader.each(listed, lambda path, data: parse_authors(decode(data, path), path)))
    data = dict(reader.each(files.data, _data))
    if reader.unreadable:
        raise MachineError(reader.unreadable)
    reading = Reading(
        sources={source.path: source for source, _ in (*posts, *pages)},
        posts=tuple(post for _, post in posts),
        standalones=tuple(page for _, page in pages),
        authors=authors[0] if authors else {},
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


def _document(
    parsed: Callable[[str, str, str, Config], T], path: str, data: bytes, config: Config
) -> T:
    return parsed(path, decode(data, path), digest_bytes(data), config)


def _data(path: str, data: bytes) -> tuple[str, Any]:
    file = PurePosixPath(path)
    if len(file.parts) != 2 or file.suffix != _DATA_SUFFIX:
        message = f"data is read from data/NAME{_DATA_SUFFIX} only"
        raise ContentError.of(message, Location(path), "rename or move the file")
    return file.stem, parse(decode(data, path), path).free()
