"""Why a block is what it is: every post that was considered for it, and what each term adds."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from blogforge.model import RelatedChoice
from blogforge.site.candidates import LINKED, pools, recency, scored
from blogforge.site.corpus import Candidate, Explanation, Shape, Share
from blogforge.site.filling import Filler
from blogforge.site.ranking import index_of
from blogforge.site.repeats import copies, repeats
from blogforge.site.selection import choose
from blogforge.site.similarity import COMMON_SHARE, bunch, cosines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from blogforge.settings import RelatedConfig
    from blogforge.site.bags import Places
    from blogforge.site.candidates import Index, Pools
    from blogforge.site.corpus import Corpus, Reason
    from blogforge.site.selection import Choice

    _Linking = Mapping[int, Sequence[tuple[float, int]]]


_FEW = 3  # posts in which a word is always a reason: two of four are no crowd


class Explainer:
    """Explains the blocks of a corpus, one by one; what they have in common is made once.

    Not to be asked by two threads at a time.
    """

    def __init__(self, corpus: Corpus, settings: RelatedConfig) -> None:
        self._corpus = corpus
        self._shape = Shape(limit=settings.limit, half_life=settings.half_life)
        self._paths = {post.path for post in (*corpus.posts, *corpus.unlisted)}

    def of(self, path: str) -> Explanation:
        """Why the block of the post at `path` is what `rank` says. KeyError: no such post."""
        if path not in self._paths:
            raise KeyError(path)
        choice = self._corpus.choices.get(path, RelatedChoice())
        if not (choice.show and self._shape.limit):
            return Explanation(path=path, show=False)
        considered = _placed_by_score(self._index, list(self._considered(path)))
        return Explanation(path=path, candidates=tuple(considered))

    @cached_property
    def _index(self) -> Index:
        return index_of(self._corpus, self._shape)

    @cached_property
    def _held(self) -> Places:
        """In how many listed posts each word is."""
        return self._index.bags.held(self._index.rows.listed)

    def _considered(self, path: str) -> Iterator[Candidate]:
        """The block in its order, then the others that were considered, then who may not appear."""
        index = self._index
        subject = index.rows.row_of[path]
        (pool,) = pools(index, np.array([subject]))
        choice = choose(index, pool)
        links = _links(index, pool)
        members = [member for member in pool.members[0].tolist() if member >= 0]
        block, reasons = _block(index, subject, members, choice)
        for other in dict.fromkeys((*block, *members, *reasons)):
            candidate = self._evidence(subject, other, links)
            place = block.index(other) + 1 if other in block else 0
            candidate = replace(candidate, place=place, reason=reasons[other])
            if other in members:
                candidate = _merit(index, candidate, members.index(other), pool, choice)
            if reasons[other] == "duplicate":
                before = block[: place - 1] if place else block
                candidate = _repeating(index, candidate, subject, before)
            yield candidate
        yield from self._left_out(path, block, links)

    def _left_out(self, path: str, block: Sequence[int], links: _Linking) -> Iterator[Candidate]:
        """The listed posts that may not appear, and who says so."""
        rows = self._index.rows
        excluded = self._corpus.choices.get(path, RelatedChoice()).exclude
        reasons: dict[int, Reason] = dict.fromkeys(rows.of(excluded), "excluded")
        for other in sorted(rows.of(self._corpus.shown.get(path, ()))):
            reasons.setdefault(other, "shown on the page")
        subject = rows.row_of[path]
        for other, reason in reasons.items():
            if other not in block and other != subject and other < rows.listed:
                yield replace(self._evidence(subject, other, links), reason=reason)

    def _evidence(self, subject: int, other: int, links: _Linking) -> Candidate:
        """What speaks for a post in another's block; nothing for another language's."""
        index = self._index
        rows = index.rows
        days = float(rows.days[other] - rows.days[subject])
        candidate = Candidate(path=rows.paths[other], place=0, reason="alike", days=days)
        if rows.languages[subject] != rows.languages[other]:
            return candidate
        subjects, others = np.array([subject]), np.array([[other]])
        alike = cosines(index.found, subjects, bunch(index.found, others))[0].astype(float)
        near = recency(rows, subjects, others[0], index.shape.half_life)
        linking = links.get(other, ())
        linked = LINKED * sum(worth for worth, _ in linking)
        shares = self._shares(subject, other)
        return replace(
            candidate,
            score=float(scored(alike + linked, near)[0]),
            cosine=float(alike[0]),
            linked=linked,
            linking=tuple(rows.paths[neighbour] for _, neighbour in linking),
            recency=float(near[0]),
            shares=tuple(sorted(shares, key=lambda share: (-share.share, share.term))),
        )

    def _shares(self, subject: int, other: int) -> Iterator[Share]:
        """What each common term adds to the cosine of two posts."""
        index, rows = self._index, self._index.rows
        mine, theirs = index.found.of(subject), index.found.of(other)
        stems = index.bags.stems(self._corpus.terms[rows.paths[subject]], mine)
        posts = int((rows.languages[: rows.listed] == rows.languages[subject]).sum())
        many = max(COMMON_SHARE * posts, _FEW)
        for word in mine:
            if word in theirs:
                held, share = int(self._held[word]), mine[word] * theirs[word]
                yield Share(term=stems[word], share=share, posts=held, common=held > many)


def _block(
    index: Index, subject: int, members: list[int], choice: Choice
) -> tuple[list[int], dict[int, Reason]]:
    """The block of a subject, and why each post was considered."""
    block = [pick for pick in choice.picks[0].tolist() if pick >= 0]
    reasons: dict[int, Reason] = dict.fromkeys(index.wanted.pins.get(subject, ()), "pinned")
    for member, free in zip(members, choice.free[0].tolist(), strict=False):
        reasons[member] = "alike" if free or member in block else "duplicate"
    if len(block) < index.shape.limit:
        more = Filler(index).fill(subject, block, members)
        block += more
        reasons |= more
    return block, reasons


def _merit(
    index: Index, candidate: Candidate, member: int, pool: Pools, choice: Choice
) -> Candidate:
    """How a member of the pool stood when it was chosen, or not."""
    like = int(choice.like[0, member])
    return replace(
        candidate,
        like=index.rows.paths[like] if like >= 0 else "",
        likeness=float(choice.likeness[0, member]),
        worth=float(choice.worth(pool)[0, member]),
    )


def _links(index: Index, pool: Pools) -> _Linking:
    """For each post that neighbours of the subject link to: which do, and what it is worth."""
    neighbours = pool.neighbours[:1]
    alike = cosines(index.found, pool.subjects, bunch(index.found, neighbours))[0].astype(float)
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for neighbour, likeness in zip(neighbours[0].tolist(), alike.tolist(), strict=True):
        if neighbour >= 0 and likeness > 0:
            worth = likeness * float(index.links.shares[neighbour])
            for other in index.links.of(neighbour).tolist():
                found[other].append((worth, neighbour))
    return {
        other: sorted(links, key=lambda link: (-link[0], link[1])) for other, links in found.items()
    }


def _repeating(
    index: Index, candidate: Candidate, subject: int, chosen: Sequence[int]
) -> Candidate:
    """A duplicate with the post that it repeats: the subject, or the first of those `chosen`."""
    rows, row = index.rows, index.rows.row_of[candidate.path]
    others = np.array([subject, *chosen])
    alike = cosines(index.found, np.array([row]), bunch(index.found, others[None, :]))[0]
    members = np.full((len(others), 1), row)
    same = repeats(rows, others, members, alike[:, None])[:, 0]
    same[0] = copies(rows, others[:1], members[:1], alike[:1, None])[0, 0]
    place = int(same.argmax() if same.any() else alike.argmax())
    return replace(candidate, like=rows.paths[others[place]], likeness=float(alike[place]))


def _placed_by_score(index: Index, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates, each with the place that its score alone would give it."""
    row_of = index.rows.row_of
    pinned = {candidate.path for candidate in candidates if candidate.reason == "pinned"}
    order = {c.path: (-c.score, row_of[c.path]) for c in candidates}
    alike = [order[c.path] for c in candidates if c.reason == "alike"]
    pool = sum(c.reason in {"alike", "duplicate"} for c in candidates)
    for candidate in candidates:
        ahead = sum(other < order[candidate.path] for other in alike)
        behind_all = ahead == len(alike) and pool >= index.shape.size
        before = len(pinned - {candidate.path})
        by_score = before + ahead + 1 if candidate.score and not behind_all else 0
        yield replace(candidate, by_score=by_score)
