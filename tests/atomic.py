"""Publishes again and again, cut off at every single change to the file system.

A program of its own, as it forks: python -m tests.atomic FOLDER publish|build [every]. It prints
what it found wrong, a line each, and how many times it cut a build off.
"""

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

from blogforge.build import build
from blogforge.options import Options
from blogforge.output import publish, spare, switch
from blogforge.output.listing import survey
from blogforge.output.lock import locked
from blogforge.output.publish import Staging
from blogforge.output.recovery import ASIDE, FRESH, RECORD, SPARE, work_folder
from blogforge.output.safety import refuse_unsafe
from tests.faults import KILLED, UNREACHED, Fault, in_child

Tree = Mapping[str, bytes]

REFUSED = 3
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE)
OLD: Tree = {"a/index.html": b"a", "a/b/x": b"x", "b": b"b", "home": b"old", "same": b"same"}
NEW: Tree = {"a/index.html": b"A", "b/c": b"c", "home": b"new", "d/e": b"e", "same": b"same"}
ONE: Tree = {**OLD, "home": b"changed"}


class Found(NamedTuple):
    """The files of a tree with their bytes, and its folders."""

    files: dict[str, bytes]
    folders: frozenset[str]


def found(folder: Path) -> Found:
    """All that is in `folder`."""
    listing = survey(folder)
    files = {path: (folder / path).read_bytes() for path in listing.files}
    return Found(files, frozenset(listing.folders))


def put(output: Path, tree: Tree, *, fresh: bool = False) -> None:
    """Publish `tree` as a build does."""
    refuse_unsafe(output, output.parent / "site")
    with locked(work_folder(output)), Staging(output, fresh=fresh) as staging:
        for path, data in tree.items():
            staging.write(path, data)
        staging.publish()


# ---------------------------------------------------------------- scenarios


class Scenario(NamedTuple):
    """A build of one of two trees, over the other or over nothing, in circumstances.

    `before` comes before each build in its own process, `within` in the one that is cut off.
    """

    name: str
    trees: tuple[Tree, Tree]
    before: Callable[[Path], None] = lambda _: None
    within: Callable[[], None] = lambda: None
    fresh: bool = False
    gap: bool = False  # whether there may be no tree for a moment


def _no_tree(output: Path) -> None:
    for folder in (output, work_folder(output)):
        shutil.rmtree(folder, ignore_errors=True)


def _no_spare(output: Path) -> None:
    shutil.rmtree(work_folder(output) / SPARE, ignore_errors=True)


def _no_record(output: Path) -> None:
    (work_folder(output) / RECORD).unlink(missing_ok=True)


def _no_links() -> None:
    vars(spare).update(_linked=lambda *_: False)


def _no_exchange() -> None:
    vars(switch).update(exchange=lambda *_: False)


SCENARIOS = (
    Scenario("the first tree", (NEW, OLD), before=_no_tree),
    Scenario("a tree after another", (NEW, OLD)),
    Scenario("a tree after another, all afresh", (NEW, OLD), fresh=True),
    Scenario("a single file", (ONE, OLD)),
    Scenario("without a spare tree", (NEW, OLD), before=_no_spare),
    Scenario("with a spare tree that nobody knows", (NEW, OLD), before=_no_record),
    Scenario("without hard links", (NEW, OLD), within=_no_links),
    Scenario("without an exchange", (NEW, OLD), within=_no_exchange, gap=True),
)


# ---------------------------------------------------------------- one build that is cut off


class Case(NamedTuple):
    """What is built, cut off and looked at: `make` builds tree number 0 or 1 into `output`.

    `edit` makes sources for that. The others are those of a Scenario.
    """

    name: str
    output: Path
    make: Callable[[int], None]
    clean: tuple[Found, Found]
    before: Callable[[Path], None] = lambda _: None
    within: Callable[[], None] = lambda: None
    gap: bool = False
    edit: Callable[[int], None] = lambda _: None


def cut_off(case: Case, fault: Fault, which: int) -> tuple[bool, list[str]]:
    """Build tree number `which` over the other with `fault`, and again without.

    Whether the fault was met, and what was wrong then.
    """
    case.before(case.output)
    case.edit(which)
    old, new = found(case.output), case.clean[which]
    status = in_child(partial(case.make, which), fault, case.within)
    wrong = list(_after(case, status, old, new))
    if case.gap:
        with locked(work_folder(case.output)):
            pass  # which brings the old tree back
    now = found(case.output)
    allowed = {KILLED: (old, new), REFUSED: (old,)}.get(status, (new,))
    if now not in allowed:
        wrong.append(f"the tree is a mix: {sorted(now.files)}")
    case.make(which)
    if found(case.output) != new:
        wrong.append("the next build is not a clean one")
    return status != UNREACHED, [f"{case.name}, {fault}, status {status}: {one}" for one in wrong]


def _after(case: Case, status: int, old: Found, new: Found) -> Iterator[str]:
    """What is wrong with what a build left besides the tree."""
    if status not in {0, KILLED, REFUSED, UNREACHED}:
        yield "neither done nor refused"
    beside = {path.name for path in case.output.parent.iterdir()}
    if strange := beside - {case.output.name, work_folder(case.output).name, "site", "clean"}:
        yield f"left behind: {strange}"
    if status == REFUSED:  # what may have filled the disk is gone
        work = work_folder(case.output)
        if (work / FRESH).exists() or (work / ASIDE).exists():
            yield "a temporary file is left"
        trees = (old.files, case.clean[0].files, case.clean[1].files)
        left = found(work / SPARE).files if (work / SPARE).exists() else {}
        if left and left not in trees:
            yield "a half-made tree is left"


def faults(every: bool) -> Iterator[tuple[int, bool]]:
    """The errors to meet at each call, 0 for the end, and whether the end comes amid a write."""
    yield 0, False
    yield 0, True
    for number in ERRORS if every else (errno.ENOSPC,):
        yield number, False


def enumerate_all(case: Case, every: bool) -> tuple[int, list[str]]:
    """Every fault at every call; how many there were, and what was wrong."""
    met, wrong, which = 0, [], 0
    for number, torn in faults(every):
        missed = 0
        for at in count(1):
            which = 1 - which
            reached, said = cut_off(case, Fault(at, number, torn), which)
            met += reached
            wrong += said
            missed = 0 if reached else missed + 1
            if missed == 2:  # in either direction
                break
    return met, wrong


# ---------------------------------------------------------------- what is built


def cases(folder: Path) -> Iterator[Case]:
    """The scenarios, each in a folder of its own."""
    for scenario in SCENARIOS:
        place = folder / scenario.name.replace(" ", "-")
        (place / "site").mkdir(parents=True)
        output = place / "public"
        clean = []
        for tree in scenario.trees:
            put(place / "clean" / "public", tree)
            clean.append(found(place / "clean" / "public"))
            put(output, tree)

        def make(which: int, scenario: Scenario = scenario, output: Path = output) -> None:
            put(output, scenario.trees[which], fresh=scenario.fresh)

        yield Case(
            scenario.name,
            output,
            make,
            (clean[0], clean[1]),
            scenario.before,
            scenario.within,
            scenario.gap,
        )


CONFIG = "title: T\nurl: https://example.org\nfeeds: {groups: []}\n"
POST = "---\ntitle: {}\ndate: 2012-03-21\n---\n\nThe body of {}.\n"
TEMPLATES = {  # so small that a build takes no time
    **dict.fromkeys(("404", "archive"), "{{ page.title }}"),
    **dict.fromkeys(("home", "list"), "{% for card in latest(9) %}{{ card.title }}{% endfor %}"),
    "article": "{{ article.title }} {{ article.html }}",
}


def site_case(folder: Path) -> Case:
    """A small site, between two versions: of one post, and with another or without."""
    site, output = folder / "site", folder / "public"
    for name in ("posts", "templates"):
        (site / name).mkdir(parents=True)
    (site / "blogforge.yaml").write_text(CONFIG)
    for name, text in TEMPLATES.items():
        (site / "templates" / f"{name}.html").write_text(text)

    def edit(which: int) -> None:
        (site / "posts" / "one.md").write_text(POST.format(*[("One", "Two")[which]] * 2))
        other = site / "posts" / "other.md"
        other.write_text(POST.format("Other", "it")) if which else other.unlink(missing_ok=True)

    def make(_: int, output: Path = output) -> None:
        now = datetime(2026, 1, 1, tzinfo=UTC)
        build(site, Options(now=now, jobs=1, output=str(output)))

    clean = []
    for which in (0, 1):
        edit(which)
        make(which, folder / "clean" / f"public{which}")
        clean.append(found(folder / "clean" / f"public{which}"))
        make(which)
    return Case("a site", output, make, (clean[0], clean[1]), edit=edit)


def main() -> None:
    """Print what is wrong, and last how many faults were met."""
    # Thousands of times: the calls count, the disk need not turn.
    vars(publish).update(sync=lambda _: None)
    vars(os).update(fsync=lambda _: None)
    folder, what, every = Path(sys.argv[1]), sys.argv[2], sys.argv[3:] == ["every"]
    met = 0
    chosen = [site_case(folder)] if what == "build" else cases(folder)
    for case in chosen:
        count_of, wrong = enumerate_all(case, every)
        met += count_of
        for line in wrong:
            print(line)
        print(f"# {case.name}: {count_of} faults", file=sys.stderr)
    print(met)


if __name__ == "__main__":
    main()
