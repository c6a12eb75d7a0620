"""What is done at a target, and in which order."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path

import pytest

from blogforge.deploy.plan import Plan, Standing, plan, refuse_foreign, refuse_shrinking
from blogforge.deploy.tree import Tree
from blogforge.digest import digest_bytes
from blogforge.errors import ConfigError
from tests.deploy.sites import built, dead_ends, version

Bytes = Mapping[str, bytes]


def tree_of(files: Bytes) -> Tree:
    documents = frozenset(path for path in files if path.startswith("2026/03/0"))
    digests = {path: digest_bytes(data) for path, data in files.items()}
    return Tree(folder=Path("public"), files=digests, documents=documents)


def planned(old: Bytes, new: Bytes, foreign: frozenset[str] = frozenset()) -> Plan:
    same = frozenset(path for path in old if old[path] == new.get(path))
    ours = frozenset(old) - foreign
    return plan(tree_of(new), Standing(claimed=True, ours=ours, same=same, foreign=foreign))


def moments(old: Bytes, new: Bytes) -> Iterator[Bytes]:
    """The target after each single operation."""
    there = dict(old)
    for step in planned(old, new).steps:
        for path in step.paths:
            if step.action == "put":
                there[path] = new[path]
            else:
                del there[path]
            yield there


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> list[Bytes]:
    root = tmp_path_factory.mktemp("versions")
    return [{}, *(built(root, version(number)) for number in range(5))]


def test_at_no_moment_a_reader_comes_to_a_dead_end(trees: list[Bytes]) -> None:
    looked = 0
    for old, new in permutations(trees, 2):
        if not new:
            continue
        assert not dead_ends(new)
        for there in moments(old, new):
            assert not dead_ends(there)
            looked += 1
    assert looked > 300


def test_what_is_done_makes_the_one_tree_of_the_other(trees: list[Bytes]) -> None:
    for old, new in permutations(trees, 2):
        assert [old, *moments(old, new)][-1] == new


def test_nothing_is_done_where_all_is_as_it_should_be(trees: list[Bytes]) -> None:
    assert planned(trees[1], trees[1]).steps == ()


def test_new_files_come_before_pages_and_lists_and_feeds_last() -> None:
    old = {"index.html": b"1", "feed.xml": b"1", "2026/03/01/a/index.html": b"1", "gone.html": b""}
    new = {
        "index.html": b"2",
        "feed.xml": b"2",
        "2026/03/01/a/index.html": b"2",
        "2026/03/02/b/index.html": b"1",
        "style.0123abcd.css": b"1",
    }
    assert [(step.name, step.action) for step in planned(old, new).steps] == [
        ("new files", "put"),
        ("new pages", "put"),
        ("articles", "put"),
        ("lists", "put"),
        ("feeds", "put"),
        ("pages", "delete"),
    ]


def test_somebody_elses_files_are_never_deleted() -> None:
    steps = planned(
        {"index.html": b"1", "theirs": b"t"}, {"index.html": b"1"}, frozenset({"theirs"})
    )
    assert steps.steps == ()


# ---------------------------------------------------------------- refusals


def test_a_place_of_somebody_elses_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"did not put there: photo\.jpg"):
        refuse_foreign(tree_of({"index.html": b""}), Standing(foreign=frozenset({"photo.jpg"})))


def test_somebody_elses_file_in_the_way_is_refused_and_one_beside_is_not() -> None:
    tree = tree_of({"index.html": b"", "about/index.html": b""})
    beside = Standing(claimed=True, foreign=frozenset({"photo.jpg"}))
    refuse_foreign(tree, beside)
    in_the_way = Standing(claimed=True, foreign=frozenset({"about/index.html"}))
    with pytest.raises(ConfigError, match=r"about/index\.html"):
        refuse_foreign(tree, in_the_way)


def pages(number: int) -> dict[str, bytes]:
    return {"index.html": b"", **{f"{n}/index.html": b"" for n in range(1, number)}}


@pytest.mark.parametrize(("before", "after"), [(100, 79), (20, 14), (7, 1)])
def test_a_tree_that_shrank_suddenly_is_refused(before: int, after: int) -> None:
    with pytest.raises(ConfigError, match=f"of the {before} pages .* {before - after} would go"):
        refuse_shrinking(tree_of(pages(after)), Standing(ours=frozenset(pages(before))))


@pytest.mark.parametrize(("before", "after"), [(100, 80), (6, 1), (10, 100)])
def test_a_tree_that_shrank_a_little_is_not(before: int, after: int) -> None:
    refuse_shrinking(tree_of(pages(after)), Standing(ours=frozenset(pages(before))))


def test_a_tree_of_another_site_is_refused() -> None:
    other = {"index.html": b"", **{f"other/{n}/index.html": b"" for n in range(20)}}
    with pytest.raises(ConfigError, match="of the 10 pages at the target 9 would go"):
        refuse_shrinking(tree_of(other), Standing(ours=frozenset(pages(10))))


def test_a_tree_without_a_front_page_is_refused() -> None:
    with pytest.raises(ConfigError, match="no front page"):
        refuse_shrinking(tree_of({"about/index.html": b""}), Standing())
