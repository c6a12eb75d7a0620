"""Where search looks: the site's documents in bundles, each of which has an index of its own.

Making an index takes as long as it has documents, whatever changed. So the newest posts, which
editors still work at, are in one of some hundreds, and all others in another, which rests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.model import Value

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
    """The bundles of each language, the one with the newest posts before the archive.

    Whatever is listed is in one of them. None where the site has no search.
    """
    if not site.config.search:
        return ()
    found: list[Bundle] = []
    for lang in (site.config.language,):
        posts = site.posts
        pages = [page for page in site.standalones if page.status != "unlisted"]
        cut = len(posts) - _archived(len(posts))
        found += _bundle(f"{FOLDER}/{lang}", lang, (*pages, *posts[:cut]))
        found += _bundle(f"{FOLDER}/{lang}{_ARCHIVE}", lang, posts[cut:])
    return tuple(found)


def _archived(posts: int) -> int:
    """How many of so many posts are in the archive."""
    return max(0, (posts - _LEAST) // _STEP * _STEP)


def _bundle(folder: str, lang: str, documents: Sequence[Document]) -> Iterable[Bundle]:
    if documents:
        paths = tuple(document.path for document in documents)
        yield Bundle(folder=folder, lang=lang, documents=paths)
