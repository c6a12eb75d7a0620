"""The pictures of a site, each looked at once: what is broken is told where it is named."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from blogforge.content.authors import AUTHORS_FILE
from blogforge.content.places import offset_of, problem_at
from blogforge.digest import digest_bytes
from blogforge.errors import ContentError, Location, MachineError, Problem
from blogforge.pictures.looks import Look, UnreadableError, look
from blogforge.pool import Crew
from blogforge.progress import Progress, silent
from blogforge.site.pictures import Mention, file_of, mentions, picture_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from blogforge.images import Picture
    from blogforge.ledger import Ledger
    from blogforge.model import Site, Source

_WORTH_A_POOL = 8  # pictures; to decode one takes some twenty milliseconds
_BEFORE = ("](", "](<", '="', "='", ": ", "/")
_HINT = "export it anew as JPEG, PNG or WebP, or take it out"


class Files(NamedTuple):
    """Where pictures are, and what is known of them.

    Those beside posts are below `root`, the others in `static` by name. `ledger` has their digests,
    `looks`, by digest, what was seen in them.
    """

    root: Path
    static: Mapping[str, Path]
    ledger: Ledger
    looks: Mapping[str, Look]

    def file(self, name: str) -> Path:
        """The file of that name, `posts/boat.jpg` or `static:img/boat.jpg`."""
        origin, _, static = name.partition(":")
        return self.static[static] if origin == "static" and static else self.root / name


class Gallery(NamedTuple):
    """The pictures of a site by URL, and what was seen in their files, by digest."""

    pictures: dict[str, Picture]
    looks: dict[str, Look]


def hang(
    site: Site,
    files: Files,
    sources: Mapping[str, Source],
    crew: Crew | None = None,
    progress: Progress = silent,
) -> Gallery:
    """The gallery of `site`; `crew` looks at what is new in `files`.

    Raises ContentError for what cannot be shown, at the first place in `sources` that names it,
    and MachineError for files that cannot be read.
    """
    config = site.config
    if not config.images.enabled:
        return Gallery({}, {})
    first: dict[str, Mention] = {}
    for mention in mentions(site, AUTHORS_FILE):
        first.setdefault(mention.url, mention)
    media = {url: path for path, url in site.media.items()}
    names = {url: file_of(url, media, files.static, config.base_path) for url in sorted(first)}
    digests = _digests(filter(None, names.values()), files)
    looks, faults = _looked_at(digests, files, crew or Crew(), progress)
    if faults:
        wrong = ((first[url], faults.get(digests.get(name, ""))) for url, name in names.items())
        raise ContentError(
            _problem(mention, why, names[mention.url], sources) for mention, why in wrong if why
        )
    pictures = {
        url: picture_of(url, name, digests[name], looks[digests[name]], config.images)
        for url, name in names.items()
        if name in digests
    }
    return Gallery(pictures, looks)


def _digests(names: Iterable[str], files: Files) -> dict[str, str]:
    """The digest of each file that is there, by name."""
    found = {}
    for name in names:
        try:
            found[name] = files.ledger.digest(name, files.file(name))
        except FileNotFoundError:
            continue  # it went a moment ago
        except OSError as error:
            message = f"{name} cannot be read: {error.strerror or error}"
            raise MachineError.of(message) from error
    return found


def _looked_at(
    digests: Mapping[str, str],
    files: Files,
    crew: Crew,
    progress: Progress,
) -> tuple[dict[str, Look], dict[str, str]]:
    """What is seen in files, and why nothing is, both by digest."""
    known = files.looks
    new: dict[str, Path] = {}
    for name, digest in digests.items():
        if digest not in known:
            new.setdefault(digest, files.file(name))
    looks = {digest: known[digest] for digest in digests.values() if digest in known}
    faults: dict[str, str] = {}
    items: Sequence[tuple[str, Path]] = [*new.items()]
    found = crew.local.map(_look, None, items, chunk=1, worth=_WORTH_A_POOL)
    for done, (digest, outcome) in enumerate(zip(new, found, strict=True), 1):
        if isinstance(outcome, Look):
            looks[digest] = outcome
        else:
            faults[digest] = outcome
        progress("pictures", done, len(new))
    return looks, faults


def _look(_: None, item: tuple[str, Path]) -> Look | str:
    """What is seen in a file, or why nothing is."""
    digest, file = item
    try:
        data = file.read_bytes()
        if digest_bytes(data) != digest:
            return "it was changed during the build"
        return look(data)
    except UnreadableError as error:
        return str(error)
    except OSError as error:
        return f"it cannot be read ({error.strerror or error})"


def _problem(mention: Mention, why: str, name: str, sources: Mapping[str, Source]) -> Problem:
    path = name.replace("static:", "static/", 1)
    message = f"the picture {path} cannot be shown: {why}"
    source = sources.get(mention.path)
    if mention.key or source is None:
        return Problem(message, Location(mention.path), _HINT, key=mention.key)
    found = (offset_of(source.body, text, _BEFORE) for text in _spellings(path, mention.path))
    return problem_at(source, next((o for o in found if o >= 0), -1), message, _HINT)


def _spellings(path: str, document: str) -> Iterator[str]:
    """How the document at a path may name the picture at another."""
    from_here = posixpath.relpath(path, posixpath.dirname(document))
    from_root = path.removeprefix("static/")
    for spelling in (from_here, f"/{from_root}", posixpath.basename(path)):
        yield spelling
        yield quote(spelling)
