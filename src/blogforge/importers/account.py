"""What an import did: everything found is imported or left out, and each thing is told."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import field

from blogforge.errors import Location, Problem
from blogforge.importers.found import LeftOut
from blogforge.importers.writing import Fate, Written
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHOWN = 20  # of one kind; all of them are in the JSON
_PARTICULAR = re.compile(  # what notes of one kind differ in
    r"^\S+:\d+: |“[^”]*”|'[^']*'|\[[^\]]*\]|\([^)]*\)|https?://\S+|\d+|: .*$", re.S
)


class Told(Value, frozen=True, kw_only=True):
    """Something to know of a file that was written, with its line there (0: all of it)."""

    where: Location
    what: str


class Files(Value, frozen=True, kw_only=True):
    """What became of pictures and other files: `remote` are the addresses of those left there."""

    copied: int = 0
    fetched: int = 0
    remote: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class Account(Value, frozen=True, kw_only=True):
    """The account of an import.

    `counted`: the entries that the source has, by the reader's own count. `redirects`: where old
    addresses of lists and feeds lead, for a configuration that was there before. `unanswered`: old
    addresses that no file can answer. `dead`: links of the old site that lead nowhere. `gone`:
    files of an earlier import whose items the source has no more.
    """

    format: str
    source: str
    folder: str
    dry: bool
    counted: int
    posts: int
    pages: int
    people: int
    left_out: tuple[LeftOut, ...]
    files: Files
    written: Written
    notes: tuple[Told, ...] = ()
    dead: tuple[Told, ...] = ()
    redirects: dict[str, str] = field(default_factory=dict)
    unanswered: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        """Hold that nothing is lost."""
        out = sum(each.count for each in self.left_out)
        total = self.posts + self.pages + out
        assert self.counted == total, f"{self.counted} found, but {total} accounted for"


def as_json(account: Account) -> str:
    """The whole account, for programs."""
    values: dict[str, Any] = msgspec.to_builtins(account)
    values["imported"] = account.posts + account.pages
    return msgspec.json.format(msgspec.json.encode(values), indent=2).decode()


def as_text(account: Account) -> str:
    """The account for who moves in, the longest lists cut short."""
    return "\n".join(_lines(account))


def _lines(account: Account) -> Iterator[str]:
    imported = account.posts + account.pages
    out = sum(each.count for each in account.left_out)
    yield (
        f"{account.format}: {account.counted} found = {imported} imported"
        f" ({_count(account.posts, 'post')}, {_count(account.pages, 'page')}) + {out} left out"
    )
    yield from _left_out(account.left_out)
    yield from _files(account.files)
    if account.people:
        yield f"authors.yaml: {_count(account.people, 'author')} added"
    yield from _written(account)
    yield from _notes(account.notes)
    yield from _list("links that lead nowhere", [*map(_said, account.dead)])
    yield from _list(
        "to be set under 'redirects' of blogforge.yaml, for old addresses of lists and feeds",
        [f"{old}: {new}" for old, new in account.redirects.items()],
    )
    yield from _list("old addresses that need a rule of your host", account.unanswered)
    yield from _list("in the site, and no more in the source", account.gone)
    yield from _list("odd in the source", [_in_short(each) for each in account.problems])


def _left_out(each: tuple[LeftOut, ...]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[LeftOut]] = defaultdict(list)
    for one in each:
        groups[one.what, one.reason].append(one)
    if groups:
        yield "left out:"
    for (what, reason), ones in groups.items():
        count = sum(one.count for one in ones)
        yield f"  {_count(count, what)}: {reason}"
        yield from _cut([f"    {one.origin}" for one in ones])


def _files(files: Files) -> Iterator[str]:
    total = files.copied + files.fetched + len(files.remote) + len(files.left_out)
    if not total:
        return
    yield (
        f"files: {total} = {files.copied} copied + {files.fetched} fetched"
        f" + {len(files.remote)} left at their address + {len(files.left_out)} left out"
    )
    yield from _left_out(files.left_out)
    if files.remote:
        yield from _cut([f"  {address}" for address in files.remote])
        yield "  'blogforge import … --media' fetches them"


def _written(account: Account) -> Iterator[str]:
    counts = account.written.count()
    fates: tuple[Fate, ...] = ("new", "updated", "unchanged")
    said = ", ".join(f"{counts[fate]} {fate}" for fate in fates if counts[fate])
    would = "would be written" if account.dry else "written"
    yield f"{would} into {account.folder}: {said or 'nothing'}"
    kept, gone = account.written.of("kept"), account.written.of("gone")
    yield from _list("changed by hand since, and left as they are", kept)
    yield from _list("deleted since, and not brought back", gone)


def _notes(notes: tuple[Told, ...]) -> Iterator[str]:
    """All that is to be known, or the first of each kind where that would be too much to read."""
    if len(notes) <= _SHOWN:
        yield from _list("not as it was", [*map(_said, notes)])
        return
    kinds: dict[str, list[Told]] = defaultdict(list)
    for note in notes:
        kinds[_PARTICULAR.sub("", note.what)].append(note)
    yield f"not as it was ({len(notes)}; the first of each kind, --json has all):"
    more = {1: "", 2: " (and one more like it)"}
    yield from _cut(
        [
            f"  {_said(like[0])}{more.get(len(like), f' (and {len(like) - 1} more like it)')}"
            for like in kinds.values()
        ]
    )


def _said(told: Told) -> str:
    return f"{told.where}: {told.what}"


def _list(title: str, entries: Iterable[str]) -> Iterator[str]:
    lines = [f"  {entry}" for entry in entries]
    if lines:
        yield f"{title} ({len(lines)}):"
        yield from _cut(lines)


def _cut(lines: list[str]) -> Iterator[str]:
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
        yield f"{indent}… and {len(lines) - _SHOWN} more: --json has all"


def _in_short(problem: Problem) -> str:
    return f"{problem.location}: {problem.message}" if problem.location else problem.message


def _count(number: int, word: str) -> str:
    if number == 1 or word.endswith("s"):
        return f"{number} {word}"
    return f"{number} {word[:-1]}ies" if word.endswith("y") else f"{number} {word}s"
