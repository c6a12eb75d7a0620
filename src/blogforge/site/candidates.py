"""Who might stand in a post's block "More from": posts of its language, by words and by date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from blogforge.site import similarity
from blogforge.site.groups import newest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from blogforge.model import Post
    from blogforge.site.related import Corpus
    from blogforge.site.similarity import Places, Weights

DIVERSITY = 0.1  # how much likeness to the chosen weighs in the choice; the score weighs the rest
LEAST_RECENCY = 0.5  # how much of its cosine a post keeps, however far away its date
DUPLICATE = 0.9  # two posts whose cosine is above are one piece of news
DIGITS = 9  # of scores, before they are compared: equal on every machine
_DAY = 86400.0  # seconds


@dataclass(slots=True)
class Pool:
    """The posts most alike to a subject, the best score first.

    `like`: of those chosen so far the one each resembles most, and `likeness` how much. `free`:
    neither chosen nor a duplicate.
    """

    paths: list[str]
    places: Places
    cosines: Weights
    recency: Weights
    scores: Weights
    likeness: Weights
    like: list[str]
    free: NDArray[np.bool_]

    @property
    def worth(self) -> Weights:
        """Each post's marginal relevance, as it was while the post was free."""
        return (1 - DIVERSITY) * self.scores - DIVERSITY * self.likeness

    def best(self) -> str | None:
        """The free post of the greatest marginal relevance; of equals the first."""
        if not self.free.any():
            return None
        return self.paths[int(np.where(self.free, self.worth, -np.inf).argmax())]

    def close(self, paths: Iterable[str]) -> None:
        """Take `paths` out of those that are free."""
        for path in paths:
            if path in self.paths:
                self.free[self.paths.index(path)] = False

    def compare(self, chosen: str, cosines: Weights) -> None:
        """Note how much each free post resembles one that has been chosen."""
        closer = np.flatnonzero(self.free & (cosines > self.likeness))
        self.likeness[closer] = cosines[closer]
        for place in closer.tolist():
            self.like[place] = chosen
        self.free &= cosines <= DUPLICATE


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a post in another's block: `shares` is what each word adds to the cosine."""

    score: float = 0.0
    cosine: float = 0.0
    recency: float = 0.0
    shares: Mapping[str, float] = field(default_factory=dict)


class Language:
    """The posts of one language: those listed, newest first, then the unlisted ones."""

    def __init__(self, posts: Sequence[Post], listed: int, corpus: Corpus) -> None:
        self.paths = [post.path for post in posts]
        self.newest = self.paths[:listed]
        self.places = {path: place for place, path in enumerate(self.paths)}
        self.days = np.array([post.date.timestamp() / _DAY for post in posts])
        self.index = similarity.build([corpus.terms[p] for p in self.paths], listed)

    def pool(self, subject: int, barred: Iterable[str], size: int, half_life: float) -> Pool:
        """The `size` best of those that are not barred, by score, then date, then path."""
        left_out = [self.places[path] for path in barred if path in self.places]
        hits, about = self.index.near(subject, left_out)
        if len(hits) > size:  # recency lets no score fall below half its cosine
            near = about >= LEAST_RECENCY * np.partition(about, -size)[-size]
            hits, about = hits[near], about[near]
        recency = self._recency(subject, hits, half_life)
        best = np.argsort(-np.round(about * recency, DIGITS), kind="stable")[:size]
        hits, recency = hits[best], recency[best]
        cosines = self.index.cosines(subject, hits)
        scores = np.round(cosines * recency, DIGITS)
        order = np.lexsort((hits, -scores))
        places, cosines = hits[order], cosines[order]
        return Pool(
            paths=[self.paths[place] for place in places.tolist()],
            places=places,
            cosines=cosines,
            recency=recency[order],
            scores=scores[order],
            likeness=np.zeros(len(order)),
            like=[""] * len(order),
            free=cosines <= DUPLICATE,
        )

    def evidence(self, path: str, other: str, half_life: float) -> Evidence:
        """What speaks for `other` in the block of `path`; nothing for another language's post."""
        if other not in self.places:
            return Evidence()
        subject, others = self.places[path], np.array([self.places[other]])
        cosine = self.index.cosines(subject, others)
        recency = self._recency(subject, others, half_life)
        score = np.round(cosine * recency, DIGITS)
        shares = self.index.shares(subject, self.places[other])
        return Evidence(float(score[0]), float(cosine[0]), float(recency[0]), shares)

    def _recency(self, subject: int, others: Places, half_life: float) -> Weights:
        apart = np.abs(self.days[others] - self.days[subject])
        recency: Weights = LEAST_RECENCY + (1 - LEAST_RECENCY) * np.exp2(-apart / half_life)
        return recency


def languages(corpus: Corpus) -> dict[str, Language]:
    """The language of each post, by source path."""
    posts: dict[str, tuple[list[Post], list[Post]]] = defaultdict(lambda: ([], []))
    for listed, group in enumerate((corpus.unlisted, corpus.posts)):
        for post in newest_first(group):
            posts[_base(post.lang)][1 - listed].append(post)
    found = [
        Language((*listed, *unlisted), len(listed), corpus) for listed, unlisted in posts.values()
    ]
    return {path: language for language in found for path in language.paths}


def _base(tag: str) -> str:
    """The language of a BCP 47 tag, without script and region."""
    return tag.replace("_", "-").partition("-")[0].lower()
