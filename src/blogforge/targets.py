"""`deploy:` in blogforge.yaml: where a publication is sent, and how each place is reached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from msgspec import Meta

from blogforge.faults import Fault, address_fault, output_fault
from blogforge.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.strict_yaml import KeyPath

KINDS = ("folder", "rsync", "git", "s3")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
# What no shell at the other end reads anything into, and no program takes for an option.
_RSYNC = re.compile(
    r"(?:[\w][\w.-]*@)?(?:[\w][\w.-]*|\[[0-9a-fA-F:]+\]):(?!:)[\w./~][\w./~@%+,=-]*"
)
# The safe part of git-check-ref-format(1).
_BRANCH = re.compile(r"(?!.*(?:\.\.|//|\.lock(?:/|$)|/\.))[A-Za-z0-9_][\w./+-]*(?<![./])")
_HOST = re.compile(r"(?=.{4,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]*")
_SECRET = (
    "a password in a file that is shared is no secret any more: change it, and see docs/deploy.md"
)


class GitTarget(Settings, frozen=True, kw_only=True):
    """`git:` a branch of a repository, as GitHub Pages publishes it."""

    remote: Annotated[
        str, Meta(description="Such as git@github.com:me/site.git, or a folder's whole path.")
    ]
    branch: Annotated[str, Meta(description="It holds the tree, and nothing else.")] = "gh-pages"
    cname: Annotated[str, Meta(description="The site's own domain, for GitHub Pages.")] = ""


class S3Target(Settings, frozen=True, kw_only=True):
    """`s3:` a bucket of Amazon S3, or of another service that speaks as it does."""

    bucket: Annotated[str, Meta(description="Its name.")]
    prefix: Annotated[str, Meta(description="The folder of the bucket; empty: its top.")] = ""
    endpoint: Annotated[str, Meta(description="The service's address, unless Amazon's.")] = ""
    region: Annotated[
        str, Meta(description="Such as eu-west-1; empty: AWS_REGION of the environment.")
    ] = ""


class TargetConfig(Settings, frozen=True, kw_only=True):
    """One of `deploy:`, of exactly one kind; its key is its name."""

    folder: Annotated[str, Meta(description="A folder of this machine.")] = ""
    rsync: Annotated[
        str, Meta(description="A folder that ssh reaches: user@example.org:/srv/www/site.")
    ] = ""
    git: Annotated[
        GitTarget | None, Meta(extra={"hint": "write 'git: {remote: …, branch: gh-pages}'"})
    ] = None
    s3: Annotated[
        S3Target | None, Meta(extra={"hint": "write 's3: {bucket: …, region: eu-west-1}'"})
    ] = None

    @property
    def kind(self) -> str:
        """Which of KINDS it is of."""
        return next(kind for kind in KINDS if getattr(self, kind))


def target_faults(deploy: object) -> Iterator[tuple[KeyPath, Fault]]:
    """What is wrong with `deploy:` beyond types, each with its place below it."""
    for name, target in deploy.items() if isinstance(deploy, dict) else ():
        if not _NAME.fullmatch(str(name)):
            yield (name,), Fault("is no name of a target", "use letters, digits and hyphens")
        if not isinstance(target, dict):
            continue
        given = [kind for kind in KINDS if target.get(kind)]
        if len(given) != 1:
            said = " and ".join(given) or "none"
            yield (
                (name,),
                Fault(f"must have one of {', '.join(KINDS)}, and has {said}", "see docs/deploy.md"),
            )
        for at, check in _CHECKS.items():
            value: Any = target
            for key in at:
                value = value.get(key) if isinstance(value, dict) else None
            if isinstance(value, str) and value and (fault := check(value)):
                yield (name, *at), fault


def rsync_fault(place: str) -> Fault | None:
    """Why rsync cannot send to `place` by ssh, or None."""
    if "://" in place:
        return Fault("must be reached by ssh", "write it as user@example.org:/srv/www/site")
    if not _RSYNC.fullmatch(place):
        return Fault("is no folder that ssh reaches", "write it as user@example.org:/srv/www/site")
    if place.partition(":")[2].strip("./") in {"", "~"}:
        return Fault("must be a folder of its own", "write it as user@example.org:/srv/www/site")
    return None


def remote_fault(remote: str) -> Fault | None:
    """Why `remote` is no git repository that may be named, or None."""
    hint = "write it as git@github.com:me/site.git"
    if remote.startswith("-") or "::" in remote or any(c <= " " for c in remote):
        return Fault("is no repository", hint)
    if "://" in remote:
        parts = urlsplit(remote)
        if parts.scheme not in {"https", "http", "ssh", "file", "git"}:
            return Fault("is no repository", hint)
        if parts.password is not None or (parts.username and parts.scheme.startswith("http")):
            return Fault("must not have a user name or password", _SECRET)
    return None


def _folder_fault(folder: str) -> Fault | None:
    fault = output_fault(folder)
    return Fault(fault.message, "write ../www, or its whole path") if fault else None


def _branch_fault(name: str) -> Fault | None:
    return None if _BRANCH.fullmatch(name) else Fault("is no branch", "write gh-pages")


def _host_fault(name: str) -> Fault | None:
    return None if _HOST.fullmatch(name) else Fault("is no domain", "write it as www.example.org")


def _bucket_fault(name: str) -> Fault | None:
    hint = "write its name alone: letters, digits, hyphens"
    return None if _BUCKET.fullmatch(name) else Fault("is no bucket", hint)


def _region_fault(name: str) -> Fault | None:
    return None if _REGION.fullmatch(name) else Fault("is no region", "write it as eu-west-1")


def _prefix_fault(prefix: str) -> Fault | None:
    if any(part in {"", ".", ".."} for part in prefix.strip("/").split("/")):
        return Fault("must not have '.', '..' or empty folders", "write it as sites/blog")
    return None


def _endpoint_fault(url: str) -> Fault | None:
    if "@" in url:
        return Fault("must not have a user name or password", _SECRET)
    return address_fault(url)


_CHECKS = {
    ("folder",): _folder_fault,
    ("rsync",): rsync_fault,
    ("git", "remote"): remote_fault,
    ("git", "branch"): _branch_fault,
    ("git", "cname"): _host_fault,
    ("s3", "bucket"): _bucket_fault,
    ("s3", "prefix"): _prefix_fault,
    ("s3", "endpoint"): _endpoint_fault,
    ("s3", "region"): _region_fault,
}
