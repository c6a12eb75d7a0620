"""How well rankings find what they should: the usual measures, and how sure they are.

Each is a number from 0 to 1 for a source and its mean over sources (Manning, Raghavan and Schütze,
"Introduction to Information Retrieval", chapter 8). Targets are relevant or not, none more than
others. nDCG: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
Intervals: the percentile bootstrap over sources (Sakai, "Evaluating evaluation metrics based on the
bootstrap", SIGIR 2006); two methods are compared by their difference source by source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    Values = NDArray[np.float64]

CUT = 4  # places of a block
DEPTH = 10  # places of a ranking
MEASURES = ("hit", "recall", "mrr", "ndcg")
_DISCOUNTS = 1 / np.log2(np.arange(CUT) + 2)
_RESAMPLES = 10_000
_SHARE = 95  # % of the resamples lie within an interval


class Scores(NamedTuple):
    """What each source scored, in the order of `sources`.

    `hit`: whether a target is among the first four; `recall`: the share of the targets that are;
    `mrr`: one divided by the place of the first target, of ten; `ndcg`: of the first four.
    """

    sources: tuple[str, ...]
    hit: Values
    recall: Values
    mrr: Values
    ndcg: Values


class Estimate(NamedTuple):
    """A mean over sources and the 95 % interval of it."""

    mean: float
    low: float
    high: float


def evaluate(rankings: Mapping[str, Sequence[str]], links: Mapping[str, Collection[str]]) -> Scores:
    """The scores of each source of `links`, by what `rankings` gives it, the best first.

    A source without a ranking scores 0.
    """
    sources = tuple(sorted(links))
    rows = [measured(rankings.get(source, ()), links[source]) for source in sources]
    columns = np.array(rows, np.float64).reshape(-1, len(MEASURES)).T
    return Scores(sources, *columns)


def measured(ranking: Sequence[str], targets: Collection[str]) -> tuple[float, ...]:
    """Hit, recall, reciprocal rank and nDCG of one ranking."""
    found = np.array([path in targets for path in ranking[:DEPTH]], np.float64)
    top = found[:CUT]
    ideal = _DISCOUNTS[: len(targets)].sum()
    places = np.flatnonzero(found)
    return (
        float(top.any()),
        float(top.sum() / len(targets)),
        1 / (places[0] + 1) if len(places) else 0.0,
        float((top * _DISCOUNTS[: len(top)]).sum() / ideal),
    )


def estimate(values: Values, seed: int = 0) -> Estimate:
    """The mean of `values` and its interval; the same for the same seed."""
    if not len(values):
        return Estimate(0.0, 0.0, 0.0)
    picks = np.random.default_rng(seed).integers(len(values), size=(_RESAMPLES, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [(100 - _SHARE) / 2, (100 + _SHARE) / 2])
    return Estimate(float(values.mean()), float(low), float(high))


def difference(ours: Values, theirs: Values, seed: int = 0) -> Estimate:
    """By how much the mean of `ours` is above that of `theirs`, paired by source."""
    return estimate(ours - theirs, seed)
