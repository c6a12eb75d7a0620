"""Links between posts as evidence: what posts alike to one link to may belong with it, too.

Words alone miss what an author knows. A post's own links say nothing here: its readers have them.
Counting what documents that are alike refer to is bibliographic coupling turned to use (Kessler,
"Bibliographic coupling between scientific papers", 1963); docs/related.md has what it is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from blogforge.digest import digest_bytes
from blogforge.site.bags import runs, unique

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blogforge.site.bags import Places
    from blogforge.site.corpus import Corpus
    from blogforge.site.rows import Listing
    from blogforge.site.similarity import Scores

_GRAIN = 4096  # shares are multiples of its inverse, so that sums are exact in whatever order


@dataclass(frozen=True, slots=True)
class Links:
    """Row `r` links to the listed rows `targets[starts[r]:starts[r + 1]]`.

    `shares`: what each link of a row is worth, the less the more it has; `versions` tell whether
    a row's links are what they were, 0 where it has none.
    """

    starts: Places
    targets: Places
    shares: Scores
    versions: NDArray[np.uint64]

    def of(self, row: int) -> Places:
        """The rows that a row links to."""
        return self.targets[self.starts[row] : self.starts[row + 1]]

    def leading_to(self, flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which rows link to one that is flagged."""
        found = np.zeros(len(self.versions), np.bool_)
        sources = np.repeat(np.arange(len(found)), np.diff(self.starts))
        found[sources[flags[self.targets]]] = True
        return found


def links_between(corpus: Corpus, rows: Listing) -> Links:
    """The links between the posts of `corpus`, each once; to itself a post has none."""
    linking = [path for path in corpus.links if path in rows.row_of]
    named = [corpus.links[path] for path in linking]
    sizes = np.array([len(some) for some in named], np.intp)
    sources = np.repeat(np.array([rows.row_of[path] for path in linking], np.intp), sizes)
    rows_of_all = map(rows.row_of.get, chain.from_iterable(named), repeat(-1))
    targets = np.array([*rows_of_all], np.intp)
    kept = (targets >= 0) & (targets < rows.listed) & (targets != sources)
    width = len(rows.paths)
    sources, targets = np.divmod(unique(sources[kept] * width + targets[kept]), max(width, 1))
    sizes = np.bincount(sources, minlength=width)
    return Links(
        starts=np.concatenate([np.zeros(1, np.intp), np.cumsum(sizes)]),
        targets=targets,
        shares=np.floor(_GRAIN / np.sqrt(np.maximum(sizes, 1))) / _GRAIN,
        versions=_versions(rows, sources, targets),
    )


def _versions(rows: Listing, sources: Places, targets: Places) -> NDArray[np.uint64]:
    """For each row the sum of its targets' digests, by path."""
    digests = np.zeros(len(rows.paths), np.uint64)
    for row in unique(targets).tolist():
        digests[row] = int(digest_bytes(rows.paths[row].encode())[:16], 16)
    versions = np.zeros(len(rows.paths), np.uint64)
    np.add.at(versions, sources, digests[targets])
    return versions


class Cited(NamedTuple):
    """Posts that neighbours link to: the place of a subject, a row, and what all links add up to.

    In the order of places, then of rows, each once.
    """

    places: Places
    rows: Places
    sums: Scores


def cited(links: Links, neighbours: Places, alike: Scores) -> Cited:
    """What the neighbours of some subjects link to, each link by how alike the neighbour is.

    A row of `neighbours` is a subject's, -1 for nobody.
    """
    there = (neighbours >= 0) & (alike > 0)
    places = np.nonzero(there)[0]
    linking = neighbours[there]
    begins, sizes = links.starts[linking], links.starts[linking + 1] - links.starts[linking]
    at = runs(begins, sizes)
    worth = np.repeat(alike[there] * links.shares[linking], sizes)
    width = len(links.versions)
    cells, numbers = np.unique(
        np.repeat(places, sizes) * width + links.targets[at], return_inverse=True
    )
    sums = np.bincount(numbers, weights=worth, minlength=len(cells)).astype(np.float64)
    return Cited(cells // max(width, 1), cells % max(width, 1), sums)
