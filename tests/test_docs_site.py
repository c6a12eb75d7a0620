"""The documentation as a site that blogforge builds: sound, whole, and every page reachable."""

import re
import shutil
from pathlib import Path

import pytest

from docs.making import reference
from docs.making.assemble import assemble, documents, navigation
from docs.making.documents import as_page, read
from docs.making.settings import fields_without_words
from tests import nu
from tests.commands import blogforge
from tests.trees import Tree, links

DOCS = Path(__file__).parent.parent / "docs"


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


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_reference_is_what_the_code_says(name: str) -> None:
    written = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert written == reference.PAGES[name](), "run: python -m docs.making reference"


def test_nobody_writes_more_into_the_folder_of_the_reference() -> None:
    assert {file.name for file in reference.FOLDER.iterdir()} == {
        name for name in reference.PAGES if "/" not in name
    }


def test_every_setting_and_key_says_what_it_is() -> None:
    assert [*fields_without_words()] == []


@pytest.mark.parametrize("name", ["commands.md", "rules.md", "templates.md"])
def test_every_row_of_the_reference_says_something(name: str) -> None:
    text = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert re.findall(r"^\|.*\|\s+\|$", text, re.MULTILINE) == []


def test_each_kind_of_page_is_valid_html(tree: Tree, tmp_path: Path) -> None:
    """One of each, since the checker takes its time."""
    for name in ("index", "tutorial/index", "reference/templates/index", "search/index", "404"):
        shutil.copy(tree.root / f"{name}.html", tmp_path / f"{name.replace('/', '_')}.html")
    (style,) = tree.root.glob("docs.*.css")
    shutil.copy(style, tmp_path)
    assert nu.faults(tmp_path) == []


def test_every_page_stands_in_the_navigation(tree: Tree) -> None:
    linked = {node.attributes["href"] for node in tree.html("index.html").css(".side a")}
    sources = {path for path in DOCS.rglob("*.md") if path.name != "README.md"}
    assert len(linked) == len(sources) + 1  # the changelog is beside docs/


def test_the_page_that_is_read_is_marked_and_has_neighbours(tree: Tree) -> None:
    page = tree.html("writing/index.html")
    assert [n.attributes["href"] for n in page.css("[aria-current=page]")] == ["/writing/"]
    assert len(page.css(".neighbours a")) == 2


def test_what_is_assembled_again_is_touched_only_where_it_changed(tmp_path: Path) -> None:
    assemble(tmp_path)
    times = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    (tmp_path / "pages/writing.md").write_text("changed\n")
    (tmp_path / "pages/gone.md").write_text("---\ntitle: Gone\n---\n")
    assemble(tmp_path)
    touched = {file for file, time in times.items() if file.stat().st_mtime_ns != time}
    assert touched == {tmp_path / "pages/writing.md"}
    assert not (tmp_path / "pages/gone.md").exists()


def test_the_navigation_has_the_pages_that_there_are_and_no_others() -> None:
    found = documents()
    with pytest.raises(ValueError, match=r"navigation\.yaml does not name news\.md"):
        navigation({**found, "news.md": read("news.md", "# News\n")})
    del found["writing.md"]
    with pytest.raises(ValueError, match=r"names writing\.md, which is not in docs/"):
        navigation(found)


def test_a_page_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match=r"docs/x\.md: the first line is not '# Title'"):
        read("x.md", "No title.\n")


def test_anchors_of_code_hosts_lead_to_headings() -> None:
    target = read("b.md", "# B\n\n## `a.yaml` and more\n\n## Plain\n")
    source = read(
        "a.md", "# A\n\n[x](b.md#ayaml-and-more) `[y](b.md#ayaml-and-more)` [z](../x.py)\n"
    )
    made = as_page(source, {"a.md": source, "b.md": target})
    assert made.endswith("[x](b.md#a-yaml-and-more) `[y](b.md#ayaml-and-more)` z\n")


def test_every_page_says_first_what_it_is_about() -> None:
    assert [path for path, document in documents().items() if not document.dek] == []


@pytest.mark.parametrize(
    ("paragraph", "dek"),
    [
        ("One [`link`](b.md) and *more*.", "One link and more."),
        ("Two sentences. Here is\nthe other.", "Two sentences. Here is the other."),
        ("One is whole. The other begins a list:\n\n- x", "One is whole."),
        ("What follows is code:\n\n```sh\nx\n```", "What follows is code"),
        ("```sh\nx\n```", ""),
        ("## A heading", ""),
    ],
)
def test_a_page_is_described_by_its_first_sentences(paragraph: str, dek: str) -> None:
    assert read("a.md", f"# A\n\n{paragraph}\n").dek == dek
