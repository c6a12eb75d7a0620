"""The edition that is shown, kept up with the author's files.

What a save changes is shown twice: at once by the quick way, where there is one, and then from a
whole edition, prepared once all is quiet, which is exact. Browsers load a page again only if its
bytes differ from those they have.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blogforge.errors import BlogforgeError, Problem
from blogforge.printing import counted
from blogforge.serve import collector
from blogforge.serve.quick import quick, targets_of
from blogforge.serve.showing import Showing, fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from blogforge.edition import Edition
    from blogforge.model import Targets
    from blogforge.serve.shown import Shown
    from blogforge.serve.streams import Streams

QUIET = 0.1  # seconds without a change, before what may be half-written is believed
_IDLE = 5.0  # seconds without a change, after which there is time to tidy up
_GOOD_PAGES = 100
_LONGEST_SLEEP = 3600.0  # seconds


class Live:
    """Shows the site in `root`, as `prepare` makes it, to `streams`; says what becomes of it.

    `clock_stands`: no time passes for the site, so that nothing changes by time alone.
    """

    def __init__(
        self,
        root: Path,
        prepare: Callable[[], Edition],
        streams: Streams,
        say: Callable[[str], None],
        *,
        clock_stands: bool = False,
    ) -> None:
        self._root = root
        self._prepare = prepare
        self._streams = streams
        self._say = say
        self._clock_stands = clock_stands
        self._ended = False
        self._good = _Newest(_GOOD_PAGES)
        self._showing = Showing(root, self._good)
        self._targets: Targets | None = None
        self._changed: set[str] = set()  # since the last whole edition was begun
        self._woken = threading.Event()
        self._updating = threading.Lock()
        self._rendering = threading.Lock()  # what pages share is filled as they are made

    # ------------------------------------------------------------ what browsers ask

    def look(self, path: str) -> Shown:
        """The answer to a decoded path, from any thread."""
        with self._rendering:
            return self._showing.look(path)

    def explain(self, path: str) -> Shown:
        """Why the related articles of the page at a decoded path are what they are."""
        return self._showing.explain(path)

    # ------------------------------------------------------------ what the watcher tells

    def changed(self, paths: Iterable[str]) -> None:
        """Show what the change of some files makes of the page in front of the author."""
        paths = set(paths)
        with self._updating:
            self._changed |= paths
            current = self._showing
            edition = current.edition and quick(current.edition, self._root, paths, self._targets)
            if edition:
                rest = tuple(problem for problem in current.problems if not _is_in(problem, paths))
                self._show(current.after(edition, rest))
        self._woken.set()

    def refresh(self) -> None:
        """Prepare a whole edition and show it, or what is wrong."""
        with self._updating:
            self._changed.clear()
        started = time.perf_counter()
        edition: Edition | None = None
        problems: tuple[Problem, ...] = ()
        try:
            with collector.paused():
                edition = self._prepare()
        except BlogforgeError as error:
            problems = error.problems
        except Exception as error:  # noqa: BLE001  (a plugin's, or ours: the author reads on)
            problems = (fault(error),)
        with self._updating:
            if self._changed:  # since: this edition is of yesterday, or of half a save
                edition = edition and quick(edition, self._root, self._changed)
                if edition is None:
                    return  # and those changes ask for the next one
            if edition:
                self._targets = targets_of(edition)
            shown = edition or self._showing.edition
            bases = self._showing.bases
            self._show(Showing(self._root, self._good, shown, problems, bases))
        with suppress(BrokenPipeError):  # whoever read what is said has left; the author has not
            self._say(_told(edition, problems, time.perf_counter() - started))

    def keep(self) -> None:
        """Keep the edition exact until the end; to be run in a thread of its own."""
        while not self._ended:
            self._woken.wait(self._until_next_change())
            self._woken.clear()
            while self._woken.wait(QUIET):
                self._woken.clear()
            if not self._ended:
                self.refresh()
            if not self._woken.wait(_IDLE):
                collector.collect()

    def end(self) -> None:
        """Keep up with nothing more."""
        self._ended = True
        self._woken.set()

    def _show(self, new: Showing) -> None:
        """Show something new, the page in front of the author first."""
        with self._rendering:
            self._showing = new
            if watched := self._streams.watched():
                new.look(watched)
        self._streams.tell()

    def _until_next_change(self) -> float | None:
        """Seconds until time alone changes what is shown; None where it never does."""
        moment = self._showing.next_change_at
        if moment is None or self._clock_stands:
            return None
        return min(max((moment - datetime.now(UTC)).total_seconds(), 0) + 1, _LONGEST_SLEEP)


class _Newest(OrderedDict[str, bytes]):
    """A mapping that keeps only the newest `limit` entries."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def __setitem__(self, key: str, value: bytes) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > self._limit:
            self.popitem(last=False)


def _is_in(problem: Problem, paths: Iterable[str]) -> bool:
    return problem.location is not None and problem.location.path in paths


def _told(edition: Edition | None, problems: Sequence[Problem], seconds: float) -> str:
    """What became of the site, for the terminal."""
    if edition is None:
        return "\n".join(map(str, problems))
    posts = len(edition.site.posts) + len(edition.site.unlisted)
    told = f"Ready in {seconds:.2f} s: {counted(posts, 'post')}, {len(edition.pages)} pages"
    if edition.warnings:
        told += f", {counted(len(edition.warnings), 'warning')} (blogforge check lists them)"
    return told
