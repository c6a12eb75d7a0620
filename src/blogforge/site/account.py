"""Why a block is what it is: every post that was considered for it, and what each word adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from blogforge.site.candidates import pools, recency, scored
from blogforge.site.corpus import Candidate
from blogforge.site.ranking import index_of
from blogforge.site.selection import Filler, choose
from blogforge.site.similarity import bunch, cosines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.site.candidates import Index, Pools
    from blogforge.site.corpus import Corpus, Reason, Shape
    from blogforge.site.selection import Choice


def account(path: str, corpus: Corpus, shape: Shape) -> Iterator[Candidate]:
    """The block of the post at `path` in its order, then the others that were considered."""
    index = index_of(corpus, shape)
    subject = index.rows.row_of[path]
    (pool,) = pools(index, np.array([subject]))
    choice = choose(index, pool)
    members = [member for member in pool.members[0].tolist() if member >= 0]
    block, reasons = _block(index, subject, members, choice)
    for other in dict.fromkeys((*block, *members, *reasons)):
        candidate = _evidence(index, corpus, subject, other)
        place = block.index(other) + 1 if other in block else 0
        candidate = replace(candidate, place=place, reason=reasons[other])
        if other in members:
            candidate = _merit(index, candidate, members.index(other), pool, choice)
        yield candidate


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


def _evidence(index: Index, corpus: Corpus, subject: int, other: int) -> Candidate:
    """What speaks for a post in another's block; nothing for another language's."""
    rows = index.rows
    candidate = Candidate(path=rows.paths[other], place=0, reason="alike")
    if rows.languages[subject] != rows.languages[other]:
        return candidate
    subjects, others = np.array([subject]), np.array([[other]])
    alike = cosines(index.found, subjects, bunch(index.found, others))[0]
    near = recency(rows, subjects, others[0], index.shape.half_life)
    shares = _shares(index, corpus, subject, other)
    return replace(
        candidate,
        score=float(scored(alike, near)[0]),
        cosine=float(alike[0]),
        recency=float(near[0]),
        shares=tuple(sorted(shares.items(), key=lambda item: (-item[1], item[0]))),
    )


def _shares(index: Index, corpus: Corpus, subject: int, other: int) -> dict[str, float]:
    """What each common word adds to the cosine of two posts."""
    terms = corpus.terms[index.rows.paths[subject]]
    keys = np.frombuffer(terms.keys, "<u4").tolist()
    stems = dict(zip(keys, terms.words.split(), strict=True))
    ours, theirs = (
        dict(zip(found.ids[row].tolist(), found.weights[row].tolist(), strict=True))
        for found, row in ((index.found, subject), (index.found, other))
    )
    return {
        stems[int(index.bags.keys[word]) & 0xFFFFFFFF]: weight * theirs[word]
        for word, weight in ours.items()
        if weight and theirs.get(word)
    }


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
