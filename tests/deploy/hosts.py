"""Places to deploy to, all of them on this machine: a folder, a repository, a bucket, a host."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from blogforge.config import Config
from blogforge.deploy.plan import Plan, plan
from blogforge.deploy.sending import target_of
from blogforge.deploy.target import Surroundings, Target
from blogforge.deploy.tree import Tree
from blogforge.digest import digest_bytes
from blogforge.targets import GitTarget, S3Target, TargetConfig
from tests.deploy.sites import URL, files_in

KEY, SECRET = "AKIAINVENTED0000KEY", "inventedsecretinventedsecret0000"
KEYS = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
# What ssh does, without a network: the command is run here.
_SSH = """\
#!/bin/sh
while [ $# -gt 0 ]; do case "$1" in -l) shift 2;; -*) shift;; *) break;; esac; done
shift
exec sh -c "$*"
"""
Bytes = Mapping[str, bytes]


Operations = tuple[tuple[Any, str], ...]


class Host(Protocol):
    """A place, what a deployment to it must know, and what readers find there."""

    settings: TargetConfig
    operations: Operations  # whose calls change what is there: owner and name

    def files(self) -> dict[str, bytes]:
        """Every file that is there, by path, without blogforge's own."""

    def add(self, path: str, data: bytes) -> None:
        """Put a file there as somebody else would."""


class FolderHost:
    """A folder beside the site."""

    def __init__(self, folder: Path) -> None:
        from blogforge.output import spare, switch

        self.operations: Operations = ((spare, "write_new"), (switch, "exchange"))
        self.settings = TargetConfig(folder=str(folder / "www"))
        self._folder = folder / "www"

    def files(self) -> dict[str, bytes]:
        return files_in(self._folder)

    def add(self, path: str, data: bytes) -> None:
        self._folder.mkdir(exist_ok=True)
        (self._folder / path).write_bytes(data)


class RsyncHost(FolderHost):
    """A folder that rsync reaches by a stand-in for ssh, which RSYNC_RSH names."""

    def __init__(self, folder: Path) -> None:
        from blogforge.deploy import rsync

        super().__init__(folder)
        self.settings = TargetConfig(rsync=f"desk@host.example:{folder / 'www'}")
        self.operations = ((rsync.Rsync, "_send"),)


def stand_in_for_ssh(folder: Path) -> str:
    """The command that takes the place of ssh."""
    program = folder / "ssh"
    program.write_text(_SSH)
    program.chmod(0o755)
    return str(program)


class GitHost:
    """A bare repository."""

    def __init__(self, folder: Path) -> None:
        from blogforge.deploy import git

        self._repository = folder / "site.git"
        self._git("init", "--quiet", "--bare", "--initial-branch=main")
        self.settings = TargetConfig(git=GitTarget(remote=str(self._repository)))
        self.operations: Operations = ((git, "run"),)

    def files(self) -> dict[str, bytes]:
        found = {}
        for path in self._git("ls-tree", "-r", "-z", "--name-only", "gh-pages").split(b"\0")[:-1]:
            name = os.fsdecode(path)
            found[name] = self._git("cat-file", "blob", f"gh-pages:{name}")
        for ours in (".blogforge", ".nojekyll"):
            found.pop(ours, None)
        return found

    def add(self, path: str, data: bytes) -> None:
        blob = self._git("hash-object", "-w", "--stdin", given=data).decode().strip()
        there = self.tip()
        listed = self._git("ls-tree", "gh-pages") if there else b""
        made = self._git("mktree", given=listed + f"100644 blob {blob}\t{path}\n".encode())
        parent = ["-p", there] if there else []
        commit = self._git("commit-tree", made.decode().strip(), *parent, given=b"By hand\n")
        self._git("update-ref", "refs/heads/gh-pages", commit.decode().strip())

    def tip(self) -> str:
        """The branch's commit; empty where there is none."""
        return (
            self._git("for-each-ref", "--format=%(objectname)", "refs/heads/gh-pages")
            .decode()
            .strip()
        )

    def _git(self, *arguments: str, given: bytes = b"") -> bytes:
        self._repository.mkdir(exist_ok=True)
        who = {
            f"GIT_{role}_{what}": "desk"
            for role in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        return subprocess.run(
            ["git", *arguments],
            input=given,
            capture_output=True,
            check=True,
            cwd=self._repository,
            env={**os.environ, **who},
        ).stdout


class Bucket:
    """A bucket of a server on this machine."""

    def __init__(self, endpoint: str, name: str) -> None:
        import boto3
        import obstore

        self.client: Any = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
        )
        self.name = name
        self.client.create_bucket(Bucket=name)
        self.settings = TargetConfig(
            s3=S3Target(bucket=name, prefix="news", endpoint=endpoint, region="us-east-1")
        )
        self.operations: Operations = ((obstore, "put"), (obstore, "delete"))

    def as_yaml(self, prefix: str = "") -> str:
        """The target as blogforge.yaml has it."""
        s3 = self.settings.s3
        assert s3
        where = f"bucket: {self.name}, prefix: '{prefix}', endpoint: '{s3.endpoint}'"
        return f"{{s3: {{{where}, region: {s3.region}}}}}"

    def files(self) -> dict[str, bytes]:
        found = {}
        for path in self.listed():
            body = self.client.get_object(Bucket=self.name, Key=path)["Body"].read()
            found[path.removeprefix("news/")] = body
        found.pop(".blogforge", None)
        return found

    def listed(self) -> dict[str, str]:
        """The tag of every object."""
        found = self.client.list_objects_v2(Bucket=self.name).get("Contents", ())
        return {each["Key"]: each["ETag"] + str(each["LastModified"]) for each in found}

    def add(self, path: str, data: bytes) -> None:
        self.client.put_object(Bucket=self.name, Key=f"news/{path}", Body=data)


@contextmanager
def server() -> Iterator[str]:
    """The address of an object store that forgets everything at the end."""
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    try:
        host, port = running.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        running.stop()


# ---------------------------------------------------------------- deployments


def tree_in(folder: Path, files: Bytes) -> Tree:
    """A tree of those files, written to `folder`."""
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return Tree(
        folder=folder,
        files={path: digest_bytes(data) for path, data in files.items()},
        documents=frozenset(path for path in files if path.startswith("20")),
    )


def target(host: Host, folder: Path) -> Target:
    """The target as a site in `folder` has it."""
    (folder / "site").mkdir(exist_ok=True)
    config = Config(title="The Desk", url=URL)
    around = Surroundings(folder / "site", folder / "site" / ".work" / "web", config, "web")
    return target_of(host.settings, around)


def send(host: Host, folder: Path, tree: Tree) -> Plan:
    """Deploy a tree to a host; what was done."""
    place = target(host, folder)
    steps = plan(tree, place.look(tree))
    place.carry_out(tree, steps, lambda _: None)
    return steps


class CutOff(BaseException):  # as KeyboardInterrupt, no failure of the target
    """The moment at which a deployment ended."""


def cutting(real: Callable[..., Any], at: int, calls: list[str]) -> Callable[..., Any]:
    """`real`, which is never done again from the call number `at` on, of all that share `calls`."""

    def counted(*args: Any, **kwargs: Any) -> Any:
        calls.append(str(args))
        if len(calls) >= at:
            raise CutOff
        return real(*args, **kwargs)

    return counted
