"""Who might stand in a post's block "More from": for each post a pool of those most alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from blogforge.site.bags import unique
from blogforge.site.similarity import GRAIN, QUERY, bunch, cosines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from blogforge.site.bags import Bags, Places
    from blogforge.site.corpus import Shape
    from blogforge.site.rows import Listing, Wishes
    from blogforge.site.similarity import Postings, Vectors, Weights

    Scores = NDArray[np.float64]

LEAST_RECENCY = 0.5  # how much of its cosine a post keeps, however far away its date
DIGITS = 9  # of scores, before they are compared: equal on every machine
CELLS = 1 << 21  # sums kept at a time …
_TOGETHER = 128  # … and of how many subjects at most
_LANES = 128  # a greatest sum is known of each


@dataclass(slots=True)
class Pools:
    """For each of `subjects` the posts most alike to it, the best score first, -1 after the last.

    `floors`: below which no further post would have been among them.
    """

    subjects: Places
    members: Places
    cosines: Scores
    recency: Scores
    scores: Scores
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


def pools(index: Index, subjects: Places) -> Iterator[Pools]:
    """The pools of `subjects`, some at a time."""
    width = -(-max(index.rows.listed, 1) // _LANES) * _LANES
    step = min(max(CELLS // width, 1), _TOGETHER)
    sums = np.zeros(step * width, np.float32)  # a place for each subject and post
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
        yield _ranked(index, some, np.sort((place << 54) | (below << 24) | post))


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
    at = np.repeat(begins.ravel() - (np.cumsum(flat) - flat), flat)
    at += np.arange(len(at))
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


_TOP = 10**DIGITS


def recency(rows: Listing, subjects: Places, posts: Places, half_life: float) -> Scores:
    """How near the dates of posts are to those of subjects, from a half to 1."""
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
    sizes = np.bincount(packed >> 54, minlength=len(subjects))
    columns = np.arange(shape.size)
    chosen = np.concatenate([packed, np.zeros(1, np.int64)]).take(
        (np.cumsum(sizes) - sizes)[:, None] + columns, mode="clip"
    )
    there = columns < sizes[:, None]
    members = np.where(there, chosen & ((1 << 24) - 1), -1)
    last = (_TOP - ((chosen[:, -1] >> 24) & ((1 << 30) - 1))) / _TOP
    floors = np.where(there[:, -1], last, 0.0)
    alike = cosines(index.found, subjects, bunch(index.found, members)).astype(np.float64)
    near = np.where(there, recency(rows, subjects[:, None], members, shape.half_life), 0.0)
    scores = scored(alike, near)
    order = np.lexsort((members, -scores, ~there), axis=1)
    members, alike, near, scores = (
        np.take_along_axis(values, order, axis=1) for values in (members, alike, near, scores)
    )
    return Pools(subjects, members, alike, near, scores, floors)
