"""Who gets into a post's block "More from"; `related` is the way in, and imports this when asked.

Score: how alike the words are (a cosine) times a soft recency that never falls below a half. Of the
best, each next one is taken for its score less its likeness to those already taken: maximal
marginal relevance (Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for
Reordering Documents and Producing Summaries", SIGIR 1998). Pins count as taken first.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from blogforge.site.similarity import bunch, cosines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from blogforge.site.bags import Places
    from blogforge.site.candidates import Index, Pools, Scores
    from blogforge.site.corpus import Reason
    from blogforge.site.similarity import Bunch

DIVERSITY = 0.1  # how much likeness to the chosen weighs in the choice; the score weighs the rest
DUPLICATE = 0.9  # two posts whose cosine is above are one piece of news


@dataclass(slots=True)
class Choice:
    """Blocks of several subjects in the making: `picks`, a row each, -1 where nobody is yet.

    For each member of the pools: `free`: neither chosen nor a duplicate; `like`: of those chosen
    the one it resembles most, and `likeness` how much.
    """

    picks: Places
    free: NDArray[np.bool_]
    likeness: Scores
    like: Places

    def worth(self, found: Pools) -> Scores:
        """Each member's marginal relevance, as it was while the post was free."""
        worth: Scores = (1 - DIVERSITY) * found.scores - DIVERSITY * self.likeness
        return worth


def choose(index: Index, found: Pools) -> Choice:
    """The pins of each subject, and then whom it resembles."""
    rows, limit, shape = index.rows, index.shape.limit, found.members.shape
    works = rows.works[found.members]
    choice = Choice(
        picks=np.full((len(found.subjects), limit), -1),
        free=(found.members >= 0) & (found.cosines <= DUPLICATE),
        likeness=np.zeros(shape),
        like=np.full(shape, -1),
    )
    choice.free &= works != rows.works[found.subjects][:, None]
    for row, subject in enumerate(found.subjects.tolist()):
        pins = index.wanted.pins.get(subject, ())
        choice.picks[row, : len(pins)] = pins
    members = bunch(index.found, found.members)
    everyone = np.arange(len(found.subjects))
    for place in range(limit):
        worth = np.where(choice.free, choice.worth(found), -np.inf)
        best = worth.argmax(axis=1)
        alike = np.where(choice.free[everyone, best], found.members[everyone, best], -1)
        picks = np.where(choice.picks[:, place] >= 0, choice.picks[:, place], alike)
        choice.picks[:, place] = picks
        if place + 1 < limit:
            _take(index, found, members, choice, picks)
    return choice


def _take(index: Index, found: Pools, members: Bunch, choice: Choice, picks: Places) -> None:
    """Take into account that each of `picks` is in its block."""
    works = index.rows.works
    chosen = picks[:, None]
    same = (found.members == chosen) | (works[found.members] == works[chosen])
    choice.free &= ~(same & (chosen >= 0))
    alike = cosines(index.found, picks, members)
    closer = choice.free & (alike > choice.likeness)
    choice.likeness = np.where(closer, alike, choice.likeness)
    choice.like = np.where(closer, chosen, choice.like)
    choice.free &= alike <= DUPLICATE


# ---------------------------------------------------------------- blocks that are not full yet


class Filler:
    """Fills the blocks of posts that resemble too few: with the newest posts."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._sources: dict[int, tuple[tuple[Reason, list[int]], ...]] = {}

    def fill(
        self, subject: int, chosen: Sequence[int], set_aside: Iterable[int]
    ) -> dict[int, Reason]:
        """Who follows after those chosen, and why.

        The newest of the language, then of others, then duplicates, of which `set_aside` are first
        in line (those chosen do not count), then anyone.
        """
        barred = {subject, *self.index.wanted.barred.get(subject, ()), *chosen}
        picks: dict[int, Reason] = {}
        aside: dict[int, Reason] = {post: "duplicate" for post in set_aside if post not in barred}
        sources = self._newest(subject)
        places = self.index.shape.limit - len(chosen)
        for reason, posts in sources:
            rest = (post for post in posts if not (post in barred or post in aside))
            for post in islice(rest, self.index.shape.size):
                if len(picks) == places:
                    break
                repeats = self._repeats(post, (subject, *chosen, *picks))
                (aside if repeats else picks)[post] = "duplicate" if repeats else reason
        anyone = ((post, reason) for reason, posts in sources for post in posts)
        for post, reason in chain(aside.items(), anyone):
            if len(picks) == places:
                break
            if post not in barred:
                picks.setdefault(post, reason)
        return picks

    def _newest(self, subject: int) -> tuple[tuple[Reason, list[int]], ...]:
        """The listed posts of a subject's language, and of all others, newest first."""
        rows = self.index.rows
        language = int(rows.languages[subject])
        if language not in self._sources:
            home = rows.languages[: rows.listed] == language
            self._sources[language] = (
                ("newest", np.flatnonzero(home).tolist()),
                ("other language", np.flatnonzero(~home).tolist()),
            )
        return self._sources[language]

    def _repeats(self, post: int, others: tuple[int, ...]) -> bool:
        """Whether `post` is a version or nearly a copy of one of `others`."""
        theirs = np.array(others)
        works = self.index.rows.works
        if (works[theirs] == works[post]).any():
            return True
        alike = cosines(
            self.index.found, np.array([post]), bunch(self.index.found, theirs[None, :])
        )
        return bool((alike > DUPLICATE).any())
