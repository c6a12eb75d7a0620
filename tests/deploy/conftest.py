"""One of each kind of place to deploy to."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests import rsync
from tests.browser import required
from tests.deploy import hosts

KINDS = ("folder", "git", "rsync", "s3")


@pytest.fixture(scope="session")
def object_store() -> Iterator[str]:
    """The address of a local server that speaks as S3 does."""
    with hosts.server() as endpoint:
        yield endpoint


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that nobody has, no one's settings of git, and a stand-in for ssh."""
    for name, value in hosts.KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("RSYNC_RSH", hosts.stand_in_for_ssh(tmp_path))


@pytest.fixture
def bucket(object_store: str) -> Iterator[hosts.Bucket]:
    """An empty bucket."""
    found = hosts.Bucket(object_store, f"desk-{uuid4().hex}")
    yield found
    found.client.close()


@pytest.fixture(params=KINDS)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> hosts.Host:
    """An empty place of each kind."""
    if request.param == "folder":
        return hosts.FolderHost(tmp_path)
    if request.param == "git":
        return hosts.GitHost(tmp_path)
    if request.param == "rsync":
        need_rsync()
        return hosts.RsyncHost(tmp_path)
    found: hosts.Bucket = request.getfixturevalue("bucket")
    return found


def need_rsync() -> None:
    """Skip where there is no rsync, with the reason; in CI that is a failure."""
    if reason := rsync.missing():
        pytest.fail(reason) if required() else pytest.skip(reason)
