"""The same work for blogforge and its peers: python -m benchmarks.compare --sizes 1000 10000.

Each builds the same invented posts (benchmarks/posts.py) into articles, lists, feeds and a sitemap:
from nothing, again with nothing changed, and after each kind of edit. The peers take turns, so that
a machine that is busy for a while is so for all of them. Reports, judges nothing.

Peers are taken from .venv-bench and benchmarks/node (`make bench-peers`); those that are not there
are left out, with the reason.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import report, results
from benchmarks.edits import SCENARIOS, Work
from benchmarks.measure import run
from benchmarks.peers.blogforge import ENGINES, Blogforge
from benchmarks.peers.eleventy import Eleventy
from benchmarks.peers.hugo import RELATED, Hugo
from benchmarks.peers.peer import REPOSITORY, Peer
from benchmarks.peers.pelican import Pelican
from benchmarks.peers.zola import Zola
from benchmarks.posts import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

PEERS: tuple[Peer, ...] = (
    *map(Blogforge, ENGINES),
    Blogforge("commonmark", cards=True),
    *map(Hugo, RELATED),
    Zola(),
    Pelican(),
    Eleventy(),
)
PAGE = REPOSITORY / "docs/benchmarks.md"


def main() -> None:
    """Measure what the command line asks for."""
    options = _options()
    sessions = results.load(options.json) if options.json else []
    peers = [peer for peer in PEERS if peer.name in options.peers]
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            session = compare(Path(folder), size, peers, options.scenarios, options.runs)
        print(report.tables(session), flush=True)
        sessions.append(session)
        if options.json:
            results.save(options.json, sessions)
    if options.report:
        PAGE.write_text(report.markdown(sessions), encoding="utf-8")


def compare(
    folder: Path, size: int, peers: list[Peer], scenarios: list[str], runs: int
) -> results.Session:
    """Build sites of `size` posts in `folder`, each peer's `runs` times in each scenario.

    Ctrl-C ends it with what has been measured.
    """
    versions, skipped = _present(peers)
    works = [_written(peer, folder, Desk(size)) for peer in peers if peer.name in versions]
    measured: list[results.Run] = []
    with suppress(KeyboardInterrupt):
        for number in range(runs):
            for one in _round(works, scenarios, number):
                measured.append(one)  # one by one, to be there whatever comes
    return results.Session(
        size=size,
        date=results.today(),
        machine=results.machine(),
        versions=versions,
        skipped=skipped,
        runs=measured,
    )


def _present(peers: list[Peer]) -> tuple[dict[str, str], dict[str, str]]:
    """The versions of the peers that can be run, and why the others cannot."""
    versions, skipped = {}, {}
    for peer in peers:
        try:
            versions[peer.name] = peer.version()
        except OSError as error:
            skipped[peer.name] = f"{error.filename or 'it'} cannot be run: {error.strerror}"
        except subprocess.CalledProcessError as error:
            reasons = [line for line in error.stderr.splitlines() if "rror" in line]
            skipped[peer.name] = (reasons or ["it fails"])[-1].strip()
    return versions, skipped


def _written(peer: Peer, folder: Path, desk: Desk) -> Work:
    work = Work(peer, desk, site=folder / peer.name / "site", kept=folder / peer.name / "kept")
    work.site.parent.mkdir()
    peer.write(work.site, desk)
    return work


def _round(works: list[Work], scenarios: list[str], number: int) -> Iterator[results.Run]:
    """One run of each peer in each scenario."""
    for scenario in scenarios:
        for work in works:
            SCENARIOS[scenario](work, number)
            cost = run(work.peer.command(work.site, work.tree), work.site, work.tree)
            took = f"{cost.seconds:.2f} s, processor {cost.cpu:.2f} s"
            print(f"{work.peer.name} {scenario}: {took}", file=sys.stderr)
            yield results.Run(peer=work.peer.name, scenario=scenario, cost=cost)


def _options() -> argparse.Namespace:
    names = [peer.name for peer in PEERS]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", nargs="+", type=int, default=[1000], help="posts a site")
    parser.add_argument("--peers", nargs="+", choices=names, default=names, metavar="PEER")
    parser.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the sites are written and removed")
    parser.add_argument("--json", type=Path, help="file to which the measurements are added")
    parser.add_argument("--report", action="store_true", help="write docs/benchmarks.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
