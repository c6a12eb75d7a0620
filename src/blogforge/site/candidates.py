"""Who might stand in a post's block "More from": for each post a pool of those most alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from blogforge.site.similarity import GRAIN, QUERY, cosines

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
CELLS = 1 << 20  # sums kept at a time, a place for each subject and post
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
    step = min(max(CELLS // _width(index), 1), 128)
    for first in range(0, len(subjects), step):
        yield _pools(index, subjects[first : first + step])


def _width(index: Index) -> int:
    """A place for each listed post, the same number in each lane."""
    return -(-max(index.rows.listed, 1) // _LANES) * _LANES


def _pools(index: Index, subjects: Places) -> Pools:
    rows, shape = index.rows, index.shape
    sums = _sums(index, subjects)
    for row, subject in enumerate(subjects.tolist()):
        barred = index.wanted.barred.get(subject, ())
        sums[row, [other for other in (subject, *barred) if other < rows.listed]] = 0.0
    size = min(shape.size, _LANES)
    peaks = sums.reshape(len(subjects), -1, _LANES).max(axis=1)
    least = np.partition(peaks, _LANES - size, axis=1)[:, _LANES - size]
    least = np.maximum(least * LEAST_RECENCY, 0.5 / GRAIN**2)  # recency takes no more than that
    hits = np.flatnonzero(sums >= least[:, None])
    place, post = np.divmod(hits, sums.shape[1])
    keys = scored(sums.ravel()[hits], recency(rows, subjects[place], post, shape.half_life))
    below = _TOP - np.round(keys * _TOP).astype(np.int64)
    return _ranked(index, subjects, np.sort((place << 54) | (below << 24) | post))


_TOP = 10**DIGITS


def _sums(index: Index, subjects: Places) -> Weights:
    """About how alike each subject is to each listed post, from its strongest words alone.

    Only a word's strongest posts are added up, so a cosine may be higher. One row a subject.
    """
    found, lists, width = index.found, index.lists, _width(index)
    words = found.ids[subjects, :QUERY]
    begins = lists.starts[words]
    sizes = lists.starts[words + 1] - begins
    flat = sizes.ravel()
    at = np.repeat(begins.ravel() - (np.cumsum(flat) - flat), flat)
    at += np.arange(len(at))
    weights = lists.weights.take(at) * np.repeat(found.weights[subjects, :QUERY].ravel(), flat)
    cells = lists.posts.take(at)
    cells += np.repeat(np.arange(len(subjects)) * width, sizes.sum(axis=1))
    sums = np.zeros(len(subjects) * width, np.float32)
    np.add.at(sums, cells, weights)
    return sums.reshape(len(subjects), width)


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
    alike = cosines(index.found, subjects, members).astype(np.float64)
    near = np.where(there, recency(rows, subjects[:, None], members, shape.half_life), 0.0)
    scores = scored(alike, near)
    order = np.lexsort((members, -scores, ~there), axis=1)
    members, alike, near, scores = (
        np.take_along_axis(values, order, axis=1) for values in (members, alike, near, scores)
    )
    return Pools(subjects, members, alike, near, scores, floors)
