"""The same sources are the same bytes, whatever the machine, the place and the day."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import copy_publication
from tests.trees import Tree

EPOCH = "1767225600"  # 2026-01-01, after all posts but the scheduled one

# Folders are listed in the order of names, or in the opposite one.
LISTED = """
import os, sys
scandir, listdir = os.scandir, os.listdir
backwards = sys.argv.pop(1) == "backwards"

class Entries:
    def __init__(self, path="."):
        with scandir(path) as found:
            self.entries = iter(sorted(found, key=lambda e: e.name, reverse=backwards))
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *error):
        pass
    def close(self):
        pass

os.scandir = Entries
os.listdir = lambda path=".": sorted(listdir(path), reverse=backwards)
from blogforge.cli import main
main()
"""
BLOGFORGE = ("-m", "blogforge")


def built(
    site: Path,
    output: Path,
    *options: str,
    program: tuple[str, ...] = BLOGFORGE,
    environment: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The digest of every file of a site, built by a process of its own."""
    done = subprocess.run(
        [sys.executable, *program, "build", str(site), "--output", str(output), *options],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Tree(output, "").digests


@pytest.fixture(scope="module")
def reference(own_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return built(own_site, tmp_path_factory.mktemp("reference"), "--jobs", "1")


def assert_same(found: dict[str, str], reference: dict[str, str]) -> None:
    assert len(reference) > 100
    assert found.keys() == reference.keys()
    assert not [name for name in found if found[name] != reference[name]]


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "PYTHONHASHSEED": "4294967295"},
        {"LC_ALL": "C.UTF-8", "LANGUAGE": "fr"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=lambda environment: " ".join(environment.values()) or "again",
)
def test_the_environment_says_nothing(
    own_site: Path, reference: dict[str, str], tmp_path: Path, environment: dict[str, str]
) -> None:
    assert_same(
        built(own_site, tmp_path, "--jobs", "1", environment=environment),
        reference,
    )


@pytest.mark.parametrize("jobs", ["2", "3"])
def test_the_number_of_workers_says_nothing(
    own_site: Path, reference: dict[str, str], tmp_path: Path, jobs: str
) -> None:
    assert_same(built(own_site, tmp_path, "--jobs", jobs), reference)


@pytest.mark.parametrize("order", ["forwards", "backwards"])
def test_the_order_of_folders_says_nothing(
    own_site: Path, reference: dict[str, str], tmp_path: Path, order: str
) -> None:
    listed = ("-c", LISTED, order)
    assert_same(built(own_site, tmp_path, "--jobs", "1", program=listed), reference)


def test_the_place_and_the_age_of_files_say_nothing(
    own_site: Path, reference: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = copy_publication(own_site, tmp_path / "a place" / "with ünusual name")
    for path in elsewhere.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    assert_same(built(elsewhere, tmp_path / "out"), reference)


def test_the_moment_counts_only_where_it_changes_what_is_published(
    own_site: Path, reference: dict[str, str], tmp_path: Path
) -> None:
    """Nothing in a page or a feed tells when it was built."""
    later = str(int(EPOCH) + 86_400)
    assert_same(built(own_site, tmp_path, environment={"SOURCE_DATE_EPOCH": later}), reference)


def test_a_second_build_changes_nothing(
    own_site: Path, reference: dict[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    built(own_site, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    assert_same(built(own_site, output), reference)
    after = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    changed = [path.name for path in before if before[path] != after.get(path)]
    assert set(changed) <= {".blogforge"}
