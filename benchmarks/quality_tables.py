"""The numbers of docs/related.md, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from benchmarks.baselines import BY_FRONT_MATTER
from benchmarks.evaluation import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_RIVALS = ("TF-IDF cosine", "BM25", "blogforge, words")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What a method scored, and by how much ours is above it."""

    method: str
    hit: Estimate
    recall: Estimate
    mrr: Estimate
    ndcg: Estimate
    above_hit: Estimate
    above_ndcg: Estimate


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """All methods on one set of sources, ours last. `older`: where only older posts are found.

    `reach`: of how many sources a target is among so many posts of ours, as a share.
    """

    name: str
    older: bool
    sources: int
    links: int
    lines: list[Line]
    reach: dict[int, float]

    @property
    def times(self) -> tuple[float, float]:
        """How many times ours is the best of those that read no words: hit@4 and nDCG@4."""
        others = [line for line in self.lines if line.method in BY_FRONT_MATTER]
        hit, ndcg = (max(getattr(line, key).mean for line in others) for key in ("hit", "ndcg"))
        mine = self.lines[-1]
        return mine.hit.mean / hit if hit else 0.0, mine.ndcg.mean / ndcg if ndcg else 0.0


def renewed(text: str, parts: Sequence[Part]) -> str:
    """A document with the numbers between its marks made anew. Raises ValueError without marks."""
    before, _, rest = text.partition(BEGIN)
    _, mark, behind = rest.partition(END)
    if not mark:
        raise ValueError(f"there is no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{markdown(parts)}\n\n{END}{behind}"


def markdown(parts: Sequence[Part]) -> str:
    """The tables: among all posts, by how much ours is above, and among older posts."""
    everyone = [part for part in parts if not part.older]
    older = [part for part in parts if part.older]
    return "\n\n".join(
        (
            "### Among all posts: hit@4 / nDCG@4",
            _scores(everyone),
            "### By how much blogforge is above, with intervals",
            _differences(everyone),
            "### Among older posts: hit@4 / nDCG@4",
            _scores(older),
        )
    )


def _scores(parts: Sequence[Part]) -> str:
    rows = [("linking posts", [f"{part.sources:,}" for part in parts])]
    for number, line in enumerate(parts[0].lines):
        mine = [part.lines[number] for part in parts]
        cells = [f"{one.hit.mean:.3f} / {one.ndcg.mean:.3f}" for one in mine]
        rows.append((line.method, cells))
    times = [part.times for part in parts]
    rows.append(("blogforge ÷ the best by front matter", [f"{a:.2f} / {b:.2f}" for a, b in times]))
    for places in (10, 20):
        shares = [f"{part.reach[places]:.3f}" for part in parts]
        rows.append((f"a target is among our first {places}", shares))
    return _table(parts, rows)


def _differences(parts: Sequence[Part]) -> str:
    measures: dict[str, Callable[[Line], Estimate]] = {
        "hit@4": lambda line: line.above_hit,
        "nDCG@4": lambda line: line.above_ndcg,
    }
    rows = [
        (f"{rival}, {name}", [_signed(above(_line(part, rival))) for part in parts])
        for rival in _RIVALS
        for name, above in measures.items()
    ]
    return _table(parts, rows)


def _line(part: Part, method: str) -> Line:
    return next(line for line in part.lines if line.method == method)


def _signed(value: Estimate) -> str:
    return f"{value.mean:+.3f} [{value.low:+.3f}, {value.high:+.3f}]".replace("-", "−")


def _table(parts: Sequence[Part], rows: Iterable[tuple[str, list[str]]]) -> str:
    heads = ["", *(part.name for part in parts)]
    lines = [heads, ["---", *["---:"] * len(parts)], *([name, *cells] for name, cells in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
