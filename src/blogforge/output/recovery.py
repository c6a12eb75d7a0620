"""The work folder beside an output, and what killed builds leave in it."""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from contextlib import suppress
from pathlib import Path

SPARE = "next"  # the tree that is not published: the one before, or the one in the making
RECORD = "spare"  # the listing of that tree, while it is known
ASIDE = "previous"  # the published tree, while it has no other place
FRESH = "new"  # the one file that is about to be published
_SUFFIX = ".blogforge"
_OLD_ENOUGH = 3600.0  # seconds


def work_folder(output: Path) -> Path:
    """The folder beside `output` with all that belongs to it and is not published.

    It stands beside the real folder where `output` is a link: the tree moves between the two, so
    that they must be on one file system.
    """
    real = output.resolve()
    return real.parent / f".{real.name}{_SUFFIX}"


def output_of(work: Path) -> Path:
    """The output whose work folder is `work`."""
    return work.parent / work.name[1:].removesuffix(_SUFFIX)


def recover(work: Path) -> None:
    """Tidy up after a build that was killed. Whoever calls holds the lock. Raises OSError.

    Where `switch` needs two renames and was cut off between them, the old tree comes back.
    """
    output = output_of(work)
    aside = work / ASIDE
    if os.path.lexists(aside):
        if os.path.lexists(output):
            shutil.rmtree(aside)
        else:
            aside.rename(output)
    for name in (FRESH, f"{RECORD}.{FRESH}"):
        (work / name).unlink(missing_ok=True)
    _drop_stale(output)


def _drop_stale(output: Path) -> None:
    """Remove the staging folders of killed builds of release 0.1.

    Certainly ours: named, owned and protected as Python's tempfile.mkdtemp does it; and no build of
    today, which may still be at work with that release.
    """
    ours = re.compile(rf"\.{re.escape(output.name)}\.new-[a-z0-9_]{{8}}").fullmatch
    with os.scandir(output.parent) as entries:
        stale = [entry for entry in entries if ours(entry.name)]
    for entry in stale:
        status = entry.stat(follow_symlinks=False)
        private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == stat.S_IRWXU
        mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
        if private and mine and time.time() - status.st_mtime > _OLD_ENOUGH:
            with suppress(OSError):  # it disturbs nobody
                shutil.rmtree(entry.path)
