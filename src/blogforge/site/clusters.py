"""Posts put together that resemble each other: agglomeration with average linkage.

From the most alike pair to the least, two clusters become one where the mean cosine between their
posts is high enough (Manning, Raghavan and Schütze, "Introduction to Information Retrieval",
17.3). A cluster is the sum of its vectors, so that a mean is one product of two sums. Weights are
multiples of 2**-12: sums are exact, and the same in whatever order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from blogforge.site.similarity import Vectors

    Sums = dict[int, float]


@dataclass(slots=True)
class Cluster:
    """Rows, and the sums of their weights by word; `told` are those of them that came together."""

    rows: list[int]
    sums: Sums
    told: frozenset[int] = frozenset()

    @property
    def new(self) -> list[int]:
        """The rows that did not come together."""
        return [row for row in self.rows if row not in self.told]


def agglomerate(
    found: Vectors,
    pairs: Iterable[tuple[int, int]],
    told: Iterable[Sequence[int]],
    floor: float,
    most: int,
) -> list[Cluster]:
    """The clusters that `pairs` of rows, the most alike first, make, and those `told` before.

    Two clusters join where the mean cosine between them is `floor` or more, where not both were
    told, and where no more than `most` new rows come together.
    """
    cluster_of: dict[int, Cluster] = {}
    for rows in told:
        sums: Counter[int] = Counter()
        for row in rows:
            sums.update(found.of(row))
        cluster = Cluster(list(rows), dict(sums), frozenset(rows))
        cluster_of.update(dict.fromkeys(rows, cluster))
    for pair in pairs:
        one, other = (cluster_of.setdefault(row, Cluster([row], found.of(row))) for row in pair)
        if one is not other and _may_join(one, other, floor, most):
            _join(one, other)
            cluster_of.update(dict.fromkeys(other.rows, one))
    return list({id(cluster): cluster for cluster in cluster_of.values()}.values())


def ties(found: Vectors, cluster: Cluster) -> Sums:
    """What each word adds to the mean cosine of a cluster's pairs, but of those told before.

    The sum is that mean.
    """
    told: Counter[int] = Counter()
    for row in cluster.told:
        told.update(found.of(row))
    shares = _squares(cluster.sums)
    parts: list[Mapping[int, float]] = [told, *(found.of(row) for row in cluster.new)]
    for part in parts:
        for word, square in _squares(part).items():
            shares[word] -= square
    size, before = len(cluster.rows), len(cluster.told)
    pairs = size * (size - 1) - before * (before - 1)
    return {word: share / pairs for word, share in shares.items() if share}


def _squares(sums: Mapping[int, float]) -> Sums:
    return {word: total * total for word, total in sums.items()}


def _may_join(one: Cluster, other: Cluster, floor: float, most: int) -> bool:
    if (one.told and other.told) or len(one.new) + len(other.new) > most:
        return False
    few, many = sorted((one.sums, other.sums), key=len)
    product = sum(weight * many.get(word, 0.0) for word, weight in few.items())
    return product >= floor * len(one.rows) * len(other.rows)


def _join(one: Cluster, other: Cluster) -> None:
    """Put all of the other cluster into the one."""
    for word, weight in other.sums.items():
        one.sums[word] = one.sums.get(word, 0.0) + weight
    one.rows += other.rows
    one.told |= other.told
