"""A branch of a git repository: a commit made in the work folder, and pushed.

The branch moves in one step, so that a deployment that is cut off leaves it as it was. Never by
force: the commit's parent is what the branch is at, and a push that comes too late is refused.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blogforge.deploy.manifest import parsed
from blogforge.deploy.plan import Plan, Standing
from blogforge.deploy.programs import OF_SSH, program, run
from blogforge.deploy.refusals import Remedy
from blogforge.deploy.secrets import redacted
from blogforge.output.machine import machine_errors
from blogforge.output.manifest import MANIFEST, manifest_of
from blogforge.printing import counted

if TYPE_CHECKING:
    from pathlib import Path

    from blogforge.deploy.target import Done, Surroundings
    from blogforge.deploy.tree import Tree
    from blogforge.targets import GitTarget

_NO_JEKYLL, _CNAME = ".nojekyll", "CNAME"
_FILE = "100644"
_FETCHED = "refs/blogforge/fetched"
_MADE = "refs/blogforge/made"
_SETTINGS = ("-c", f"core.hooksPath={os.devnull}")  # no hook of the author's own is meant
# Set while a hook runs, they would lead to the repository of the hook.
_OF_HOOKS = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"),
        *("GIT_COMMON_DIR", "GIT_PREFIX"),
    }
)
_REMEDIES = (
    Remedy(
        r"\[rejected\]|non-fast-forward|fetch first|cannot lock ref|stale info",
        "the branch has moved meanwhile",
        "deploy again: it begins with what is there now",
    ),
    Remedy(
        r"protected branch|pre-receive hook declined|\[remote rejected\]",
        "the repository refuses the push",
        "let blogforge push to the branch in the repository's settings, or name another branch",
    ),
    *OF_SSH,
    Remedy(
        "not found|does not appear to be a git repository|does not exist",
        "there is no such repository",
        "make it, or mend `remote` in blogforge.yaml",
    ),
)


class Git:
    """The target `git`."""

    def __init__(self, settings: GitTarget, around: Surroundings) -> None:
        self._settings = settings
        self._title = around.config.title
        self._repository: Path = around.work / "git"
        self._program = program("git")
        self.place = f"{redacted(settings.remote)}, branch {settings.branch}"
        self._tip = ""  # of the branch; empty where there is none
        self._blobs: dict[str, str] = {}
        self._extra = {_NO_JEKYLL: b""}
        if settings.cname:
            self._extra[_CNAME] = f"{settings.cname}\n".encode()
        self._root = around.root
        self._host = urlsplit(around.config.url).hostname

    # ------------------------------------------------------------ what stands there

    def look(self, tree: Tree) -> Standing:
        """What the branch holds, each file known by git's own digest."""
        self._prepare()
        self._tip = self._fetched()
        there = self._listed() if self._tip else {}
        self._blobs = self._hashed(tree)
        listed = there.pop(MANIFEST, "")
        manifest = parsed(self._git("cat-file", "blob", listed)) if listed else None
        ours = {path for path in there if manifest and path in manifest}
        same = {path for path, blob in self._blobs.items() if there.get(path) == blob}
        return Standing(
            claimed=manifest is not None,
            ours=frozenset(ours - self._extra.keys()),
            same=frozenset(same),
            foreign=frozenset(there.keys() - ours),
        )

    def _prepare(self) -> None:
        with machine_errors(self._repository):
            self._repository.mkdir(parents=True, exist_ok=True)
            # Left by a git that was killed; no other one is at work here, as the build is locked.
            for pattern in ("*.lock", "refs/blogforge/*.lock"):
                for lock in self._repository.glob(pattern):
                    lock.unlink(missing_ok=True)
        self._git("init", "--quiet", "--bare")  # completes one that was cut off, too

    def _fetched(self) -> str:
        """The branch's commit, with its files known here; empty where there is none."""
        settings = self._settings
        listed = self._git("ls-remote", "--", self._remote, f"refs/heads/{settings.branch}")
        if not listed.strip():
            return ""
        spec = f"+refs/heads/{settings.branch}:{_FETCHED}"
        self._git("fetch", "--quiet", "--no-tags", "--depth=1", "--", self._remote, spec)
        return self._git("rev-parse", _FETCHED).decode().strip()

    @property
    def _remote(self) -> str:
        """The remote; a folder is meant from the site's."""
        remote = self._settings.remote
        return remote if ":" in remote else str((self._root / remote).resolve())

    def _listed(self) -> dict[str, str]:
        """Git's digest of every file of the branch, by path."""
        found = {}
        for line in self._git("ls-tree", "-r", "-z", self._tip).split(b"\0"):
            if line:
                about, _, path = line.partition(b"\t")
                found[os.fsdecode(path)] = about.split(b" ")[2].decode()
        return found

    def _hashed(self, tree: Tree) -> dict[str, str]:
        """Git's digest of every file of the tree, all of which the repository then has."""
        paths = sorted(tree.files)
        files = b"".join(os.fsencode((tree.folder / path).resolve()) + b"\n" for path in paths)
        said = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=files)
        return dict(zip(paths, said.decode().split(), strict=True))

    # ------------------------------------------------------------ what is done there

    def carry_out(self, tree: Tree, plan: Plan, done: Done) -> None:
        """Commit what is to be there and push it, unless it is there already."""
        made = self._tree(plan)
        if self._tip and made == self._git("rev-parse", f"{self._tip}^{{tree}}").decode().strip():
            return
        parent = ("-p", self._tip) if self._tip else ()
        text = f"Publish {self._title}: {counted(len(plan.puts) + len(plan.deletes), 'file')}\n"
        commit = self._git("commit-tree", *parent, made, given=text.encode(), **self._identity())
        name = commit.decode().strip()
        self._git("update-ref", _MADE, name)
        branch = f"refs/heads/{self._settings.branch}"
        self._git("push", "--quiet", "--", self._remote, f"{name}:{branch}")
        done(len(plan.puts) + len(plan.deletes))

    def _tree(self, plan: Plan) -> str:
        """Git's digest of the folder that the branch is to hold, with what is somebody else's."""
        index = self._repository / "deploying"
        index.unlink(missing_ok=True)
        git = partial(self._git, GIT_INDEX_FILE=os.fspath(index))
        if self._tip:
            git("read-tree", self._tip)
        extra = self._extra | {MANIFEST: manifest_of([*self._blobs, *self._extra])}
        added = {
            path: git("hash-object", "-w", "--stdin", given=data).decode().strip()
            for path, data in extra.items()
        }
        lines = [f"0 {'0' * len(added[MANIFEST])}\t{path}" for path in plan.deletes]
        lines += [f"{_FILE} {blob}\t{path}" for path, blob in (self._blobs | added).items()]
        git("update-index", "-z", "--index-info", given=os.fsencode("\0".join([*lines, ""])))
        return git("write-tree").decode().strip()

    def _identity(self) -> dict[str, str]:
        """Who commits, where the author has not told git."""
        known = self._git("config", "--default", "", "--get", "user.email").strip()
        if known or "GIT_COMMITTER_EMAIL" in os.environ:
            return {}
        email = f"blogforge@{self._host}"
        return {
            **{f"GIT_{role}_NAME": "blogforge" for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_EMAIL": email for role in ("AUTHOR", "COMMITTER")},
        }

    def _git(self, *arguments: str, given: bytes = b"", **environment: str) -> bytes:
        command = (self._program, *_SETTINGS, f"--git-dir={self._repository}", *arguments)
        inherited = {name: text for name, text in os.environ.items() if name not in _OF_HOOKS}
        environment = {**inherited, "GIT_TERMINAL_PROMPT": "0", **environment}
        return run(command, self.place, _REMEDIES, given, environment)
