"""What "More from" is made of, and what can be said of a block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from blogforge.model import Post, RelatedChoice, Terms, Value

WINDOW = 12  # how many posts are considered, beside two for each place of the block

Reason = Literal["pinned", "alike", "newest", "other language", "duplicate"]


class Corpus(Value, frozen=True, kw_only=True):
    """All that "More from" is made of.

    `posts` are listed: they have a block and appear in others'; `unlisted` have a block only.
    `terms`: of both, by source path. `choices`: the editor's, with source paths (see
    `choices.resolve_choices`). `shown`: what a post's page shows elsewhere, such as its story
    thread; it is not repeated, unless it is pinned. `versions`: a digest of each post's terms; of
    posts whose version a ranking remembers, `terms` is not asked. Without one, a post is new.
    """

    posts: tuple[Post, ...]
    unlisted: tuple[Post, ...] = ()
    terms: Mapping[str, Terms]
    choices: Mapping[str, RelatedChoice]
    shown: Mapping[str, frozenset[str]] = {}
    versions: Mapping[str, str] = {}


class Shape(Value, frozen=True, kw_only=True):
    """How large blocks and pools are, and how fast recency fades (days to its half)."""

    limit: int
    half_life: float

    @property
    def size(self) -> int:
        """Posts in a pool."""
        return WINDOW + 2 * self.limit


class Candidate(Value, frozen=True, kw_only=True):
    """A post that was considered for another's block.

    `place` in the block, from 1; 0: not in it. `score` is `cosine` times `recency`, and `shares`
    says what each common word adds to the cosine, the most first. `like` is the chosen post that
    it most resembles, `likeness` how much, `worth` what was left of the score for the choice.
    """

    path: str
    place: int
    reason: Reason
    score: float = 0.0
    cosine: float = 0.0
    recency: float = 0.0
    shares: tuple[tuple[str, float], ...] = ()
    like: str = ""
    likeness: float = 0.0
    worth: float = 0.0


class Explanation(Value, frozen=True, kw_only=True):
    """Why a post's block is what it is: the block in its order, then who else was considered.

    `left_out`: source paths that may not appear, and who says so.
    """

    path: str
    candidates: tuple[Candidate, ...] = ()
    left_out: tuple[tuple[str, Literal["excluded", "shown on the page"]], ...] = ()
    show: bool = True
