"""The cases where a block has none of what its author links, for somebody to read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.evaluation import CUT, evaluate
from blogforge.settings import RelatedConfig
from blogforge.site.related import explain, rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.collection import Collection, Doc
    from blogforge.site.corpus import Candidate

_DEEP = 100  # posts that are looked through for the targets
_TERMS = 6  # of a candidate that are shown


class Failure(NamedTuple):
    """A source whose block missed: its block, and its targets with what speaks for them.

    `places`: where each target stands in a block of a hundred; 0: nowhere.
    """

    source: Doc
    block: list[tuple[Doc, Candidate | None]]
    wanted: list[tuple[Doc, Candidate | None]]

    @property
    def places(self) -> list[int]:
        """Where each target stands, from 1; 0: not among the first hundred."""
        return [found.place if found else 0 for _, found in self.wanted]

    def __str__(self) -> str:
        lines = [_named(self.source)]
        for (doc, found), place in zip(self.wanted, self.places, strict=True):
            where = f"at {place}" if place else f"not among {_DEEP}"
            lines.append(f"  wanted {where:>16}  {_named(doc)}{_said(found)}")
        for place, (doc, found) in enumerate(self.block, 1):
            lines.append(f"  {'block':>6} {f'at {place}':>16}  {_named(doc)}{_said(found)}")
        return "\n".join(lines)


def worst(collection: Collection, count: int) -> list[Failure]:
    """The `count` sources that missed by most: where the first target stands farthest down.

    Among equals a digest decides, so that they come from all years.
    """
    if not count:
        return []
    blocks = rank(collection.corpus, RelatedConfig(limit=CUT)).blocks
    deep = rank(collection.corpus, RelatedConfig(limit=_DEEP)).blocks
    scores = evaluate(blocks, collection.links)
    missed = [source for source, hit in zip(scores.sources, scores.hit, strict=True) if not hit]
    missed.sort(key=lambda source: (-_first(deep[source], collection.links[source]), _lot(source)))
    return [_failure(collection, source, blocks[source]) for source in missed[:count]]


def _first(ranking: tuple[str, ...], targets: frozenset[str]) -> int:
    return next((at for at, path in enumerate(ranking) if path in targets), _DEEP)


def _lot(source: str) -> bytes:
    return hashlib.sha256(source.encode()).digest()


def _failure(collection: Collection, source: str, block: tuple[str, ...]) -> Failure:
    said = explain(source, collection.corpus, RelatedConfig(limit=_DEEP))
    found = {candidate.path: candidate for candidate in said.candidates}
    targets = sorted(collection.links[source])
    return Failure(
        collection.docs[source],
        _with_evidence(collection.docs, block, found),
        _with_evidence(collection.docs, targets, found),
    )


def _with_evidence(
    docs: Mapping[str, Doc], paths: tuple[str, ...] | list[str], found: Mapping[str, Candidate]
) -> list[tuple[Doc, Candidate | None]]:
    return [(docs[path], found.get(path)) for path in paths]


def _named(doc: Doc) -> str:
    return f"{doc.date:%Y-%m-%d} {doc.title}"


def _said(found: Candidate | None) -> str:
    if found is None:
        return ""
    shares = " ".join(f"{one.term} {one.share:.2f}" for one in found.shares[:_TERMS])
    sums = f"({found.cosine:.3f} + {found.linked:.3f}) × {found.recency:.2f}"
    return f"\n{'':26}{found.score:.3f} = {sums}: {shares}"
