"""The law, as a state machine: whatever happened before, a build leaves what a clean one would."""

from __future__ import annotations

import atexit
import difflib
import os
import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, currently_in_test_context, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from msgspec import structs

from blogforge.build import Report, build
from blogforge.errors import BlogforgeError
from blogforge.options import Options
from blogforge.output.publish import MANIFEST, Staging
from tests.exactness import material
from tests.exactness.damage import MEMORY, TREE, damage_memory, damage_tree
from tests.exactness.desk import Desk, Edit, Hand, Publication, Set
from tests.exactness.reference import EMPTY, Reference, Request, told_by, told_by_error, tree_of
from tests.exactness.strategies import anything, faults, hands, housekeeping, slots, writing

SHARDS = 4
_SOAK = int(os.environ.get("BLOGFORGE_SEQUENCES", "0"))  # of all shards together
_USUAL = 160
_STEPS = 4
_IN_MEMORY = "/dev/shm"
# Not `explain`, which tells of lines of blogforge; and a story need not be the shortest (minutes).
_PHASES = (
    (Phase.generate, Phase.shrink)
    if not os.environ.get("BLOGFORGE_FIRST_STORY")
    else (Phase.generate,)
)
_FOREIGN = "notes.txt"


def settings_of(shard: int) -> settings:
    """How many stories a shard tells: the same ones in each `make test`, new ones in a soak."""
    return settings(
        max_examples=((_SOAK or _USUAL) + shard) // SHARDS,
        stateful_step_count=3 * _STEPS if _SOAK else _STEPS,
        derandomize=not _SOAK,
        deadline=None,
        database=None,
        phases=_PHASES,
        suppress_health_check=list(HealthCheck),
    )


def _folder() -> Path:
    place = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="blogforge-exactness-", dir=place))


@cache
def reference() -> Reference:
    """The process of clean builds, one for each process of tests."""
    started = Reference()
    atexit.register(started.close)
    return started


@cache
def stranger() -> Path:
    """What blogforge keeps beside the tree of another site of the same addresses."""
    folder = _folder()
    atexit.register(shutil.rmtree, folder)
    desk = Desk(folder)
    for draft in desk.publication.posts.values():
        draft.body = ("table",)
    desk.save()
    build(desk.root, Options(now=desk.now, jobs=1))
    return desk.root / ".public.blogforge"


class _CutError(BaseException):
    """The end of a build that nothing catches."""


class Exactness(RuleBasedStateMachine):
    """A publication, its authors, and a build after each of their steps."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = _folder()
        self.desk = Desk(self.folder)
        self.output = self.desk.root / "public"
        self.work = self.desk.root / ".public.blogforge"
        self.long_ago = self.folder / "long ago"
        self.sound: Publication = self.desk.keep()  # the newest that could be built
        self.failures = 0  # in a row
        self.jobs = 1
        self.damaged = False

    @initialize()
    def begin(self) -> None:
        """The first build; what blogforge keeps of it may come back from a backup later."""
        self.desk.save()
        compiled = stranger() / "templates"  # which would take half of the first build's time
        shutil.copytree(compiled, self.work / compiled.name)
        self.check()
        shutil.copytree(self.work, self.long_ago, symlinks=True)

    def teardown(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder)

    @rule()
    def again(self) -> None:
        """Building again does nothing, and says so."""
        if not self.check():
            return
        before = _times(self.output)
        report = self.check()
        assert report
        assert report.rendered == {}
        assert report.pages.changes == ()
        assert _times(self.output) == before

    @rule(hours=st.sampled_from((-300, -30, -1, 1, 30, 300)))
    def pass_time(self, hours: int) -> None:
        """The clock goes on, or back."""
        self.desk.now += timedelta(hours=hours)
        self.check()

    def edit(self, edits: list[Edit], hand: Hand, *, clean: bool = False) -> None:
        """Edit, save and build; who cannot build twice goes back to what could be."""
        if self.failures > 1:
            self.desk.publication = self.sound
        for edit in edits:
            edit.apply(self.desk)
        self.desk.save(hand)
        self.check(clean=clean)

    # ------------------------------------------------------------ the law

    def check(self, *, trust: bool = True, clean: bool = False) -> Report | None:
        """Build, and compare with the clean build; the report, or None where the build failed."""
        desk = self.desk
        place = str(self.folder / "clean")
        request = Request(str(desk.root), place, desk.now, desk.drafts, desk.future)
        expected = reference().build(request, desk.saved)
        before = tree_of(self.output)
        report, told = self._built(trust=trust and not desk.deceptive, clean=clean)
        after = tree_of(self.output)
        _tell(f"  {told.splitlines()[0]}")
        assert told == expected.told
        if report is None:
            assert after == before, "a build that failed changed the tree"
            self.failures += 1
            return None
        if after != expected.tree:
            raise AssertionError(self._difference(after, request))
        before = {path: what for path, what in before.items() if what != EMPTY}
        changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
        told_changed = {path for path, _ in report.pages.changes}
        if not clean:
            assert sorted(told_changed) == sorted(changed - {MANIFEST}), "the report is wrong"
        desk.deceptive = False
        self.sound, self.failures = desk.keep(), 0
        return report

    def _built(self, *, trust: bool, clean: bool) -> tuple[Report | None, str]:
        desk = self.desk
        options = Options(
            now=desk.now,
            drafts=desk.drafts,
            future=desk.future,
            jobs=self.jobs,
            clean=clean,
            trust_mtime=trust,
        )
        try:
            report = build(desk.root, options)
        except BlogforgeError as error:
            return None, told_by_error(error)
        if self.damaged:  # which it may say, or may not have noticed
            warnings = tuple(w for w in report.warnings if w.location or "forgotten" not in str(w))
            report, self.damaged = structs.replace(report, warnings=warnings), False
        return report, told_by(report)

    def _difference(self, tree: dict[str, str], request: Request) -> str:
        """What a reader sees that a clean build would not show, or the other way round."""
        clean = reference().ask(request).tree
        paths = sorted(path for path in {*tree, *clean} if tree.get(path) != clean.get(path))
        lines = ["the tree is not what a clean build makes:", *paths, ""]
        for path in paths[:2]:
            ours, theirs = _lines(self.output / path), _lines(Path(request.output) / path)
            names = f"{path} (incremental)", f"{path} (clean)"
            lines += difflib.unified_diff(ours, theirs, *names, lineterm="")
        return "\n".join(lines)


class Writing(Exactness):
    """Authors at work on posts."""

    @rule(edits=st.lists(writing, min_size=1, max_size=3), hand=hands)
    def write(self, edits: list[Edit], hand: Hand) -> None:
        """Edit posts."""
        self.edit(edits, hand)

    @rule(post=slots, hand=st.sampled_from((Hand.TOMORROW, Hand.TIME_KEPT, Hand.OLD)))
    def retitle_twice(self, post: str, hand: Hand) -> None:
        """Two titles of one length, saved so that no stamp tells the files apart."""
        for title in material.FIELDS["title"][:2]:
            self.edit([Set(post, "title", title)], hand)

    @rule()
    def touch(self) -> None:
        """Every file gets another time of modification."""
        self.desk.touch()
        report = self.check()
        if report:
            self.desk.touch()
            again = self.check()
            assert again
            assert again.rendered == {}

    @rule(drafts=st.booleans(), future=st.booleans())
    def preview(self, drafts: bool, future: bool) -> None:
        """Look at what is not published yet, or no longer."""
        self.desk.drafts, self.desk.future = drafts, future
        self.check()


class Housekeeping(Exactness):
    """Editors at work on templates, data, pictures, plugins and the configuration."""

    @rule(edits=st.lists(housekeeping, min_size=1, max_size=3), hand=hands)
    def keep_house(self, edits: list[Edit], hand: Hand) -> None:
        """Edit what is no post."""
        self.edit(edits, hand)

    @rule(fault=faults, edits=st.lists(anything, max_size=1), hand=hands)
    def fail(self, fault: Edit, edits: list[Edit], hand: Hand) -> None:
        """Make a mistake, build, and mend it."""
        for edit in edits:
            edit.apply(self.desk)
        kept = self.desk.keep()
        self.edit([fault], hand)
        self.desk.publication = kept
        self.edit([], hand)


class Accidents(Exactness):
    """What happens to the tree and to blogforge's memory of it."""

    @rule(edit=anything, hand=hands, afresh=st.sampled_from((False, False, False, True)))
    def work_on(self, edit: Edit, hand: Hand, afresh: bool) -> None:
        """Edit anything, and perhaps trust in nothing that is there."""
        self.edit([edit], hand, clean=afresh)

    @rule(
        how=st.sampled_from([*TREE]), which=st.integers(0, 99), edits=st.lists(anything, max_size=1)
    )
    def damage_the_tree(self, how: str, which: int, edits: list[Edit]) -> None:
        """Somebody else's hand in the published folder."""
        _tell(f"  {damage_tree(self.output, how, which)}")
        for edit in edits:
            edit.apply(self.desk)
        self.desk.save()
        self.check(trust="set back" not in how)

    @rule(
        how=st.sampled_from(MEMORY), which=st.integers(0, 99), edits=st.lists(anything, max_size=1)
    )
    def damage_the_memory(self, how: str, which: int, edits: list[Edit]) -> None:
        """What blogforge keeps beside the tree is not as it left it."""
        others = {"another site's": stranger(), "that of long ago": self.long_ago}
        self.damaged = True
        _tell(f"  {damage_memory(self.work, how, which, others)}")
        self.edit(edits, Hand.IN_PLACE)

    @rule(edits=st.lists(anything, min_size=1, max_size=2), hand=hands, late=st.booleans())
    def cut_off(self, edits: list[Edit], hand: Hand, late: bool) -> None:
        """A build ends right before the new tree is published, or right after."""
        publish = Staging.publish

        def cut(staging: Staging) -> None:
            if late:
                publish(staging)
            raise _CutError

        for edit in edits:
            edit.apply(self.desk)
        self.desk.save(hand)
        with patch.object(Staging, "publish", cut), suppress(_CutError):
            self._built(trust=not self.desk.deceptive, clean=False)
        self.check()

    @rule()
    def lay_a_file_into_the_tree(self) -> None:
        """A tree with somebody else's file in it is not touched."""
        if not self.output.exists():
            return
        (self.output / _FOREIGN).write_text("mine")
        before = tree_of(self.output)
        with pytest.raises(BlogforgeError, match=None if self.failures else _FOREIGN):
            build(self.desk.root, Options(now=self.desk.now, jobs=1))
        assert tree_of(self.output) == before
        (self.output / _FOREIGN).unlink()
        self.check()


def _tell(what: str) -> None:
    """Add to the story that a failing test prints; a story may also be told by hand."""
    if currently_in_test_context():
        note(what)
    else:
        print(what)


def _lines(file: Path) -> list[str]:
    if not file.is_file():
        return []
    return file.read_bytes().decode(errors="replace").splitlines()


def _times(folder: Path) -> dict[str, int]:
    """When each file and folder of a tree was changed."""
    found = [folder, *sorted(folder.rglob("*"))] if folder.exists() else []
    return {str(path): path.lstat().st_mtime_ns for path in found}
