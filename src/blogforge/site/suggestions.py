"""Posts that may tell one story in time, though nobody said so yet.

Candidates are pairs of posts of which one is among the other's nearest, not far apart in time, put
together by `clusters`. That both should be among each other's nearest changed nothing on three
blogs. Better few suggestions than wrong ones: an editor who reads three bad ones reads no more.
What only looks like a story is left out: issues of a series, posts that are nearly copies,
translations, what a review of the year ties together.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from blogforge.model import Value
from blogforge.site.candidates import pools
from blogforge.site.clusters import agglomerate, ties
from blogforge.site.corpus import Shape
from blogforge.site.groups import group_key
from blogforge.site.ranking import index_of
from blogforge.site.repeats import DUPLICATE
from blogforge.site.series import serial
from blogforge.site.similarity import bunch, cosines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogforge.model import Post
    from blogforge.site.bags import Places
    from blogforge.site.candidates import Index
    from blogforge.site.clusters import Cluster
    from blogforge.site.corpus import Corpus
    from blogforge.site.similarity import Flags, Scores

NEAREST = 10  # of a post's pool, by score: who may be a neighbour
ALIKE = 0.17  # the cosine of neighbours, and the mean one of a story's posts, at least
GAP = 120.0  # days between neighbours, at most
LEAST, MOST = 3, 40  # days on which a new story is told, and new posts of any
WITHOUT = 0.75  # the part of `ALIKE` that is left where any one post of a story is taken away
_POOL = Shape(limit=4, half_life=125.0)  # the same whatever an editor sets for blocks


class Suggestion(Value, frozen=True, kw_only=True):
    """Posts that tell one story in time.

    `paths`: posts without a story, in the order of time; `told`: those of the story `story` (its
    key) that they would join, if it exists. `cohesion`: the mean cosine of all pairs but those of
    `told`; `ties` says what each word (a stem) adds to it, the most first.
    """

    paths: tuple[str, ...]
    story: str = ""
    told: tuple[str, ...] = ()
    cohesion: float
    ties: tuple[tuple[str, float], ...]


def suggest(corpus: Corpus) -> tuple[Suggestion, ...]:
    """The stories that listed posts without one may tell, the most coherent first.

    Neither the editor's choices for "More from" nor the order of posts make a difference.
    """
    corpus = replace(corpus, unlisted=(), choices={}, shown={})
    if not corpus.posts:
        return ()
    index = index_of(corpus, _POOL)
    by_path = {post.path: post for post in corpus.posts}
    posts = [by_path[path] for path in index.rows.paths]
    members, likeness = _neighbours(index)
    fit = _fit(index, posts, members, likeness)
    clusters = agglomerate(
        index.found, _pairs(index, fit, members, likeness), _told(index, posts), ALIKE, MOST
    )
    found = (
        _suggestion(index, posts, corpus, cluster) for cluster in clusters if _tells(index, cluster)
    )
    return tuple(sorted(found, key=lambda one: (-one.cohesion, one.paths)))


def _neighbours(index: Index) -> tuple[Places, Scores]:
    """For each row its pool and the cosines of that."""
    found = list(pools(index, np.arange(index.rows.listed)))
    members = np.concatenate([pool.members for pool in found])
    return members, np.concatenate([pool.cosines for pool in found])


def _fit(index: Index, posts: Sequence[Post], members: Places, likeness: Scores) -> Flags:
    """Which rows may be of a story: one of each work and of near copies, none of a series.

    Rows are newest first: the oldest of several copies stays, and of a work the original.
    """
    rows = np.arange(len(posts))
    copies = ((likeness > DUPLICATE) & (members > rows[:, None])).any(axis=1)
    series = np.array(serial([(post.title, post.lang) for post in reversed(posts)])[::-1], np.bool_)
    works = index.rows.works
    translated = np.array([bool(post.translation_of) for post in posts])
    order = np.lexsort((-rows, translated, works))
    first = np.ones(len(order), np.bool_)
    first[1:] = works[order][1:] != works[order][:-1]
    originals = np.zeros(len(posts), np.bool_)
    originals[order[first]] = True
    told = np.array([bool(group_key(post.story)) for post in posts])
    fit: Flags = told | (originals & ~copies & ~series)
    return fit


def _told(index: Index, posts: Sequence[Post]) -> list[list[int]]:
    """The rows of each story that exists, by language: vectors of two say nothing of each other."""
    stories: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row, post in enumerate(posts):
        if key := group_key(post.story):
            stories[key, int(index.rows.languages[row])].append(row)
    return list(stories.values())


def _pairs(
    index: Index, fit: Flags, members: Places, likeness: Scores
) -> Iterator[tuple[int, int]]:
    """Pairs of rows that are neighbours, the most alike first, then by row."""
    count = len(members)
    near, alike = members[:, :NEAREST], likeness[:, :NEAREST]
    one = np.repeat(np.arange(count), near.shape[1])
    other, alike = near.ravel(), alike.ravel()
    days = index.rows.days
    good = (other >= 0) & (alike >= ALIKE) & fit[one] & fit[other]
    good &= np.abs(days[one] - days[other]) <= GAP
    low, high = np.minimum(one, other)[good], np.maximum(one, other)[good]
    pairs, first = np.unique(low * count + high, return_index=True)
    for pair in pairs[np.argsort(-alike[good][first], kind="stable")].tolist():
        yield divmod(pair, count)


def _tells(index: Index, cluster: Cluster) -> bool:
    """Whether a cluster is a story in time, or adds to one."""
    if cluster.told:
        return bool(cluster.new)
    days = np.floor(index.rows.days[cluster.rows])
    return len(np.unique(days)) >= LEAST and _without_a_hub(index, np.array(cluster.rows))


def _without_a_hub(index: Index, rows: Places) -> bool:
    """Whether no post alone ties the others, as a review of the year does."""
    size = len(rows)
    alike = cosines(index.found, rows, bunch(index.found, np.tile(rows, (size, 1))))
    np.fill_diagonal(alike, 0.0)
    without = alike.sum() - 2 * alike.sum(axis=1)
    return bool(without.min() >= WITHOUT * ALIKE * (size - 1) * (size - 2))


def _suggestion(
    index: Index, posts: Sequence[Post], corpus: Corpus, cluster: Cluster
) -> Suggestion:
    shares = ties(index.found, cluster)
    stems = _stems(index, corpus, cluster)
    strongest = sorted(((stems[word], share) for word, share in shares.items()), key=_most_first)
    told = sorted(cluster.told, reverse=True)  # rows are newest first
    return Suggestion(
        paths=tuple(posts[row].path for row in sorted(cluster.new, reverse=True)),
        story=group_key(posts[told[0]].story) if told else "",
        told=tuple(posts[row].path for row in told),
        cohesion=sum(shares.values()),
        ties=tuple(strongest),
    )


def _most_first(tie: tuple[str, float]) -> tuple[float, str]:
    return -tie[1], tie[0]


def _stems(index: Index, corpus: Corpus, cluster: Cluster) -> dict[int, str]:
    """The words of a cluster's vectors, by number."""
    stems: dict[int, str] = {}
    for row in cluster.rows:
        terms = corpus.terms[index.rows.paths[row]]
        stems |= index.bags.stems(terms, index.found.of(row))
    return stems
