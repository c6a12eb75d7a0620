"""The documentation as a site that blogforge builds: sound, whole, and every page reachable."""

import subprocess
import sys
from pathlib import Path

import pytest

from docs.making.assemble import assemble
from tests.trees import Tree, links

DOCS = Path(__file__).parent.parent / "docs"


def blogforge(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "blogforge", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    assemble(folder)
    return folder


@pytest.fixture(scope="module")
def tree(site: Path) -> Tree:
    done = blogforge("build", site)
    assert (done.returncode, done.stderr) == (0, "")
    return Tree(site / "public", "https://docs.blogforge.example/")


def test_there_is_nothing_to_mend(site: Path) -> None:
    done = blogforge("check", site)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing to mend\n", "")


def test_every_link_and_fragment_leads_somewhere(tree: Tree) -> None:
    dead = {
        name: found
        for name, page in tree.pages()
        if (found := tree.dead(tree.address_of(name), links(page)))
    }
    assert not dead
