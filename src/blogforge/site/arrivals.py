"""Into which pools the posts that an edit touched may come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blogforge.site import candidates
from blogforge.site.bags import runs
from blogforge.site.candidates import DIGITS, recency, scored
from blogforge.site.similarity import QUERY

if TYPE_CHECKING:
    from blogforge.site.bags import Ids, Places
    from blogforge.site.candidates import Index
    from blogforge.site.similarity import Flags, Scores, Vectors, Weights

_SLACK = 10.0 ** (1 - DIGITS)  # more than two ways to one score may differ by


def entering(index: Index, known: Flags, touched: Flags, floors: Scores, stale: Flags) -> Flags:
    """Which posts a touched one may now enter the pool of; of those that are not `stale` anyway.

    `known` tells which places of the vectors are in the lists of their words. The other way round
    than a pool is found: for each touched post, what it is worth to all others.
    """
    rows, found, width = index.rows, index.found, len(stale)
    words, starts, subjects, strengths = _queries(found, known, touched, stale)
    entered = np.zeros(width, np.bool_)
    posts = np.flatnonzero(touched[: rows.listed])
    step = max(candidates.CELLS // max(width, 1), 1)
    sums = np.zeros(min(step, len(posts)) * width, np.float32)
    for first in range(0, len(posts), step):
        some = posts[first : first + step]
        place, slot = np.nonzero(known[some])
        word, weights = words.take(found.ids[some[place], slot]), found.weights[some[place], slot]
        begins, sizes = starts[word], starts[word + 1] - starts[word]
        at = runs(begins, sizes)
        place, subject = np.repeat(place, sizes), subjects.take(at)
        cells = place * width + subject
        np.add.at(sums, cells, strengths.take(at) * np.repeat(weights, sizes))
        alike = sums.take(cells)
        near = np.flatnonzero((alike > 0) & (alike >= floors.take(subject) - _SLACK))
        alike, subject, post = alike[near], subject[near], some[place[near]]
        close = recency(rows, subject, post, index.shape.half_life)
        reached = scored(alike, close) >= floors[subject] - _SLACK
        entered[subject[reached & (subject != post)]] = True
        sums[cells] = 0.0
    return entered


def _queries(
    found: Vectors, known: Flags, touched: Flags, stale: Flags
) -> tuple[Ids, Places, Places, Weights]:
    """By which words of touched posts others look for neighbours.

    For each word its place among these; where the queries of each place begin, and the last end;
    and of each query the subject, and the word's weight there.
    """
    sought = np.zeros(found.words + 1, np.bool_)
    sought[found.ids[touched][known[touched]]] = True
    words = (np.cumsum(sought) - 1).astype(np.int32)
    asking = sought.take(found.ids[:, :QUERY]) & ~stale[:, None]
    subjects, slots = np.nonzero(asking)
    place = words.take(found.ids[subjects, slots])
    order = np.argsort(place, kind="stable")
    sizes = np.bincount(place, minlength=int(sought.sum()))
    starts = np.concatenate([np.zeros(1, np.intp), np.cumsum(sizes)])
    subjects = subjects[order]
    return words, starts, subjects, found.weights[subjects, slots[order]]
