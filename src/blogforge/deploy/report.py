"""What a deployment did, or would do, in words and as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from blogforge.printing import counted, to_json
from blogforge.value import Value

_SHOWN = 3
_UNITS = ("B", "kB", "MB", "GB")
_DONE = {
    ("put", False): "sent",
    ("put", True): "to be sent",
    ("delete", False): "deleted",
    ("delete", True): "to be deleted",
}


class Part(Value, frozen=True, kw_only=True):
    """A step: its files by path, and their size in bytes, which deleted ones have none of."""

    name: str
    action: Literal["put", "delete"]
    paths: tuple[str, ...]
    size: int = 0


class Report(Value, frozen=True, kw_only=True):
    """A deployment to the target `target`, of `kind`, at `place`, in `seconds`.

    `dry_run`: nothing was touched. `resumed`: the last one was cut off. `unchanged`: files that
    were there already. `left`: files of the output that blogforge did not write, which stayed at
    home. `foreign`: how many of somebody else's are at the target. `pinged`: hubs that were told
    of changed feeds.
    """

    target: str
    kind: str
    place: str
    dry_run: bool
    resumed: bool
    parts: tuple[Part, ...]
    unchanged: int
    left: tuple[str, ...] = ()
    foreign: int = 0
    pinged: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    next_change_at: datetime | None = None
    seconds: float = 0.0


def as_text(report: Report) -> str:
    """The report that a person reads; of a dry run each file by name."""
    sent = [part for part in report.parts if part.action == "put"]
    files, size = sum(len(part.paths) for part in sent), sum(part.size for part in sent)
    gone = sum(len(part.paths) for part in report.parts if part.action == "delete")
    verb = "Would send" if report.dry_run else "Sent"
    lines = [
        f"{verb} {counted(files, 'file')} ({_bytes(size)}) to {report.target}: {report.place}"
        f" in {report.seconds:.2f} s"
    ]
    if not report.parts and not report.resumed:
        lines = [f"{report.target} is up to date: {report.place} ({report.seconds:.2f} s)"]
    if report.resumed:
        lines.append("  the last deployment was cut off: this one completes it")
    for part in report.parts:
        lines.append(f"  {part.name}: {len(part.paths)} {_DONE[part.action, report.dry_run]}")
        if report.dry_run:
            sign = "+" if part.action == "put" else "-"
            lines += [f"    {sign} {path}" for path in part.paths]
    lines.append(f"  {report.unchanged} unchanged, {gone} {_DONE['delete', report.dry_run]}")
    if report.left:
        shown = ", ".join(report.left[:_SHOWN]) + (", …" if len(report.left) > _SHOWN else "")
        lines.append(f"  {counted(len(report.left), 'file')} that blogforge did not write: {shown}")
        lines.append("    stay here: what belongs to the site goes to static/")
    if report.foreign:
        lines.append(f"  {counted(report.foreign, 'file')} of somebody else's there, left alone")
    if report.pinged:
        lines.append(f"  told {', '.join(report.pinged)} of the new feeds")
    return "\n".join(lines)


def as_json(report: Report) -> str:
    """The report as one JSON object; docs/deploy.md lists its keys."""
    return to_json(report)


def _bytes(size: int) -> str:
    """1500 -> "1.5 kB"."""
    amount, unit = float(size), _UNITS[0]
    for larger in _UNITS[1:]:
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
