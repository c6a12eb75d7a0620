"""What every test may use: a site in a temporary folder, the real corpora, golden files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

from tests import browser as chromium
from tests.trees import Tree

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).resolve().parent.parent
CONFIG = "title: The Dispatch\nurl: https://dispatch.example\n"
NOW = "2026-01-01"
PUBLICATION = (
    "blogforge.yaml",
    "authors.yaml",
    "entities.yaml",
    "posts",
    "pages",
    "data",
    "static",
    "templates",
)

# A loaded machine must not fail a law, and no run may depend on what an earlier one left behind.
settings.register_profile("blogforge", deadline=None, database=None, print_blob=True)
settings.load_profile("blogforge")


class MakeSite(Protocol):
    """Lay out a site's folder: file name -> text or bytes; returns the folder."""

    def __call__(self, files: Mapping[str, str | bytes], config: str | None = CONFIG) -> Path: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files anew instead of comparing"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written rather than compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """A function that lays out a site; calls of one test add to the same folder.

    ``config`` is the text of blogforge.yaml: two lines unless given, and none at all for ``None``.
    """

    def make(files: Mapping[str, str | bytes], config: str | None = CONFIG) -> Path:
        site = tmp_path / "site"
        layout = dict(files) if config is None else {"blogforge.yaml": config, **files}
        for name, content in layout.items():
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        site.mkdir(exist_ok=True)
        return site

    return make


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the project itself, which is also a site."""
    return REPOSITORY


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real posts to build: BLOGFORGE_CORPORA, else ../shared/corpora."""
    named = os.environ.get("BLOGFORGE_CORPORA")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}; name their folder in BLOGFORGE_CORPORA")
    return folder


@pytest.fixture(scope="session")
def own_site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the publication that the repository itself is, to build and leave untouched."""
    return copy_publication(repository, tmp_path_factory.mktemp("own") / "site")


def copy_publication(source: Path, target: Path) -> Path:
    """Copy what makes a site, file by file in order of name; returns the new folder."""
    for part in PUBLICATION:
        top = source / part
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for path in filter(Path.is_file, files):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    return target


@pytest.fixture(scope="session")
def own_tree(own_site: Path) -> Tree:
    """The repository's own publication, built as of NOW."""
    blogforge = [sys.executable, "-m", "blogforge"]
    done = subprocess.run(
        [*blogforge, "build", str(own_site), "--now", NOW],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return Tree(own_site / "public", "https://blogforge.example/")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium. Where there is none, tests skip, with the reason; in CI they fail."""
    from playwright.sync_api import sync_playwright  # most tests need none of it

    executable = chromium.find()
    if not executable:
        reason = "no Chromium here: `python tests/browser.py` says why"
        pytest.fail(reason) if chromium.required() else pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=executable, args=list(chromium.ARGUMENTS)
        )
        yield started
        started.close()
