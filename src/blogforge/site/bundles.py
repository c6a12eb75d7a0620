"""Where search looks: the site's documents in bundles, each of which has an index of its own.

Making an index takes as long as it has documents, whatever changed. So the newest posts, which
editors still work at, are in one of some hundreds, and all others in another, which rests.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from blogforge.branches import branches
from blogforge.model import Value
from blogforge.site.parts import part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from blogforge.model import Document, Site

FOLDER = "pagefind"
_ARCHIVE = "/archive"
_LEAST = 200  # of the newest posts, which are never in the archive
_STEP = 300  # posts that go to the archive together, so that it is seldom made anew


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
        """Whether it is searched together with the one in the folder around it."""
        return self.folder.endswith(_ARCHIVE)


def bundles(site: Site) -> tuple[Bundle, ...]:
    """The bundles of every language of a site. None where it has no search."""
    parts = (part_of(site, config) for config in branches(site.config))
    return tuple(chain.from_iterable(map(bundles_of, parts)))


def bundles_of(part: Site) -> tuple[Bundle, ...]:
    """The bundles of a site's part of one language, the one with the newest posts first.

    Whatever is listed is in one of them.
    """
    if not part.config.search:
        return ()
    lang = part.config.language
    pages = [page for page in part.standalones if page.status != "unlisted"]
    cut = len(part.posts) - _archived(len(part.posts))
    return (
        *_bundle(f"{FOLDER}/{lang}", lang, (*pages, *part.posts[:cut])),
        *_bundle(f"{FOLDER}/{lang}{_ARCHIVE}", lang, part.posts[cut:]),
    )


def _archived(posts: int) -> int:
    """How many of so many posts are in the archive."""
    return max(0, (posts - _LEAST) // _STEP * _STEP)


def _bundle(folder: str, lang: str, documents: Sequence[Document]) -> Iterable[Bundle]:
    if documents:
        paths = tuple(document.path for document in documents)
        yield Bundle(folder=folder, lang=lang, documents=paths)
