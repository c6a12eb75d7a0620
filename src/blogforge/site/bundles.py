"""Where search looks: the site's documents in bundles, each of which has an index of its own.

Making an index takes as long as it has documents, whatever changed. So the newest posts, which
editors still work at, are in one of some hundreds, and all others in an archive, which rests. Its
parts are some thousand posts each, so that an edit of an old one makes no more than those anew;
readers load something of each part, so there are few.
"""

from __future__ import annotations

from itertools import chain
from math import ceil
from typing import TYPE_CHECKING

from blogforge.branches import branches
from blogforge.model import Value
from blogforge.site.parts import part_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogforge.model import Document, Site

FOLDER = "pagefind"
_ARCHIVE = "/archive/"
_LEAST = 200  # of the newest posts, which are never in the archive
_STEP = 300  # posts that go to the archive together, so that it is seldom made anew
_PART = 5 * _STEP  # posts of a part of the archive
_MOST = 4  # parts; beyond, each has twice as many posts


class Bundle(Value, frozen=True, kw_only=True):
    """Documents that are found together, by their source paths.

    `folder`: where the index stands in the tree, such as `pagefind/en`; `lang`: the language in
    which it is searched, which is that of its documents as far as the site speaks theirs.
    """

    folder: str
    lang: str
    documents: tuple[str, ...]

    @property
    def archive(self) -> bool:
        """Whether it is searched together with the one of the newest posts."""
        return _ARCHIVE in self.folder


def bundles(site: Site) -> tuple[Bundle, ...]:
    """The bundles of every language of a site. None where it has no search."""
    parts = (part_of(site, config) for config in branches(site.config))
    return tuple(chain.from_iterable(map(bundles_of, parts)))


def bundles_of(part: Site) -> tuple[Bundle, ...]:
    """The bundles of a site's part of one language, those with the newest posts first.

    Whatever is listed is in one of them.
    """
    if not part.config.search:
        return ()
    lang = part.config.language
    pages = [page for page in part.standalones if page.status != "unlisted"]
    archived = _archived(len(part.posts))
    cut = len(part.posts) - archived
    return (
        *_bundle(f"{FOLDER}/{lang}", lang, (*pages, *part.posts[:cut])),
        *_archive(f"{FOLDER}/{lang}{_ARCHIVE}", lang, part.posts[cut:]),
    )


def _archived(posts: int) -> int:
    """How many of so many posts are in the archive."""
    return max(0, (posts - _LEAST) // _STEP * _STEP)


def _archive(folder: str, lang: str, posts: Sequence[Document]) -> Iterator[Bundle]:
    """The parts of the archive, numbered from the oldest: only the newest one ever grows."""
    size = _PART
    while size * _MOST < len(posts):
        size *= 2
    for number in range(ceil(len(posts) / size), 0, -1):
        older = (number - 1) * size
        found = posts[max(0, len(posts) - older - size) : len(posts) - older]
        yield from _bundle(f"{folder}{number}", lang, found)


def _bundle(folder: str, lang: str, documents: Sequence[Document]) -> Iterator[Bundle]:
    if documents:
        paths = tuple(document.path for document in documents)
        yield Bundle(folder=folder, lang=lang, documents=paths)
