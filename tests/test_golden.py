"""A small publication and its whole tree, byte for byte; `--update-golden` writes it anew."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blogforge.build import build
from blogforge.config import load_config
from blogforge.options import Options
from blogforge.output.publish import MANIFEST
from blogforge.pages.theme import Theme

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2031, 5, 10, 12, tzinfo=UTC)
FRESH = "what the tree should be has changed; look at the difference, then pytest --update-golden"


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def from_the_theme(site: Path) -> set[str]:
    """The files that only the default theme brings, and may change without us."""
    theme = Theme(site, load_config(site))
    return {
        theme.assets.published_name(name)
        for name, path in theme.assets.files.items()
        if not path.is_relative_to(site)
    }


@pytest.fixture
def tree(tmp_path: Path) -> dict[str, bytes]:
    """The site's tree, built where nothing else is."""
    site = tmp_path / "site"
    shutil.copytree(GOLDEN / "site", site, ignore=shutil.ignore_patterns("__pycache__"))
    report = build(site, Options(output=str(tmp_path / "tree"), now=NOW, jobs=1))
    assert report.posts == 4
    assert [skip.path for skip in report.skipped] == ["posts/2031-05-20-opening.md"]
    built = files_of(tmp_path / "tree")
    return {path: data for path, data in built.items() if path not in from_the_theme(site)}


def test_the_tree_is_what_it_was(tree: dict[str, bytes], *, update_golden: bool) -> None:
    folder = GOLDEN / "tree"
    if update_golden:
        shutil.rmtree(folder, ignore_errors=True)
        for path, data in tree.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    expected = files_of(folder)
    assert list(tree) == list(expected), FRESH
    for path, data in expected.items():
        assert tree[path] == data, f"{path}: {FRESH}"


def test_nothing_of_what_is_not_published_is_in_the_tree(tree: dict[str, bytes]) -> None:
    everything = b"".join(tree.values())
    assert b"opens" not in everything
    assert b"opening" not in everything
    unlisted = {path for path, data in tree.items() if b"stands in no list" in data}
    assert unlisted == {"2031/05/01/notice/index.html"}
