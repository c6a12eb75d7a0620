"""How close "More from" comes to what authors themselves link.

    python -m benchmarks.related_quality ../shared/corpora

docs/related.md says how this is measured.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.baselines import METHODS
from benchmarks.collection import Collection, load
from benchmarks.evaluation import CUT, DEPTH, difference, estimate, evaluate
from blogforge.config import RelatedConfig
from blogforge.site.related import rank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BLOGS = {"rustblog": ("blog.rust-lang.org",), "18f": ("18f.gsa.gov",)}
TUNED = "rustblog"  # half of whose sources may be looked at while the ranking is made
OURS = "blogforge"

Links = dict[str, frozenset[str]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    options = parser.parse_args()
    for name, hosts in BLOGS.items():
        collection = load(options.corpora / name / "posts", hosts)
        rankings = rank_all(collection)
        for part, links in parts(name, collection.links).items():
            print(f"\n{part}: {len(links)} sources, {sum(map(len, links.values()))} links")
            print(table(rankings, links))


def ours(collection: Collection) -> dict[str, list[str]]:
    """Our blocks of four, and behind each what a block of ten would add."""
    blocks, longer = (
        rank(collection.corpus, RelatedConfig(limit=limit)).blocks for limit in (CUT, DEPTH)
    )
    return {path: list(dict.fromkeys((*blocks[path], *longer[path])))[:DEPTH] for path in blocks}


def rank_all(collection: Collection) -> dict[str, dict[str, list[str]]]:
    """The rankings of every method, ours last."""
    docs = list(collection.docs.values())
    return {name: method(docs) for name, method in METHODS.items()} | {OURS: ours(collection)}


def parts(name: str, links: Links) -> dict[str, Links]:
    """The sets that are reported: by a checksum of its path, a source may be looked at or not."""
    if name != TUNED:
        return {name: links}
    seen = {source: zlib.crc32(source.encode()) % 2 == 0 for source in links}
    return {
        f"{name}, tuned on": {source: links[source] for source in links if seen[source]},
        f"{name}, kept aside": {source: links[source] for source in links if not seen[source]},
    }


def table(rankings: Mapping[str, Mapping[str, Sequence[str]]], links: Links) -> str:
    """A line for each method: its measures with their intervals, and what ours is above."""
    scores = {name: evaluate(ranking, links) for name, ranking in rankings.items()}
    best = scores[OURS]
    lines = [f"{'':22}hit@4              recall@4  MRR    nDCG@4             ours above: hit, nDCG"]
    for name, mine in scores.items():
        hit, ndcg = estimate(mine.hit), estimate(mine.ndcg)
        above = [difference(best.hit, mine.hit), difference(best.ndcg, mine.ndcg)]
        lines.append(
            f"{name:22}{hit.mean:.3f} {hit.low:.3f}–{hit.high:.3f}  {mine.recall.mean():.3f}     "
            f"{mine.mrr.mean():.3f}  {ndcg.mean:.3f} {ndcg.low:.3f}–{ndcg.high:.3f}  "
            + "  ".join(f"{a.mean:+.3f} {a.low:+.3f}…{a.high:+.3f}" for a in above)
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
