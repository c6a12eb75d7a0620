"""How close "More from" comes to what authors themselves link; docs/related.md says how it is done.

    python -m benchmarks.related_quality ../shared/corpora
    python -m benchmarks.related_quality ../shared/corpora --failures 20 --json quality.json
    python -m benchmarks.related_quality ../shared/corpora --report docs/related.md

Prints the measures of each method on each set and what ours is above it, then the worst cases.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from benchmarks.baselines import METHODS, ranked
from benchmarks.blogs import BLOGS, Blog
from benchmarks.collection import Collection, load
from benchmarks.evaluation import CUT, DEPTH, Estimate, Scores, difference, estimate, evaluate
from benchmarks.failures import worst
from benchmarks.quality_tables import Line, Part, renewed
from blogforge.settings import RelatedConfig
from blogforge.site.related import rank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Links = Mapping[str, frozenset[str]]
    Rankings = Mapping[str, Sequence[str]]

OURS, WORDS = "blogforge", "blogforge, words"  # the latter knows no links
_LONG = 40  # posts of ours, of which about half are older than the post
_REACHES = (1, CUT, DEPTH, 20, _LONG)


class Options(NamedTuple):
    """What the command line says."""

    corpora: Path
    failures: int
    json: Path | None
    report: Path | None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="the folder with rustblog/, 18f/ and cds/")
    parser.add_argument("--failures", type=int, default=0, help="worst cases of each blog")
    parser.add_argument("--json", type=Path, help="a file for the numbers")
    parser.add_argument("--report", type=Path, help="a document whose numbers are made anew")
    options = Options(**vars(parser.parse_args()))
    parts = []
    for blog in BLOGS:
        collection = load(blog, options.corpora / blog.name)
        mentions, resolved = collection.mentions
        print(
            f"{blog.name}: {len(collection.docs)} posts; of {mentions} links {resolved} lead to one"
        )
        for part in measured(blog, collection):
            parts.append(part)
            print(f"\n{table(part)}\n")
        for failure in worst(collection, options.failures):
            print(f"{failure}\n")
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(parts), indent=1))
    if options.report:
        text = options.report.read_text(encoding="utf-8")
        options.report.write_text(renewed(text, parts), encoding="utf-8")


# ---------------------------------------------------------------- sets and rankings


def sets(blog: Blog, links: Links) -> dict[str, Links]:
    """The sources that are reported together: of each folder, and of each half."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for source, targets in links.items():
        folder = PurePosixPath(source).parts[1:-1]
        half = () if not blog.tuned else ("tuned on",) if tuned(source) else ("kept aside",)
        found.setdefault(", ".join((blog.name, *folder, *half)), {})[source] = targets
    return {name: found[name] for name in sorted(found)}


def tuned(source: str) -> bool:
    """Whether a post is in the half that may be looked at; by a digest of its path."""
    return hashlib.sha256(source.encode()).digest()[0] % 2 == 0


def ours(collection: Collection, *, older: bool = False) -> Rankings:
    """Our blocks of four, and behind each what blocks of ten and of forty would add.

    `older`: the older ones of a block of forty, since a site never asks for them alone.
    """
    limits = (_LONG,) if older else (CUT, DEPTH, _LONG)
    blocks = [rank(collection.corpus, RelatedConfig(limit=limit)).blocks for limit in limits]
    dates = {path: doc.date for path, doc in collection.docs.items()}
    merged = {path: dict.fromkeys(p for block in blocks for p in block[path]) for path in dates}
    return {
        path: [p for p in found if not older or dates[p] <= dates[path]]
        for path, found in merged.items()
    }


def measured(blog: Blog, collection: Collection) -> list[Part]:
    """Every method on every set of a blog, first among all posts, then among older ones."""
    docs = list(collection.docs.values())
    matrices = {method: score(docs) for method, score in METHODS.items()}
    parts = []
    for older in (False, True):
        rankings = {
            method: ranked(docs, scores, older=older) for method, scores in matrices.items()
        }
        words = replace(collection.corpus, links={})
        everyone: dict[str, Rankings] = {
            **rankings,
            WORDS: ours(collection._replace(corpus=words), older=older),
            OURS: ours(collection, older=older),
        }
        for title, links in sets(blog, collection.links).items():
            part = Part(
                name=title,
                older=older,
                sources=len(links),
                links=sum(map(len, links.values())),
                lines=compared({key: evaluate(one, links) for key, one in everyone.items()}),
                reach={places: reached(everyone[OURS], links, places) for places in _REACHES},
            )
            parts.append(part)
    return parts


def reached(rankings: Rankings, links: Links, places: int) -> float:
    """Of how many sources a target is among the first so many, as a share."""
    found = [not targets.isdisjoint(rankings[path][:places]) for path, targets in links.items()]
    return sum(found) / len(found)


def compared(scores: Mapping[str, Scores]) -> list[Line]:
    """A line for each method."""
    best = scores[OURS]
    return [
        Line(
            method=method,
            hit=estimate(mine.hit),
            recall=estimate(mine.recall),
            mrr=estimate(mine.mrr),
            ndcg=estimate(mine.ndcg),
            above_hit=difference(best.hit, mine.hit),
            above_ndcg=difference(best.ndcg, mine.ndcg),
        )
        for method, mine in scores.items()
    ]


# ---------------------------------------------------------------- in words


def table(part: Part) -> str:
    """A part as text."""
    among = "older posts" if part.older else "all posts"
    heads = ("hit@4", "recall@4", "MRR", "nDCG@4", "ours above it: hit@4", "nDCG@4")
    rows = [
        f"{part.name}, among {among}: {part.sources} sources, {part.links} links",
        f"{'':20}{heads[0]:20}{heads[1]:10}{heads[2]:7}{heads[3]:20}{heads[4]:25}{heads[5]}",
    ]
    for line in part.lines:
        above = "" if line.method == OURS else f"{_signed(line.above_hit)}  "
        rows.append(
            f"{line.method:20}{_plain(line.hit)}   {line.recall.mean:.3f}     {line.mrr.mean:.3f}"
            f"  {_plain(line.ndcg)}   {above}{_signed(line.above_ndcg) if above else ''}".rstrip()
        )
    reach = ", ".join(f"{share:.3f} of {places}" for places, share in part.reach.items())
    hit, ndcg = part.times
    rows.append(f"ours is {hit:.2f} times the best by front matter in hit@4, {ndcg:.2f} in nDCG@4")
    return "\n".join([*rows, f"a target is among the first: {reach}"])


def _plain(value: Estimate) -> str:
    return f"{value.mean:.3f} {value.low:.3f}–{value.high:.3f}"


def _signed(value: Estimate) -> str:
    return f"{value.mean:+.3f} {value.low:+.3f}…{value.high:+.3f}"


if __name__ == "__main__":
    main()
