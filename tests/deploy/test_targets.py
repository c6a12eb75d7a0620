"""Every kind of place keeps the same laws."""

from __future__ import annotations

import random
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from blogforge.deploy import s3
from blogforge.deploy.plan import plan, refuse_foreign
from blogforge.errors import DeployError
from tests.deploy.hosts import Bucket, CutOff, Host, cutting, send, target, tree_in
from tests.deploy.sites import dead_ends

HOME = '<link rel="stylesheet" href="/news/{style}"><a href="/news/{page}/">Read</a>'
ARTICLE = '<link rel="stylesheet" href="/news/{style}"><a href="/news/">Home</a><img src="{image}">'


def site(style: str, pages: dict[str, str]) -> dict[str, bytes]:
    """A site of some pages, each with its picture, which all link to the first."""
    first = next(iter(pages))
    found = {"index.html": HOME.format(style=style, page=first), style: "p {}", "feed.xml": first}
    for page, image in pages.items():
        found[f"{page}/index.html"] = ARTICLE.format(style=style, image=f"/news/{image}")
        found[image] = image
    return {path: text.encode() for path, text in found.items()}


OLD = site("style.00000001.css", {"2026/a": "a.png", "2026/b": "b é + %.png"})
NEW = site("style.00000002.css", {"2026/c": "c.png", "2026/b": "b2.png"})


def test_what_is_there_is_what_was_sent(host: Host, tmp_path: Path) -> None:
    for number, files in enumerate((OLD, NEW, OLD)):
        send(host, tmp_path, tree_in(tmp_path / f"tree{number}", files))
        assert host.files() == files


def test_only_what_changed_is_sent(host: Host, tmp_path: Path) -> None:
    send(host, tmp_path, tree_in(tmp_path / "old", OLD))
    changed = {**OLD, "2026/b/index.html": OLD["2026/b/index.html"] + b"<p>Corrected.</p>"}
    steps = send(host, tmp_path, tree_in(tmp_path / "new", changed))
    assert (steps.puts, steps.deletes) == (["2026/b/index.html"], [])
    assert send(host, tmp_path, tree_in(tmp_path / "new", changed)).steps == ()


def test_a_change_that_leaves_the_size_is_seen(host: Host, tmp_path: Path) -> None:
    send(host, tmp_path, tree_in(tmp_path / "old", OLD))
    changed = {**OLD, "a.png": OLD["a.png"].swapcase()}
    assert send(host, tmp_path, tree_in(tmp_path / "new", changed)).puts == ["a.png"]
    assert host.files() == changed


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(
    host: Host, tmp_path: Path
) -> None:
    file = {"index.html": b"Home", "old": b"A file"}
    folder = {"index.html": b"Home", "old/index.html": b"A page", "old/deep/a.png": b"A picture"}
    for number, files in enumerate((file, folder, file)):
        send(host, tmp_path, tree_in(tmp_path / f"tree{number}", files))
        assert host.files() == files


def test_names_may_be_odd(host: Host, tmp_path: Path) -> None:
    names = (
        "-n.txt",
        " n.txt",
        "a#b~c.txt",
        "[d]{e}^.txt",
        "f  g/ h.txt",
        "مالي.html",
        "a -> b",
        "c\\d;e'f\"g",
    )
    files = {"index.html": b"Home", **{name: name.encode() for name in names}}
    send(host, tmp_path, tree_in(tmp_path / "tree", files))
    assert host.files() == files
    assert send(host, tmp_path, tree_in(tmp_path / "tree", files)).steps == ()
    send(host, tmp_path, tree_in(tmp_path / "less", {"index.html": b"Home"}))
    assert host.files() == {"index.html": b"Home"}


def test_what_somebody_else_put_there_stays(host: Host, tmp_path: Path) -> None:
    send(host, tmp_path, tree_in(tmp_path / "old", OLD))
    host.add("verification.txt", b"theirs")
    place, tree = target(host, tmp_path), tree_in(tmp_path / "new", NEW)
    standing = place.look(tree)
    assert standing.foreign == {"verification.txt"}
    assert standing.claimed
    place.carry_out(tree, plan(tree, standing), lambda _: None)
    assert host.files() == {**NEW, "verification.txt": b"theirs"}


def test_a_place_that_blogforge_has_never_been_to_is_not_ours(host: Host, tmp_path: Path) -> None:
    host.add("index.html", b"theirs")
    standing = target(host, tmp_path).look(tree_in(tmp_path / "new", NEW))
    assert not standing.claimed
    assert standing.foreign == {"index.html"}


def test_what_somebody_else_changed_or_removed_is_mended(host: Host, tmp_path: Path) -> None:
    tree = tree_in(tmp_path / "old", OLD)
    send(host, tmp_path, tree)
    host.add("a.png", b"defaced")
    assert send(host, tmp_path, tree).puts == ["a.png"]
    assert host.files() == OLD


def test_looking_changes_nothing(host: Host, tmp_path: Path) -> None:
    send(host, tmp_path, tree_in(tmp_path / "old", OLD))
    before = host.files()
    tree = tree_in(tmp_path / "new", NEW)
    place = target(host, tmp_path)
    steps = plan(tree, place.look(tree))
    assert {*steps.puts} == {path for path in NEW if NEW[path] != OLD.get(path)}
    assert {*steps.deletes} == OLD.keys() - NEW.keys()
    assert host.files() == before


def test_cut_off_at_any_operation_the_site_is_whole_and_the_next_run_completes_it(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "_AT_ONCE", 1)  # so that one comes after the other
    trees = [(files, tree_in(tmp_path / name, files)) for name, files in (("o", OLD), ("n", NEW))]
    send(host, tmp_path, trees[0][1])
    host.add("theirs.txt", b"theirs")
    cuts = [0, -1]  # at even operations of the way back, at odd ones of the way there
    for way in cycle((1, 0)):
        files, tree = trees[way]
        place = target(host, tmp_path)
        steps = plan(tree, place.look(tree))
        cuts[way] += 2
        calls: list[str] = []
        with monkeypatch.context() as patched:
            for owner, name in host.operations:
                patched.setattr(owner, name, cutting(getattr(owner, name), cuts[way], calls))
            with suppress(CutOff):
                place.carry_out(tree, steps, lambda _: None)
        there = host.files()
        assert not dead_ends(there), f"before {calls[-1]}"
        assert "index.html" in there
        assert there["theirs.txt"] == b"theirs"
        send(host, tmp_path, tree)
        assert host.files() == {**files, "theirs.txt": b"theirs"}
        if len(calls) < cuts[way]:
            break
    assert max(cuts) > 3


def test_cut_off_again_and_again_on_the_way_to_other_trees_the_site_is_whole(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = site("style.00000003.css", {"2026/d": "a.png", "2026/a": "b2.png", "2026/e": "e.png"})
    trees = [tree_in(tmp_path / str(n), files) for n, files in enumerate((OLD, NEW, third))]
    send(bucket, tmp_path, trees[0])
    bucket.add("theirs.txt", b"theirs")
    chance = random.Random(1)
    for _ in range(12):
        tree = chance.choice(trees)
        place = target(bucket, tmp_path)
        standing = place.look(tree)
        refuse_foreign(tree, standing)
        at, calls = chance.randint(1, 16), list[str]()
        with monkeypatch.context() as patched:
            for owner, name in bucket.operations:
                patched.setattr(owner, name, cutting(getattr(owner, name), at, calls))
            with suppress(CutOff):
                place.carry_out(tree, plan(tree, standing), lambda _: None)
        assert not dead_ends(bucket.files())
    send(bucket, tmp_path, trees[1])
    assert bucket.files() == {**NEW, "theirs.txt": b"theirs"}


def test_what_a_deployment_that_was_cut_off_has_sent_is_known_as_ours(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tree_in(tmp_path / "old", OLD), tree_in(tmp_path / "new", NEW)
    send(host, tmp_path, old)
    place = target(host, tmp_path)
    steps = plan(new, place.look(new))
    with monkeypatch.context() as patched:
        calls: list[str] = []
        for owner, name in host.operations:
            patched.setattr(owner, name, cutting(getattr(owner, name), 4, calls))
        with suppress(CutOff):
            place.carry_out(new, steps, lambda _: None)
    there = host.files()
    arrived = {path for path in NEW if there.get(path) == NEW[path]}
    again = target(host, tmp_path).look(new)
    refuse_foreign(new, again)
    assert arrived.isdisjoint(plan(new, again).puts)  # nor is it sent again
    refuse_foreign(old, target(host, tmp_path).look(old))
    send(host, tmp_path, old)  # its editor has thought better of it
    assert host.files() == OLD


@pytest.mark.parametrize("host", ["folder", "git", "s3"], indirect=True)
def test_two_that_begin_at_once_do_not_take_files_from_each_other(
    host: Host, tmp_path: Path
) -> None:
    send(host, tmp_path, tree_in(tmp_path / "old", OLD))
    tree = tree_in(tmp_path / "new", NEW)
    other_tree = tree_in(tmp_path / "other", {**OLD, "index.html": b"Other"})
    one, other = target(host, tmp_path), target(host, tmp_path / "site")
    steps = plan(tree, one.look(tree))
    other_steps = plan(other_tree, other.look(other_tree))
    one.carry_out(tree, steps, lambda _: None)
    with pytest.raises(DeployError, match="meanwhile"):
        other.carry_out(other_tree, other_steps, lambda _: None)
    assert host.files() == NEW


def test_a_host_that_knows_no_conditions_gets_the_site_all_the_same(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import obstore

    real = obstore.put

    def put(*arguments: Any, **options: Any) -> Any:
        if options.get("mode", "overwrite") != "overwrite":
            raise OSError("<Code>NotImplemented</Code><Message>If-Match</Message>")
        return real(*arguments, **options)

    monkeypatch.setattr("obstore.put", put)
    for number, files in enumerate((OLD, NEW)):
        send(bucket, tmp_path, tree_in(tmp_path / f"tree{number}", files))
        assert bucket.files() == files


def test_a_folder_of_the_bucket_is_not_the_one_beside_it(bucket: Bucket, tmp_path: Path) -> None:
    bucket.client.put_object(Bucket=bucket.name, Key="newsletter/index.html", Body=b"theirs")
    standing = target(bucket, tmp_path).look(tree_in(tmp_path / "tree", OLD))
    assert standing.foreign == frozenset()
