"""The benchmarks run: what nobody tries falls into disrepair. No time is judged."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import compare, measure, report, results
from benchmarks.edits import SCENARIOS
from benchmarks.peers.blogforge import Blogforge
from benchmarks.peers.pelican import Pelican
from benchmarks.posts import Desk
from tests.trees import Tree

PYTHON = sys.executable


@pytest.mark.parametrize(
    ("script", "arguments", "lines"),
    [
        ("build_time.py", ["8", "--runs", "1"], ["8  markdown", "8  commonmark"]),
        ("related_time.py", ["20", "--runs", "1"], ["20 posts"]),
    ],
)
def test_a_benchmark_reports(
    repository: Path, script: str, arguments: list[str], lines: list[str]
) -> None:
    done = subprocess.run(
        [PYTHON, repository / "benchmarks" / script, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert all(line in done.stdout for line in lines), done.stdout


# ---------------------------------------------------------------- posts


def test_the_invented_posts_are_the_same_at_every_run(repository: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        subprocess.run(
            [PYTHON, "-m", "benchmarks.posts", tmp_path / seed, "60"],
            cwd=repository,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
    assert Tree(tmp_path / "1", "").digests == Tree(tmp_path / "2", "").digests


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_the_invented_posts_build_without_warnings(
    repository: Path, tmp_path: Path, engine: str
) -> None:
    subprocess.run(
        [PYTHON, "-m", "benchmarks.posts", tmp_path / "site", "60", "--engine", engine],
        cwd=repository,
        check=True,
    )
    done = subprocess.run(
        [PYTHON, "-m", "blogforge", "build", tmp_path / "site"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Published 60 posts" in done.stdout
    assert "warning" not in done.stdout


def test_posts_have_what_a_news_desk_writes() -> None:
    posts = list(Desk(200).posts())
    bodies = [post.body for post in posts]
    assert 600 < sum(len(body.split()) for body in bodies) / len(bodies) < 800
    for part in ("\n> — ", "(post:", "[^1]: ", "\n- ", "\n|---|", "```python", "## ", '"'):
        assert any(part in body for body in bodies), part
    assert len({post.slug for post in posts}) == len(posts)
    assert [post.date for post in posts] == sorted({post.date for post in posts})
    assert {len(post.tags) for post in posts} == {2, 3, 4}
    assert 1 < len({post.story for post in posts}) < 20


# ---------------------------------------------------------------- measurements


def test_each_edit_is_measured(tmp_path: Path) -> None:
    peer = Blogforge("commonmark")
    session = compare.compare(tmp_path, 12, [peer], list(SCENARIOS), 1)
    cost = {run.scenario: run.cost for run in session.runs}
    assert list(cost) == list(SCENARIOS)
    assert cost["cold"].written == cost["cold"].files > 12
    written = [cost[scenario].written for scenario in ("no-op", "body", "title", "base", "cold")]
    assert written == sorted(set(written))
    assert cost["template"].written > cost["body"].written
    assert cost["add"].files > cost["cold"].files == cost["delete"].files
    assert min(each.cpu for each in cost.values()) > 0
    assert peer.name in report.tables(session)


def test_measurements_outlive_their_session(tmp_path: Path) -> None:
    sessions = [a_session(10, 1.0), a_session(1000, 7.25)]
    results.save(tmp_path / "kept.json", sessions)
    assert results.load(tmp_path / "kept.json") == sessions
    assert results.load(tmp_path / "missing.json") == []


def test_only_what_was_touched_counts_as_written(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/a").write_text("one", encoding="utf-8")
    (tmp_path / "b").write_text("two", encoding="utf-8")
    cost = measure.run([PYTHON, "-c", "open('b', 'w').write('three')"], tmp_path, tmp_path)
    assert (cost.written, cost.written_bytes, cost.files) == (1, 5, 2)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")
def test_memory_of_children_counts(tmp_path: Path) -> None:
    child = "import time; held = b'x' * 120_000_000; time.sleep(0.5)"
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    )
    assert 120e6 < measure.run([PYTHON, "-c", parent], tmp_path, tmp_path).peak < 240e6


def test_a_command_that_fails_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"(?s)exit status 3.*no such thing"):
        measure.run(
            [PYTHON, "-c", "import sys; print('no such thing'); sys.exit(3)"], tmp_path, tmp_path
        )


def test_a_peer_that_is_not_there_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.peers.pelican.PROGRAMS", tmp_path)
    session = compare.compare(tmp_path, 3, [Pelican()], ["cold"], 1)
    assert session.runs == []
    assert "cannot be run" in session.skipped["pelican"]
    assert "not measured" in report.tables(session)


def test_the_page_shows_the_newest_measurement_of_each_kind() -> None:
    page = report.markdown([a_session(1000, 3.25), a_session(10, 1.0), a_session(1000, 7.25)])
    assert page.index("## 10 posts") < page.index("## 1,000 posts")
    assert "7.25" in page
    assert "3.25" not in page
    assert page.count("0.50 |") == 4  # for each size a ratio by the clock and one of processors
    assert "| 10    | 100.000 |" in page  # 1 s of processor for 10 posts, in ms a post
    assert "| 1,000 |   7.250 |" in page


def a_session(size: int, seconds: float) -> results.Session:
    """In which blogforge took `seconds`, and Zola twice as long."""
    runs = [
        results.Run(peer=peer, scenario="cold", cost=measure.Cost(took, took, 9, 9, 9, 9))
        for peer, took in (("blogforge-commonmark", seconds), ("zola", 2 * seconds))
    ]
    versions = {"blogforge-commonmark": "blogforge 1", "zola": "Zola 0.22"}
    return results.Session(size=size, date="", machine="", versions=versions, skipped={}, runs=runs)
