"""Measurements as tables: for the terminal, and docs/benchmarks.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peers.peer import BENCHMARKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.measure import Cost
    from benchmarks.results import Session

MEGABYTE = 1e6
OURS = "blogforge-"
# heading -> what is shown of a run, and how
TABLES: dict[str, tuple[Callable[[Cost], float], str]] = {
    "Seconds by the clock": (lambda cost: cost.seconds, "{:.2f}"),
    "Seconds of processor, user and system, all processes": (lambda cost: cost.cpu, "{:.2f}"),
    "Peak of memory, all processes, MB": (lambda cost: cost.peak / MEGABYTE, "{:.0f}"),
    "Files written": (lambda cost: cost.written, "{:,.0f}"),
    "Written, MB": (lambda cost: cost.written_bytes / MEGABYTE, "{:,.1f}"),
    "Files in the tree afterwards": (lambda cost: cost.files, "{:,.0f}"),
}


def markdown(sessions: Iterable[Session]) -> str:
    """The page docs/benchmarks.md: what was compared, and the newest session of each kind."""
    newest = {(one.size, *one.scenarios(), *one.versions): one for one in sessions}
    ordered = sorted(newest.values(), key=lambda session: session.size)
    text = (BENCHMARKS / "report.md").read_text(encoding="utf-8")
    return "\n".join([text, *map(tables, ordered), *_growth(ordered)])


def tables(session: Session) -> str:
    """All tables of a session, for the terminal."""
    return "\n".join(_session(session))


def _session(session: Session) -> Iterator[str]:
    runs = max(map(len, _by_cell(session).values()), default=0)
    yield f"## {session.size:,} posts\n"
    yield f"{session.date}; {session.machine}; medians of {runs}, the peers taking turns.\n"
    yield "".join(f"- {peer}: {version}\n" for peer, version in session.versions.items())
    if session.skipped:
        yield "".join(f"- {peer}: not measured: {why}\n" for peer, why in session.skipped.items())
    scenarios = session.scenarios()
    for heading, (of, spelled) in TABLES.items():
        yield f"### {heading}\n"
        rows = [[peer, *_cells(session, peer, scenarios, of, spelled)] for peer in session.versions]
        yield table(["", *scenarios], rows)
    yield from _ratios(session)


def _by_cell(session: Session) -> dict[tuple[str, str], list[Cost]]:
    found: dict[tuple[str, str], list[Cost]] = {}
    for run in session.runs:
        found.setdefault((run.peer, run.scenario), []).append(run.cost)
    return found


def _cells(
    session: Session, peer: str, scenarios: list[str], of: Callable[[Cost], float], spelled: str
) -> Iterator[str]:
    for scenario in scenarios:
        median = session.median(peer, scenario, of)
        yield "" if median is None else spelled.format(median)


def _ratios(session: Session) -> Iterator[str]:
    """What blogforge takes, as a share of what each of the others does."""
    ours = [peer for peer in session.versions if peer.startswith(OURS)]
    others = [peer for peer in session.versions if not peer.startswith(OURS)]
    for peer in ours if others else ():
        for heading in list(TABLES)[:2]:
            yield f"### {peer} : others, {heading.lower()}\n"
            of = TABLES[heading][0]
            rows = [[other, *_shares(session, peer, other, of)] for other in others]
            yield table(["", *session.scenarios()], rows)


def _shares(session: Session, peer: str, other: str, of: Callable[[Cost], float]) -> Iterator[str]:
    for scenario in session.scenarios():
        own, theirs = session.median(peer, scenario, of), session.median(other, scenario, of)
        yield f"{own / theirs:.2f}" if own and theirs else ""


def _growth(sessions: list[Session]) -> Iterator[str]:
    """What a post costs as sites grow: a table for each way of building with blogforge."""
    for peer in dict.fromkeys(name for session in sessions for name in session.versions):
        own = [session for session in sessions if peer in session.versions]
        if not peer.startswith(OURS) or len({session.size for session in own}) < 2:
            continue
        yield f"## {peer}: milliseconds of processor for each post of the site\n"
        scenarios = list(dict.fromkeys(name for session in own for name in session.scenarios()))
        rows = [
            [f"{one.size:,}", *_cells(one, peer, scenarios, _a_post(one.size), "{:.3f}")]
            for one in own
        ]
        yield table(["posts", *scenarios], rows)


def _a_post(size: int) -> Callable[[Cost], float]:
    return lambda cost: 1000 * cost.cpu / size


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, the columns aligned; all but the first are numbers."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = []
    for row in (head, rule, *rows):
        first, *others = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
