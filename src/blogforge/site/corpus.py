"""What "More from" is made of, and what can be said of a block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from blogforge.model import Post, RelatedChoice, Terms, Value

WINDOW = 12  # how many posts are considered, beside two for each place of the block

Reason = Literal[
    "pinned",
    "alike",
    "newest",
    "other language",
    "duplicate",
    "excluded",
    "shown on the page",
]


class Corpus(Value, frozen=True, kw_only=True):
    """All that "More from" is made of.

    `posts` are listed: they have a block and appear in others'; `unlisted` have a block only.
    `terms`: of both, by source path. `choices`: the editor's, with source paths (see
    `choices.resolve_choices`). `shown`: what a post's page shows elsewhere, such as its story
    thread; it is not repeated. `versions`: a digest of each post's terms; of
    posts whose version a ranking remembers, `terms` is not asked. Without one, a post is new.
    `links`: the source paths that a post's body links to; those of no listed post say nothing.
    `origin`: of the site, as `Config.origin`.
    """

    posts: tuple[Post, ...]
    unlisted: tuple[Post, ...] = ()
    terms: Mapping[str, Terms]
    choices: Mapping[str, RelatedChoice]
    shown: Mapping[str, frozenset[str]] = {}
    versions: Mapping[str, str] = {}
    links: Mapping[str, tuple[str, ...]] = {}
    origin: str = ""


class Shape(Value, frozen=True, kw_only=True):
    """How large blocks and pools are, and how fast recency fades (days to its half)."""

    limit: int
    half_life: float

    @property
    def size(self) -> int:
        """Posts in a pool."""
        return WINDOW + 2 * self.limit


class Share(Value, frozen=True, kw_only=True):
    """What a term that two posts have in common adds to their cosine.

    `posts`: how many listed posts of the language have it; `common`: so many that it is no reason.
    """

    term: str
    share: float
    posts: int = 0
    common: bool = False


class Candidate(Value, frozen=True, kw_only=True):
    """A post that was considered for another's block.

    `place` in the block, from 1; 0: not in it. `by_score`: the place that its score alone would
    give it, were it neither pinned nor left out nor a duplicate; 0: behind all that were looked at.
    `score` is the sum of `cosine` and `linked`, times `recency`; `shares` says what each common
    term adds to the cosine, the most first, and `linked` is what the links of posts alike add,
    which are `linking`, the most alike first. `days`: from the date of the block's post to its own.
    `like` is the chosen post that it most resembles, or, of a duplicate, the post that it repeats,
    `likeness` how much; `worth` is what was left of the score for the choice.
    """

    path: str
    place: int
    reason: Reason
    by_score: int = 0
    score: float = 0.0
    cosine: float = 0.0
    linked: float = 0.0
    linking: tuple[str, ...] = ()
    recency: float = 0.0
    days: float = 0.0
    shares: tuple[Share, ...] = ()
    like: str = ""
    likeness: float = 0.0
    worth: float = 0.0


class Explanation(Value, frozen=True, kw_only=True):
    """Why a post's block is what it is.

    `candidates`: the block in its order, then who else was considered, the best first, and last who
    may not appear. `show`: whether there is a block at all.
    """

    path: str
    candidates: tuple[Candidate, ...] = ()
    show: bool = True
