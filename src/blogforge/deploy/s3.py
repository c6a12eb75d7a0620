"""A bucket of Amazon S3, or of another service that speaks as it does."""

from __future__ import annotations

import os
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from datetime import timedelta
from hashlib import md5
from typing import TYPE_CHECKING, Any

from blogforge.deploy.headers import ASK, cache_control, content_type
from blogforge.deploy.manifest import MANIFEST, Entry, Manifest, claim, parsed, settled
from blogforge.deploy.plan import Plan, Standing
from blogforge.deploy.refusals import bucket_errors
from blogforge.digest import digest_value
from blogforge.errors import ConfigError, DeployError, MachineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from obstore.store import S3Store

    from blogforge.deploy.target import Done, Surroundings
    from blogforge.deploy.tree import Tree
    from blogforge.targets import S3Target

_AT_ONCE = 12  # files
_LARGE = 64 << 20  # bytes; larger files go in parts
_DELETED_AT_ONCE = 500
_RETRIES: Any = {"max_retries": 5, "retry_timeout": timedelta(seconds=60)}
_TIMEOUTS = {"connect_timeout": "10s", "timeout": "120s"}
# Where keys come from, each of which obstore knows.
_KEYS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
_RIVAL = "another deployment to this bucket ran meanwhile"


class S3:
    """The target `s3`. Keys come from the environment, as AWS's own tools read them."""

    def __init__(self, settings: S3Target, around: Surroundings) -> None:
        del around
        prefix = settings.prefix.strip("/")
        self.place = "/".join(filter(None, (f"s3://{settings.bucket}", prefix)))
        self._store = _opened(settings, prefix)
        self._last = Manifest()
        self._tag = ""  # of the manifest's own object
        self._found: dict[str, str] = {}
        self._headers: dict[str, dict[str, str]] = {}

    # ------------------------------------------------------------ what stands there

    def look(self, tree: Tree) -> Standing:
        """What stands there: a listing, held against what the last deployment says of it."""
        with bucket_errors(self.place):
            self._last, self._tag = self._manifest()
            self._found = self._listing()
        self._headers = {path: _headers(path, tree) for path in tree.files}
        ours = frozenset(path for path in self._found if path in self._last)
        same = frozenset(path for path in tree.files if self._has(path, tree))
        foreign = frozenset(self._found.keys() - ours)
        return Standing(
            claimed=bool(self._last.files),
            unfinished=not self._last.done,
            ours=ours,
            same=same,
            foreign=foreign,
        )

    def _manifest(self) -> tuple[Manifest, str]:
        import obstore

        try:
            found = obstore.get(self._store, MANIFEST)
        except FileNotFoundError as error:
            if "NoSuchBucket" in str(error):
                raise
            return Manifest(), ""
        return parsed(bytes(found.bytes())) or Manifest(), found.meta["e_tag"] or ""

    def _listing(self) -> dict[str, str]:
        """Every object's tag, by path."""
        import obstore

        pages = obstore.list(self._store)
        found = {meta["path"]: meta["e_tag"] or "" for page in pages for meta in page}
        found.pop(MANIFEST, None)
        return found

    def _has(self, path: str, tree: Tree) -> bool:
        """Whether the object at `path` has the bytes and the headers that it should have.

        A deployment that was cut off put some files that its manifest does not know to be there:
        of those the tag tells, which is their MD5 unless the bucket encrypts with keys of its own.
        """
        if path not in self._found:
            return False
        tag, known = self._found[path], self._last.entry(path)
        if known.tag and known.tag == tag:
            return known.digest == self._digest(path, tree)
        sent = not self._last.done and path in self._last
        return sent and tag.strip('"') == _md5(tree.read(path))

    def _digest(self, path: str, tree: Tree) -> str:
        return digest_value((tree.files[path], self._headers[path]))

    # ------------------------------------------------------------ what is done there

    def carry_out(self, tree: Tree, plan: Plan, done: Done) -> None:
        """Put and delete step by step, several files at once, between two manifests."""
        if not plan.steps and self._last.done:
            return
        put = {*plan.puts}
        claimed = claim(self._last, tree.files)
        with bucket_errors(self.place):
            self._write_manifest(claimed)
        files = {path: self._entry(path, tree) for path in tree.files if path not in put}
        for step in plan.steps:
            if step.action == "put":
                files |= self._put(step.paths, tree, done)
            else:
                self._delete(step.paths, done)
        with bucket_errors(self.place):
            self._write_manifest(settled(claimed, files))

    def _entry(self, path: str, tree: Tree) -> Entry:
        return Entry(digest=self._digest(path, tree), tag=self._found[path])

    def _write_manifest(self, manifest: Manifest) -> None:
        """Replace the manifest, unless somebody else has done so since it was read.

        Where a host knows no conditions, of two deployments that begin at once the one that comes
        to its deletions later is refused.
        """
        mode: Any = {"e_tag": self._tag} if self._tag else "create"
        try:
            self._tag = self._put_manifest(manifest, mode)
        except Exception as error:
            if "NotImplemented" not in f"{error!r}":
                raise
            self._tag = self._put_manifest(manifest, "overwrite")

    def _put_manifest(self, manifest: Manifest, mode: Any) -> str:
        import obstore

        headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": ASK}
        data = manifest.encoded()
        options: Any = {"attributes": headers, "mode": mode, "use_multipart": False}
        return obstore.put(self._store, MANIFEST, data, **options)["e_tag"] or ""

    def _put(self, paths: tuple[str, ...], tree: Tree, done: Done) -> dict[str, Entry]:
        tags = dict(_together(lambda path: self._put_one(path, tree), paths, done))
        return {path: Entry(digest=self._digest(path, tree), tag=tag) for path, tag in tags.items()}

    def _put_one(self, path: str, tree: Tree) -> tuple[str, str]:
        import obstore

        large = tree.size(path) >= _LARGE
        data = tree.folder / path if large else tree.read(path)
        headers = self._headers[path]
        with bucket_errors(self.place, path):
            put = obstore.put(self._store, path, data, attributes=headers, use_multipart=large)
        return path, put["e_tag"] or ""

    def _delete(self, paths: tuple[str, ...], done: Done) -> None:
        import obstore

        with bucket_errors(self.place):
            if obstore.head(self._store, MANIFEST)["e_tag"] != self._tag:
                raise DeployError.of(_RIVAL, hint="deploy again when it has ended")
            for begin in range(0, len(paths), _DELETED_AT_ONCE):
                some = paths[begin : begin + _DELETED_AT_ONCE]
                obstore.delete(self._store, some)
                done(len(some))


def _opened(settings: S3Target, prefix: str) -> S3Store:
    """The bucket. Raises MachineError where obstore or the keys are missing, ConfigError."""
    try:
        from obstore.store import S3Store
    except ImportError as error:
        message = "obstore, which sends files to S3, is not installed"
        raise MachineError.of(message, hint='pip install "blogforge[deploy]"') from error
    if not any(os.environ.get(name) for name in _KEYS):
        hint = (
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as your host's console gives them;"
            ' who logs in by aws: eval "$(aws configure export-credentials --format env)"'
        )
        raise MachineError.of("there are no keys for S3 in the environment", hint=hint)
    region = settings.region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region and not settings.endpoint:
        raise ConfigError.of(
            "the region of the bucket is not known", hint="write region: eu-west-1"
        )
    options: dict[str, Any] = {"region": region or "auto"}
    if settings.endpoint:
        options["endpoint"] = settings.endpoint.rstrip("/")
    client: Any = {"allow_http": settings.endpoint.startswith("http://"), **_TIMEOUTS}
    return S3Store(
        settings.bucket,
        prefix=prefix or None,
        client_options=client,
        retry_config=_RETRIES,
        **options,
    )


def _headers(path: str, tree: Tree) -> dict[str, str]:
    media_type = content_type(path, lambda: tree.read(path))
    return {"Content-Type": media_type, "Cache-Control": cache_control(path, media_type)}


def _md5(data: bytes) -> str:
    return md5(data, usedforsecurity=False).hexdigest()


def _together(
    work: Callable[[str], tuple[str, str]], paths: tuple[str, ...], done: Done
) -> list[tuple[str, str]]:
    """What `work` gives for each path, several at once; after the first failure none is begun."""
    found = []
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        waiting = {pool.submit(work, path) for path in paths}
        try:
            while waiting:
                ended, waiting = wait(waiting, return_when=FIRST_EXCEPTION, timeout=0.5)
                found += [future.result() for future in ended]
                done(len(ended))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return found
