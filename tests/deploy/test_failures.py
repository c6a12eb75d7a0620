"""What goes wrong at a place is said with its remedy, and leaves a whole site behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from blogforge.deploy import s3
from blogforge.deploy.hubs import tell
from blogforge.errors import DeployError, MachineError
from blogforge.targets import GitTarget, S3Target, TargetConfig
from tests.commands import Outcome, run
from tests.conftest import MakeSite
from tests.deploy.conftest import need_rsync
from tests.deploy.hosts import Bucket, FolderHost, GitHost, RsyncHost, send, target, tree_in
from tests.deploy.sites import URL, dead_ends, files_in, save, version

FILES = {"index.html": b"Home", "a/index.html": b"A"}
SAYS = "#!/bin/sh\necho '{}' >&2\nexit 255\n"


def deploy(site: Path, *arguments: str) -> Outcome:
    return run(site, "deploy", "--jobs", "1", *arguments)


def failing_ssh(folder: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    program = folder / "failing"
    program.write_text(SAYS.format(says))
    program.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(program))
    monkeypatch.setenv("GIT_SSH", str(program))
    monkeypatch.setenv("GIT_SSH_VARIANT", "ssh")


@pytest.mark.parametrize("kind", ["rsync", "git"])
@pytest.mark.parametrize(
    ("says", "remedy"),
    [
        ("Host key verification failed.", "connect once by hand"),
        ("desk@h: Permission denied (publickey).", "add your key to it and to the agent"),
        ("ssh: Could not resolve hostname h: Name or service not known", "look at its name"),
        ("ssh: connect to host h port 22: Connection refused", "look at its name"),
    ],
)
def test_what_ssh_says_has_its_remedy(
    make_site: MakeSite,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    kind: str,
    says: str,
    remedy: str,
) -> None:
    if kind == "rsync":
        need_rsync()
    failing_ssh(tmp_path, monkeypatch, says)
    targets = {"rsync": "{rsync: 'desk@h:/www'}", "git": "{git: {remote: 'git@h:desk/site.git'}}"}
    config = f"title: T\nurl: https://t.example/\ndeploy: {{web: {targets[kind]}}}\n"
    site = make_site({"posts/2026-01-01-a.md": "---\ntitle: A\n---\nText.\n"}, config)
    done = deploy(site)
    assert (done.status, remedy in done.err) == (4, True), done.err


@pytest.mark.parametrize("name", ["rsync", "git"])
def test_a_program_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    host = (
        TargetConfig(rsync="h:/www") if name == "rsync" else TargetConfig(git=GitTarget(remote="x"))
    )
    place = FolderHost(tmp_path)
    place.settings = host
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MachineError, match=f"{name} is not installed"):
        target(place, tmp_path)


def test_a_library_that_is_not_there_is_named(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(MachineError, match=r'pip install "blogforge\[deploy\]"'):
        target(bucket, tmp_path)
    monkeypatch.setitem(sys.modules, "httpx", None)
    told, doubts = tell(["https://hub.example/"], ["https://desk.example/feed.xml"])
    assert not told
    assert 'pip install "blogforge[deploy]"' in doubts[0]


def test_a_repository_that_is_not_there(tmp_path: Path) -> None:
    host = GitHost(tmp_path)
    host.settings = TargetConfig(git=GitTarget(remote=str(tmp_path / "nowhere.git")))
    with pytest.raises(DeployError, match="mend `remote`"):
        send(host, tmp_path, tree_in(tmp_path / "tree", FILES))


def test_a_folder_around_that_is_not_there(tmp_path: Path) -> None:
    need_rsync()
    host = RsyncHost(tmp_path)
    host.settings = TargetConfig(rsync=f"h:{tmp_path}/no/where")
    with pytest.raises(DeployError, match="make it on the host"):
        send(host, tmp_path, tree_in(tmp_path / "tree", FILES))


def test_a_failure_in_the_middle_says_how_things_stand(
    make_site: MakeSite, tmp_path: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = f"title: T\nurl: https://t.example/\ndeploy: {{web: {bucket.as_yaml()}}}\n"
    site = make_site({"posts/2026-01-01-a.md": "---\ntitle: A\n---\nText.\n"}, config)

    def denied(*_: object, **__: object) -> None:
        raise PermissionError("<Code>AccessDenied</Code><Message>Access Denied</Message>")

    with monkeypatch.context() as patched:
        patched.setattr("obstore.delete", denied)
        assert deploy(site).status == 0  # nothing was to be deleted
        (site / "posts/2026-01-01-a.md").unlink()
        (site / "posts/2026-01-02-b.md").write_text("---\ntitle: B\n---\nText.\n")
        done = deploy(site)
    assert done.status == 4
    assert "they need ListBucket, GetObject, PutObject and DeleteObject" in done.err
    assert f"the deployment to s3://{bucket.name} is not complete" in done.err
    assert "deploy again to complete it" in done.err
    done = deploy(site)
    assert (done.status, "was cut off: this one completes it" in done.out) == (0, True)
    assert "completes" not in deploy(site).out
    there = {path for path in bucket.listed() if path != ".blogforge"}
    assert there == files_in(site / "public").keys()


def test_large_files_go_in_parts_and_are_known_again(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "_LARGE", 1 << 20)
    files = {**FILES, "film.mp4": bytes(6 << 20)}
    tree = tree_in(tmp_path / "tree", files)
    send(bucket, tmp_path, tree)
    assert bucket.files() == files
    assert send(bucket, tmp_path, tree).steps == ()


def test_a_bucket_in_another_region_is_said(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "<Code>AuthorizationHeaderMalformed</Code><Message>expecting 'eu-west-1'</Message>"
    bucket.settings = TargetConfig(s3=S3Target(bucket="elsewhere-desk", region="us-east-1"))
    place = target(bucket, tmp_path)
    monkeypatch.setattr("obstore.get", raising(said))
    with pytest.raises(DeployError, match="region: eu"):
        place.look(tree_in(tmp_path / "tree", FILES))


def raising(said: str) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(said)

    return refuse


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_killed_at_some_moment_the_site_is_whole_and_the_next_run_completes_it(
    tmp_path: Path, bucket: Bucket
) -> None:
    config = f"title: T\nurl: {URL}\ndeploy: {{web: {bucket.as_yaml('news')}}}\n"
    site = tmp_path / "site"
    save(site, version(1), config)
    assert deploy(site).status == 0
    save(site, version(2), config)
    run(site, "build", "--jobs", "1")
    before = bucket.listed()
    command = [sys.executable, "-m", "blogforge", "deploy", "--no-build"]
    with subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL) as process:
        end = time.monotonic() + 60
        while bucket.listed() == before and process.poll() is None and time.monotonic() < end:
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
    assert bucket.listed() != before
    assert not dead_ends(bucket.files())
    assert deploy(site).status == 0
    assert bucket.files() == files_in(site / "public")


@pytest.mark.parametrize(
    "left", ["deploying.lock", "shallow.lock", "config.lock", "refs/blogforge/made.lock"]
)
def test_what_a_git_that_was_killed_has_left_is_in_nobodys_way(left: str, tmp_path: Path) -> None:
    host = GitHost(tmp_path)
    first, second = ({"index.html": text} for text in (b"one", b"two"))
    send(host, tmp_path, tree_in(tmp_path / "first", first))
    (tmp_path / "site/.work/web/git" / left).touch()
    send(host, tmp_path, tree_in(tmp_path / "second", second))
    assert host.files() == second


def test_a_repository_that_was_hardly_begun_is_completed(tmp_path: Path) -> None:
    begun = tmp_path / "site/.work/web/git"
    begun.mkdir(parents=True)
    (begun / "HEAD").write_text("ref: refs/heads/main\n")
    host = GitHost(tmp_path)
    send(host, tmp_path, tree_in(tmp_path / "tree", {"index.html": b"one"}))
    assert host.files() == {"index.html": b"one"}
