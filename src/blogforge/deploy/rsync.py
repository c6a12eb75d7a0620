"""A folder of another machine, by the system's rsync over ssh.

Which host is trusted, and who logs in, is ssh's business: its settings and its agent. Files are
replaced one by one, each in one step, in the order of the plan: a call of rsync for each step.
"""

from __future__ import annotations

import os
import re
from itertools import groupby
from shutil import rmtree
from typing import TYPE_CHECKING

from blogforge.deploy.manifest import MANIFEST, Entry, Manifest, claim, parsed, settled
from blogforge.deploy.plan import Plan, Standing
from blogforge.deploy.programs import OF_SSH, program, run
from blogforge.deploy.refusals import Remedy
from blogforge.errors import DeployError
from blogforge.output.machine import machine_errors
from blogforge.output.spare import folders_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from blogforge.deploy.target import Done, Surroundings
    from blogforge.deploy.tree import Tree

_SECONDS = 120  # without a byte from the other side
_RIVAL = "another deployment to this place ran meanwhile"
_BEFORE_NAME = re.compile(rb"\S+ +\S+ \S+ \S+ ")  # mode, size, date, time
_NO_FOLDER = "the folder, or the one around it, is not there"
_REMEDIES = (
    *OF_SSH,
    Remedy(
        "command not found|rsync: not found|No such file or directory.*rsync$",
        "the host has no rsync",
        "install rsync there, too",
    ),
    Remedy(
        "unknown option|unrecognized option",
        "rsync is older than 3.1, here or there",
        "install a newer one: apt-get install rsync, brew install rsync",
    ),
    Remedy(
        "mkdir .*No such file or directory|change_dir.*No such file",
        _NO_FOLDER,
        "make it on the host, once",
    ),
    Remedy(
        "could not make way",
        "a folder stands where a file belongs",
        "move it away on the host and deploy again",
    ),
    Remedy("No space left", "the host's disk is full", "make room there and deploy again"),
    Remedy(
        "Permission denied|Read-only file system|Operation not permitted",
        "the folder there is not yours to write",
        "let the user who logs in own it: chown there, once",
    ),
    Remedy(
        "connection unexpectedly closed|timeout in data|error in rsync protocol|Broken pipe",
        "the connection broke",
        "deploy again: it goes on where it was",
    ),
)


class Rsync:
    """The target `rsync`: user@host:folder."""

    def __init__(self, place: str, around: Surroundings) -> None:
        self.place = place
        self._program = program("rsync")
        self._there = place.rstrip("/") + "/"
        self._work: Path = around.work / "rsync"
        self._last = Manifest()
        self._found: set[str] = set()

    # ------------------------------------------------------------ what stands there

    def look(self, tree: Tree) -> Standing:
        """What stands there: rsync's listing, and its own comparison by checksums."""
        found = self._listing()
        manifest = self._manifest() if MANIFEST in found else None
        self._last = manifest or Manifest()
        found.discard(MANIFEST)
        self._found = found | tree.files.keys()
        ours = frozenset(path for path in found if path in self._last)
        differing = self._differing(tree) if found else {*tree.files}
        return Standing(
            claimed=manifest is not None,
            unfinished=not self._last.done,
            ours=ours,
            same=frozenset(tree.files.keys() & found - differing),
            foreign=frozenset(found - ours),
        )

    def _listing(self) -> set[str]:
        """Every file that is there; none where the folder is not."""
        try:
            lines = self._rsync("-r", "--list-only", "--links", "--", self._there)
        except DeployError as error:
            if _NO_FOLDER in str(error):
                return set()
            raise
        return set(_listed(lines))

    def _manifest(self) -> Manifest | None:
        with machine_errors(self._work):
            self._work.mkdir(parents=True, exist_ok=True)
        file = self._work / "there"
        self._rsync("--checksum", "--", self._there + MANIFEST, os.fspath(file))
        with machine_errors(file):
            return parsed(file.read_bytes())

    def _differing(self, tree: Tree) -> set[str]:
        """The files of the tree that are not there, or not as they should be."""
        # By force, as it only looks: a folder in the place of a file differs, too.
        lines = self._send(tree.folder, tree.files, "--dry-run", "--force", "--out-format=%n")
        return {os.fsdecode(line) for line in lines.splitlines()} & tree.files.keys()

    # ------------------------------------------------------------ what is done there

    def carry_out(self, tree: Tree, plan: Plan, done: Done) -> None:
        """Send and delete step by step, between two manifests."""
        if not plan.steps and self._last.done:
            return
        claimed = claim(self._last, tree.files)
        self._write_manifest(claimed)
        blocked = folders_of(plan.deletes) & plan.new  # folders where files belong
        first = [path for path in plan.deletes if folders_of([path]) & blocked]
        if first:
            self._delete(first)
        for phase, steps in groupby(plan.steps, key=lambda step: step.phase):
            paths = [path for step in steps for path in step.paths if path not in first]
            if phase != "gone":
                self._send(tree.folder, paths)
            elif paths:
                self._refuse_rivals(claimed)
                self._delete(paths)
            done(len(paths))
        self._refuse_rivals(claimed)
        self._write_manifest(settled(claimed, dict.fromkeys(tree.files, Entry())))

    def _refuse_rivals(self, claimed: Manifest) -> None:
        now = self._manifest()
        if now is None or now.deployment != claimed.deployment:
            raise DeployError.of(f"{self.place}: {_RIVAL}", hint="deploy again when it has ended")

    def _write_manifest(self, manifest: Manifest) -> None:
        folder = self._work / "manifest"
        with machine_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / MANIFEST).write_bytes(manifest.encoded())
        self._send(folder, [MANIFEST])

    def _delete(self, paths: list[str]) -> None:
        """Delete files there, and the folders that are empty then, from the deepest up."""
        self._delete_at_once(paths)
        self._found.difference_update(paths)
        empty = folders_of(paths) - folders_of(self._found)
        for _, level in groupby(sorted(empty, key=_depth, reverse=True), key=_depth):
            self._delete_at_once([*level])

    def _delete_at_once(self, paths: list[str]) -> None:
        """Send what is missing from a folder that has no more than the folders around it."""
        nothing = self._work / "nothing"
        with machine_errors(nothing):
            rmtree(nothing, ignore_errors=True)
            for folder in folders_of(paths):
                (nothing / folder).mkdir(parents=True, exist_ok=True)
        self._send(nothing, paths, "--delete-missing-args")

    def _send(self, folder: Path, paths: Iterable[str], *options: str) -> bytes:
        """Send those files of `folder`, as far as their checksums differ."""
        names = b"".join(os.fsencode(path) + b"\0" for path in sorted(paths))
        source = f"{folder.resolve()}/"
        return self._rsync(
            *("--checksum", "--chmod=D755,F644", "--from0", "--files-from=-", "-r"),
            *options,
            *("--", source, self._there),
            given=names,
        )

    def _rsync(self, *arguments: str, given: bytes = b"") -> bytes:
        command = (self._program, f"--timeout={_SECONDS}", "--8-bit-output", *arguments)
        environment = {**os.environ, "LC_ALL": "C"}
        return run(command, self.place, _REMEDIES, given, environment)


def _depth(folder: str) -> int:
    return folder.count("/")


def _listed(lines: bytes) -> Iterable[str]:
    """The files in what `rsync --list-only` prints: mode, size, date, time, name."""
    for line in lines.splitlines():
        mode, name = line[:1], _BEFORE_NAME.sub(b"", line, 1)
        if mode.startswith(b"l"):
            name = name.partition(b" -> ")[0]
        if not mode.startswith(b"d"):
            yield os.fsdecode(name)
