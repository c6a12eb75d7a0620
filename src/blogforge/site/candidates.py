"""Who might stand in a post's block "More from": for each post a pool of those most alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from blogforge.site.bags import runs, unique
from blogforge.site.citations import Cited, cited
from blogforge.site.similarity import GRAIN, QUERY, bunch, cosines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.site.bags import Bags, Places
    from blogforge.site.citations import Links
    from blogforge.site.corpus import Shape
    from blogforge.site.rows import Listing, Wishes
    from blogforge.site.similarity import Postings, Scores, Vectors, Weights

LEAST_RECENCY = 0.35  # how much of its score a post keeps, however far away its date
LINKED = 0.3  # what the links of posts alike weigh, beside a cosine
DIGITS = 9  # of scores, before they are compared: equal on every machine
CELLS = 1 << 23  # sums kept at a time …
_TOGETHER = 128  # … and of how many subjects at most
_LANES = 128  # a greatest sum is known of each
_TOP = 10**DIGITS  # the best score as a whole number
# Of a hit while it is sorted: the post, how far it is below the top, and above both the subject.
_POST_BITS, _BELOW_BITS = 24, 30
_ROWS = 1 << _POST_BITS  # more than there are


@dataclass(slots=True)
class Pools:
    """For each of `subjects` the posts for its block, the best first, -1 after the last.

    `cited`: how much posts alike link to each. `neighbours`: the posts most alike, by words and
    date alone; `floors`: below which no further post would have been among these.
    """

    subjects: Places
    members: Places
    cosines: Scores
    cited: Scores
    recency: Scores
    scores: Scores
    neighbours: Places
    floors: Scores


@dataclass(frozen=True, slots=True)
class Index:
    """What choosing looks at."""

    rows: Listing
    wanted: Wishes
    shape: Shape
    bags: Bags
    found: Vectors
    lists: Postings
    links: Links


def pools(index: Index, subjects: Places) -> Iterator[Pools]:
    """The pools of `subjects`, some at a time."""
    width = -(-max(index.rows.listed, 1) // _LANES) * _LANES
    step = min(max(CELLS // width, 1), _TOGETHER)
    sums = np.zeros(min(step, len(subjects)) * width, np.float32)  # of each subject and post
    for first in range(0, len(subjects), step):
        some = subjects[first : first + step]
        cells, sizes = _add_up(index, some, sums, width)
        for row, subject in enumerate(some.tolist()):
            barred = (subject, *index.wanted.barred.get(subject, ()))
            sums[[row * width + post for post in barred if post < index.rows.listed]] = 0.0
        hits = _hits(sums.take(cells), cells, sizes, width, index.shape.size)
        about = sums.take(hits)
        sums[cells] = 0.0
        place, post = np.divmod(hits, width)
        near = recency(index.rows, some[place], post, index.shape.half_life)
        below = _TOP - np.round(scored(about, near) * _TOP).astype(np.int64)
        packed = (((place << _BELOW_BITS) | below) << _POST_BITS) | post
        yield _with_cited(index, _ranked(index, some, np.sort(packed)))


def _add_up(index: Index, subjects: Places, sums: Weights, width: int) -> tuple[Places, Places]:
    """Add to `sums` about how alike each subject is to each listed post, by its strongest words.

    Only a word's strongest posts are added up, so a cosine may be higher. Comes back: the places
    in `sums` that were added to, subject after subject, and how many of each.
    """
    found, lists = index.found, index.lists
    words = found.ids[subjects, :QUERY]
    begins = lists.starts[words]
    sizes = lists.starts[words + 1] - begins
    flat = sizes.ravel()
    at = runs(begins.ravel(), flat)
    weights = lists.weights.take(at) * np.repeat(found.weights[subjects, :QUERY].ravel(), flat)
    sizes = sizes.sum(axis=1)
    cells = lists.posts.take(at) + np.repeat(np.arange(len(subjects)) * width, sizes)
    np.add.at(sums, cells, weights)
    return cells, sizes


def _hits(found: Weights, cells: Places, sizes: Places, width: int, size: int) -> Places:
    """Those of `cells`, each once, whose post may be among the best `size` of its subject.

    Posts are dealt out to lanes. The greatest sums of as many lanes as there are places in a pool
    are surpassed by no less posts, and recency takes no more than a known part of a sum.
    """
    lanes = cells % _LANES + np.repeat(np.arange(len(sizes)) * _LANES, sizes)
    peaks = np.zeros(len(sizes) * _LANES, np.float32)
    np.maximum.at(peaks, lanes, found)
    last = _LANES - min(size, _LANES)
    least = np.partition(peaks.reshape(-1, _LANES), last, axis=1)[:, last]
    least = np.maximum(least * LEAST_RECENCY, 0.5 / GRAIN**2)
    return unique(cells[found >= np.repeat(least, sizes)])


def recency(rows: Listing, subjects: Places, posts: Places, half_life: float) -> Scores:
    """How near the dates of posts are to those of subjects, from `LEAST_RECENCY` to 1."""
    apart = np.abs(rows.days[posts] - rows.days[subjects])
    near: Scores = LEAST_RECENCY + (1 - LEAST_RECENCY) * np.exp2(-apart / half_life)
    return near


def scored(alike: Weights | Scores, near: Scores) -> Scores:
    """Cosines and recencies -> scores."""
    score: Scores = np.round(alike * near, DIGITS)
    return score


def _ranked(index: Index, subjects: Places, packed: Places) -> Pools:
    """The pools from all hits: a subject's place, how far below the top, and the post, sorted."""
    rows, shape = index.rows, index.shape
    sizes = np.bincount(packed >> (_BELOW_BITS + _POST_BITS), minlength=len(subjects))
    columns = np.arange(shape.size)
    chosen = np.concatenate([packed, np.zeros(1, np.int64)]).take(
        (np.cumsum(sizes) - sizes)[:, None] + columns, mode="clip"
    )
    there = columns < sizes[:, None]
    members = np.where(there, chosen & (_ROWS - 1), -1)
    last = (_TOP - ((chosen[:, -1] >> _POST_BITS) & ((1 << _BELOW_BITS) - 1))) / _TOP
    floors = np.where(there[:, -1], last, 0.0)
    alike = cosines(index.found, subjects, bunch(index.found, members)).astype(np.float64)
    near = np.where(there, recency(rows, subjects[:, None], members, shape.half_life), 0.0)
    none = np.zeros(members.shape)
    return _sorted(
        Pools(subjects, members, alike, none, near, scored(alike, near), members, floors)
    )


def _sorted(found: Pools) -> Pools:
    """The pools with their members in order: by score, then as they are listed."""
    order = np.lexsort((found.members, -found.scores, found.members < 0), axis=1)
    order = order[:, : found.neighbours.shape[1]]
    for name in ("members", "cosines", "cited", "recency", "scores"):
        setattr(found, name, np.take_along_axis(getattr(found, name), order, axis=1))
    return found


# ---------------------------------------------------------------- what posts alike link to


def _with_cited(index: Index, found: Pools) -> Pools:
    """The pools with the posts that neighbours link to, and what these links make of the scores."""
    evidence = _allowed(index, found.subjects, cited(index.links, found.members, found.cosines))
    if not len(evidence.rows):
        return found
    subjects = found.subjects[:, None]
    more = _others(evidence, found.members, index.shape.size // 2)
    members = np.concatenate([found.members, more], axis=1)
    there = members >= 0
    alike = cosines(index.found, found.subjects, bunch(index.found, more)).astype(np.float64)
    near = recency(index.rows, subjects, more, index.shape.half_life)
    found.members = members
    found.cosines = np.concatenate([found.cosines, alike], axis=1)
    found.recency = np.where(there, np.concatenate([found.recency, near], axis=1), 0.0)
    found.cited = _sums_of(evidence, members)
    found.scores = scored(found.cosines + LINKED * found.cited, found.recency)
    return _sorted(found)


def _allowed(index: Index, subjects: Places, evidence: Cited) -> Cited:
    """The evidence for posts that may stand in a subject's block for it."""
    places, posts, sums = evidence
    languages, wanted = index.rows.languages, index.wanted
    kept = (posts != subjects[places]) & (languages[posts] == languages[subjects[places]])
    for place in np.flatnonzero(np.isin(subjects, list(wanted.barred))).tolist():
        mine = slice(*np.searchsorted(places, [place, place + 1]))
        kept[mine] &= ~np.isin(posts[mine], list(wanted.barred[int(subjects[place])]))
    return Cited(places[kept], posts[kept], sums[kept])


def _others(evidence: Cited, members: Places, most: int) -> Places:
    """For each subject the posts that are most linked to, and not among its `members`, or -1."""
    cells = evidence.places * _ROWS + evidence.rows
    known = np.arange(len(members))[:, None] * _ROWS + members
    new = np.flatnonzero(~np.isin(cells, known[members >= 0]))
    new = new[np.lexsort((evidence.rows[new], -evidence.sums[new], evidence.places[new]))]
    sizes = np.bincount(evidence.places[new], minlength=len(members))
    rank = np.arange(len(new)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    new, rank = new[rank < most], rank[rank < most]
    found = np.full((len(members), most), -1)
    found[evidence.places[new], rank] = evidence.rows[new]
    return found


def _sums_of(evidence: Cited, members: Places) -> Scores:
    """How much is linked to each member."""
    cells = evidence.places * _ROWS + evidence.rows
    wanted = np.arange(len(members))[:, None] * _ROWS + members
    at = np.searchsorted(cells, wanted)
    there = (members >= 0) & (cells.take(at, mode="clip") == wanted)
    return np.where(there, evidence.sums.take(at, mode="clip"), 0.0)
