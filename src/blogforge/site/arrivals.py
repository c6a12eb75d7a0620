"""Into which pools the posts that an edit touched may come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blogforge.site import candidates
from blogforge.site.candidates import DIGITS, recency, scored
from blogforge.site.similarity import QUERY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blogforge.site.bags import Ids, Places
    from blogforge.site.candidates import Index, Scores
    from blogforge.site.similarity import Postings, Vectors, Weights

    Flags = NDArray[np.bool_]

_SLACK = 10.0 ** (1 - DIGITS)  # more than two ways to one score may differ by


def entering(index: Index, touched: Flags, floors: Scores, known: Flags) -> Flags:
    """Which posts a touched one may now enter the pool of; of those not `known` to be stale.

    The other way round than a pool is found: for each touched post, what it is worth to all others.
    """
    rows, found, lists = index.rows, index.found, index.lists
    words, subjects, strengths, starts = _queries(found, lists, touched, known)
    stale = np.zeros(len(known), np.bool_)
    posts = np.flatnonzero(touched[: rows.listed])
    step = max(candidates.CELLS // max(len(known), 1), 1)
    for first in range(0, len(posts), step):
        some = posts[first : first + step]
        place, slot = np.nonzero(lists.known[some])
        word = words.take(found.ids[some[place], slot])
        begins, sizes = starts[word], starts[word + 1] - starts[word]
        at = np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)
        at += np.arange(len(at))
        weights = strengths.take(at) * np.repeat(found.weights[some[place], slot], sizes)
        sums = np.zeros((len(some), len(known)), np.float32)
        np.add.at(sums.ravel(), np.repeat(place * len(known), sizes) + subjects.take(at), weights)
        sums[np.arange(len(some)), some] = 0.0
        near, subject = np.nonzero((sums >= floors - _SLACK) & (sums > 0))
        close = recency(rows, subject, some[near], index.shape.half_life)
        reached = scored(sums[near, subject], close) >= floors[subject] - _SLACK
        stale[subject[reached]] = True
    return stale


def _queries(
    found: Vectors, lists: Postings, touched: Flags, known: Flags
) -> tuple[Ids, Places, Weights, Places]:
    """By which words of touched posts others look for neighbours.

    For each word its place among these; then, place after place, the subjects and the word's weight
    there; then where each place begins, and the last ends.
    """
    sought = np.zeros(found.words + 1, np.bool_)
    sought[found.ids[touched][lists.known[touched]]] = True
    words = (np.cumsum(sought) - 1).astype(np.int32)
    asking = sought.take(found.ids[:, :QUERY]) & ~known[:, None]
    subjects, slots = np.nonzero(asking)
    place = words.take(found.ids[subjects, slots])
    order = np.argsort(place, kind="stable")
    starts = np.concatenate(
        [np.zeros(1, np.intp), np.cumsum(np.bincount(place, minlength=int(sought.sum())))]
    )
    subjects = subjects[order]
    return words, subjects, found.weights[subjects, slots[order]], starts
