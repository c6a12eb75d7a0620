"""Ctrl-C and its like end a build, and leave a whole tree."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from blogforge.output.interrupts import held_back, terminable
from tests.commands import publish_something, tree
from tests.conftest import MakeSite

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")

# A template that waits, so that the build is amid its pages when the signal comes.
WAITING = """
import pathlib, time
def wait(text):
    pathlib.Path("waiting").touch()
    time.sleep(600)
    return text
filters = {"wait": wait}
"""
POST = "---\ntitle: {}\ndate: 2012-03-21\n---\n\nWords.\n"
# Whoever runs the tests in the background has SIGINT ignored.
BUILD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from blogforge.cli import main
main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_is_stopped_says_so_and_leaves_the_old_tree(
    number: signal.Signals, jobs: str, make_site: MakeSite
) -> None:
    site = make_site(
        {
            "posts/a.md": POST.format("A"),
            "waiting.py": WAITING,
            "templates/404.html": "{{ 'x' | wait }}",
        },
        config="title: T\nurl: https://example.org\nplugins: [waiting]\n",
    )
    before = publish_something(site / "public")
    build = subprocess.Popen(
        [sys.executable, "-c", BUILD, "build", "--jobs", jobs],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (site / "waiting").exists():
        assert build.poll() is None, build.communicate()
    os.kill(build.pid, number)
    _, said = build.communicate(timeout=60)
    assert (build.returncode, said.strip()) == (130, "interrupted; the published tree is whole")
    assert tree(site / "public") == before
    assert {path.name for path in site.iterdir() if path.name.startswith(".")} == {
        ".public.blogforge"
    }


def test_sigterm_is_as_before_after_the_block() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), terminable():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == before


def test_who_ignores_sigterm_goes_on_doing_so() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with terminable():
            signal.raise_signal(signal.SIGTERM)
    finally:
        assert signal.signal(signal.SIGTERM, before) == signal.SIG_IGN


def test_what_is_held_back_comes_after_the_block() -> None:
    done: list[str] = []

    def work() -> None:
        with terminable(), held_back():
            signal.raise_signal(signal.SIGTERM)
            done.append("within")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["within"]


def test_other_threads_are_left_alone(tmp_path: Path) -> None:
    program = """
import threading
from blogforge.output.interrupts import held_back, terminable
def within():
    with terminable(), held_back():
        print("fine")
thread = threading.Thread(target=within)
thread.start()
thread.join()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "fine\n"
