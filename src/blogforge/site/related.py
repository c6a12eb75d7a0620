"""More from: for every post the posts a reader may want next, and why these.

The words decide, the editor overrules, and the block is always full while the site has posts for
it. `selection` says how.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from blogforge.model import Post, RelatedChoice, Terms, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.config import RelatedConfig
    from blogforge.site.selection import Desk, Selection

Reason = Literal["pinned", "alike", "newest", "other language", "duplicate"]


class Corpus(Value, frozen=True, kw_only=True):
    """All that "More from" is made of.

    `posts` are listed: they have a block and appear in others'; `unlisted` have a block only.
    `terms`: of both, by source path. `choices`: the editor's, with source paths (see
    `choices.resolve_choices`). `shown`: what a post's page shows elsewhere, such as its story
    thread; it is not repeated, unless it is pinned.
    """

    posts: tuple[Post, ...]
    unlisted: tuple[Post, ...] = ()
    terms: Mapping[str, Terms]
    choices: Mapping[str, RelatedChoice]
    shown: Mapping[str, frozenset[str]] = {}


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


def rank(corpus: Corpus, settings: RelatedConfig) -> dict[str, tuple[str, ...]]:
    """For every post of `corpus`, by source path, the paths of its block in their order.

    A block has `settings.limit` posts as long as there are so many that it may show: pins first,
    then posts alike, the newest of the post's language, the newest of others, and last duplicates.
    Equal scores go by date, the newest first, then by path. `show: false` is an empty block.
    """
    subjects = (*corpus.posts, *corpus.unlisted)
    if not settings.limit:
        return {post.path: () for post in subjects}
    desk = _desk(corpus, settings)
    return {post.path: tuple(desk.select(post).picks) for post in subjects}


def explain(path: str, corpus: Corpus, settings: RelatedConfig) -> Explanation:
    """Why the block of the post at `path` is what `rank` says. Raises KeyError for no such post."""
    subject = {post.path: post for post in (*corpus.posts, *corpus.unlisted)}[path]
    choice = corpus.choices.get(path, RelatedChoice())
    if not (choice.show and settings.limit):
        return Explanation(path=path, show=False)
    desk = _desk(corpus, settings)
    selection = desk.select(subject)
    shown = sorted(corpus.shown.get(path, frozenset()) - {*choice.exclude, *selection.picks})
    return Explanation(
        path=path,
        candidates=tuple(_account(desk, subject, selection)),
        left_out=(
            *((other, "excluded") for other in choice.exclude),
            *((other, "shown on the page") for other in shown),
        ),
    )


def _desk(corpus: Corpus, settings: RelatedConfig) -> Desk:
    from blogforge.site.selection import Desk  # a no-op build does without numpy

    return Desk(corpus, settings)


def _account(desk: Desk, subject: Post, selection: Selection) -> Iterator[Candidate]:
    """The block in its order, then the others that were considered."""
    pool = selection.pool
    considered = pool.paths if pool else []
    reasons: dict[str, Reason] = dict.fromkeys(considered, "alike")
    reasons |= dict.fromkeys(selection.duplicates, "duplicate")
    reasons |= selection.picks
    block = list(selection.picks)
    for path in dict.fromkeys((*block, *reasons)):
        evidence = desk.languages[subject.path].evidence(subject.path, path, desk.half_life)
        candidate = Candidate(
            path=path,
            place=block.index(path) + 1 if path in block else 0,
            reason=reasons[path],
            score=evidence.score,
            cosine=evidence.cosine,
            recency=evidence.recency,
            shares=tuple(sorted(evidence.shares.items(), key=lambda item: (-item[1], item[0]))),
        )
        if pool and path in considered:
            row = considered.index(path)
            candidate = replace(
                candidate,
                like=pool.like[row],
                likeness=float(pool.likeness[row]),
                worth=float(pool.worth[row]),
            )
        yield candidate
