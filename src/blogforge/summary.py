"""What a build did, in words and as JSON."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from blogforge.printing import clock, counted, to_json
from blogforge.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogforge.build import Report
    from blogforge.errors import Problem
    from blogforge.model import Skipped

_PATIENCE = 0.5  # seconds; work that ends before shows no bar
_STRIDE = 50  # things done between two looks of the bar


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress for `build`: a bar on a terminal once work takes long, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    started = time.monotonic()
    # No thread to draw it: a process with threads cannot be forked.
    console = Console(stderr=True)
    with Bar(console=console, transient=True, auto_refresh=False) as bar:
        tasks = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                if time.monotonic() - started < _PATIENCE:
                    return
                tasks[stage] = bar.add_task(stage, total=total)
            if done % _STRIDE == 0 or done == total:
                bar.update(tasks[stage], completed=done, refresh=True)

        yield progress


# ---------------------------------------------------------------- build


def as_text(report: Report, *, explain: bool = False) -> str:
    """The summary that a person reads; with `explain` after each page that was made, and why."""
    tally = report.pages
    lines = [f"{change['path']}: {change['why']}" for change in _changes(report)] if explain else []
    lines += [
        f"Published {counted(report.posts, 'post')} to {report.output} in {report.seconds:.2f} s",
        f"  pages: {len(report.rendered)} rendered, {tally.written} written,"
        f" {tally.unchanged} unchanged, {tally.removed} removed",
    ]
    if report.skipped:
        lines.append(f"  {counted(len(report.skipped), 'source')} not published:")
        lines += [f"    {skip.path}: {_reason(skip, report.timezone)}" for skip in report.skipped]
    if report.next_change_at:
        moment = clock(report.next_change_at, report.timezone)
        lines.append(f"  next change by time alone: {moment}")
    return "\n".join(lines)


def as_json(report: Report, *, explain: bool = False) -> str:
    """The summary as one JSON object; docs/cli.md lists its keys."""
    tally = report.pages
    summary = {
        "posts": report.posts,
        "pages": {
            "rendered": len(report.rendered),
            "written": tally.written,
            "unchanged": tally.unchanged,
            "removed": tally.removed,
        },
        "skipped": report.skipped,
        "warnings": [str(problem) for problem in report.warnings],
        "next_change_at": report.next_change_at,
        "output": report.output,
        "seconds": round(report.seconds, 3),
    }
    if explain:
        summary["changes"] = _changes(report)
    return to_json(summary)


def errors_as_json(problems: Sequence[Problem]) -> str:
    """What kept a build from publishing, as one JSON object."""
    return to_json({"errors": [str(problem) for problem in problems]})


def _changes(report: Report) -> list[dict[str, str]]:
    """Each page that was made or removed, and why."""
    files = dict(report.pages.changes)
    made = {
        path: why if path in files else f"{why} (its bytes are the same)"
        for path, why in report.rendered.items()
    }
    return [{"path": path, "why": why} for path, why in sorted((files | made).items())]


def _reason(skip: Skipped, timezone: str) -> str:
    return f"{skip.reason} until {clock(skip.until, timezone)}" if skip.until else skip.reason
