"""Who gets into a post's block "More from"; `filling` completes blocks that this leaves short.

Of those with the best scores each next one is taken for what its likeness to those already taken
leaves of its score: maximal marginal relevance (Carbonell and Goldstein, "The Use of MMR,
Diversity-Based Reranking for Reordering Documents and Producing Summaries", SIGIR 1998), but as a
share, so that it means the same for high scores and low ones. Pins count as taken first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from blogforge.site.repeats import copies, repeats
from blogforge.site.similarity import bunch, cosines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blogforge.site.bags import Places
    from blogforge.site.candidates import Index, Pools
    from blogforge.site.similarity import Bunch, Scores


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
        worth: Scores = found.scores * (1 - self.likeness)
        return worth


def choose(index: Index, found: Pools) -> Choice:
    """The pins of each subject, and then whom it resembles."""
    rows, limit, shape = index.rows, index.shape.limit, found.members.shape
    choice = Choice(
        picks=np.full((len(found.subjects), limit), -1),
        free=(found.members >= 0) & ~copies(rows, found.subjects, found.members, found.cosines),
        likeness=np.zeros(shape),
        like=np.full(shape, -1),
    )
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
    chosen = picks[:, None]
    choice.free &= found.members != chosen
    alike = cosines(index.found, picks, members)
    closer = choice.free & (alike > choice.likeness)
    choice.likeness = np.where(closer, alike, choice.likeness)
    choice.like = np.where(closer, chosen, choice.like)
    choice.free &= ~repeats(index.rows, picks, found.members, alike)
