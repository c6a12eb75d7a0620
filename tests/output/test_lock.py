"""One build at a time, and a dead one stands in nobody's way."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from blogforge.errors import MachineError
from blogforge.output.lock import locked
from blogforge.output.recovery import output_of, work_folder

HOLD = """
import sys, time
from pathlib import Path
from blogforge.output.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""
# As a build with workers, which outlive it for a while.
HOLD_WITH_CHILD = """
import os, sys, time
from pathlib import Path
from blogforge.output.lock import locked
with locked(Path(sys.argv[1])):
    child = os.fork()
    if child:
        print(child, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return work_folder(tmp_path / "public")


def started(program: str, *arguments: object) -> tuple["subprocess.Popen[str]", str]:
    """A process that has said its first line."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def ended(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def test_the_work_folder_stands_beside_the_output(tmp_path: Path) -> None:
    assert work_folder(tmp_path / "public") == tmp_path / ".public.blogforge"
    assert output_of(work_folder(tmp_path / "public")) == tmp_path / "public"


def test_the_work_folder_of_a_link_stands_beside_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "public").symlink_to("real")
    assert work_folder(tmp_path / "public") == tmp_path / ".real.blogforge"


def test_the_lock_can_be_had_again_and_leaves_its_folder(work: Path) -> None:
    for _ in range(2):
        with locked(work, wait=0):
            assert f"process {os.getpid()} on " in (work / "lock").read_text()
    assert {path.name for path in work.iterdir()} == {"lock", ".gitignore"}
    assert (work / "lock").read_text() == ""


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_what_is_in_the_work_folder_gets_into_no_repository(work: Path, tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    with locked(work):
        (work / "state.sqlite").touch()
    told = subprocess.run([*git, "status", "--short"], check=True, capture_output=True)
    assert told.stdout == b""


def test_a_second_build_is_told_who_holds_the_lock(work: Path) -> None:
    process, _ = started(HOLD, work, 60)
    said: list[str] = []
    try:
        with pytest.raises(MachineError) as caught, locked(work, wait=0.2, say=said.append):
            raise AssertionError("the lock is held")
    finally:
        ended(process)
    (problem,) = caught.value.problems
    assert re.search(
        rf"another build holds .*: process {process.pid} on .+, since", problem.message
    )
    assert "waited 0.2 s" in problem.message
    assert caught.value.exit_status == 3
    assert len(said) == 1
    assert said[0].startswith(f"waiting for another build of this site: process {process.pid} on")


def test_a_second_build_waits_for_the_first(work: Path) -> None:
    process, _ = started(HOLD, work, 0.3)
    with locked(work, wait=30):
        assert process.wait(10) == 0
    process.communicate()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_dead_owner_s_lock_is_free_though_its_workers_live(work: Path) -> None:
    process, child = started(HOLD_WITH_CHILD, work)
    try:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        os.kill(int(child), 0)  # it is there
        with locked(work, wait=0):
            pass
    finally:
        os.kill(int(child), signal.SIGKILL)
        process.communicate()


def test_what_a_build_was_at_between_two_renames_comes_back(work: Path, tmp_path: Path) -> None:
    (work / "previous").mkdir(parents=True)
    (work / "previous" / "index.html").touch()
    with locked(work):
        assert [path.name for path in (tmp_path / "public").iterdir()] == ["index.html"]
        assert not (work / "previous").exists()


def test_what_a_build_was_at_after_two_renames_goes(work: Path, tmp_path: Path) -> None:
    (work / "previous").mkdir(parents=True)
    (tmp_path / "public").mkdir()
    with locked(work):
        assert not (work / "previous").exists()
        assert list((tmp_path / "public").iterdir()) == []


def test_half_written_files_go(work: Path) -> None:
    work.mkdir()
    for name in ("new", "spare.new", "state.sqlite"):
        (work / name).touch()
    with locked(work):
        assert {path.name for path in work.iterdir()} == {"lock", ".gitignore", "state.sqlite"}


@pytest.mark.parametrize(
    ("name", "mode", "age", "goes"),
    [
        (".public.new-ab12cd_z", 0o700, 7200, True),
        (".public.new-ab12cd_z", 0o755, 7200, False),  # somebody's
        (".public.new-ab12cd_z", 0o700, 60, False),  # perhaps at work
        (".public.new-2012", 0o700, 7200, False),
        (".public.new-killed", 0o700, 7200, False),
        (".other.new-ab12cd_z", 0o700, 7200, False),
    ],
)
def test_only_staging_folders_that_are_certainly_ours_go(
    name: str, mode: int, age: float, goes: bool, tmp_path: Path
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "index.html").touch()
    folder.chmod(mode)
    then = time.time() - age
    os.utime(folder, (then, then))
    with locked(work_folder(tmp_path / "public")):
        assert folder.exists() != goes


def test_a_link_named_like_a_staging_folder_stays(work: Path, tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir(mode=0o700)
    link = tmp_path / ".public.new-ab12cd_z"
    link.symlink_to("posts")
    with locked(work):
        assert link.is_symlink()
