"""The published tree: staged, put in place, pruned; nobody else's files are touched."""

import errno
import os
import shutil
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogforge.errors import ConfigError, MachineError
from blogforge.output.listing import Listing, altered, survey
from blogforge.output.lock import locked
from blogforge.output.manifest import MANIFEST
from blogforge.output.publish import Published, Staging, Tally
from blogforge.output.recovery import work_folder
from blogforge.output.safety import refuse_unsafe
from blogforge.output.switch import switch
from blogforge.stamps import stamp_of

Tree = dict[str, bytes]

BESIDE = {"posts", "public", ".public.blogforge"}

OLD: Tree = {"index.html": b"old home", "a/index.html": b"a", "a/b/index.html": b"b", "c": b"c"}
NEW: Tree = {"index.html": b"new home", "a/index.html": b"a", "c/index.html": b"c", "d/e": b"e"}


def publish(output: Path, tree: Tree, *, fresh: bool = False) -> Tally:
    with locked(work_folder(output)), Staging(output, fresh=fresh) as staging:
        for path, data in tree.items():
            staging.write(path, data)
        return staging.publish().tally


def files(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` but the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def folders(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_dir()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "posts").mkdir(parents=True)
    return site


@pytest.fixture
def output(root: Path) -> Path:
    return root / "public"


# ---------------------------------------------------------------- staging, replacing, pruning


def test_nothing_is_there_before_publish(output: Path) -> None:
    with Staging(output) as staging:
        staging.write("index.html", b"home")
        assert not output.exists()
    assert list(output.parent.iterdir()) == [output.parent / "posts"]


def test_a_first_tree_is_what_was_written(output: Path) -> None:
    assert publish(output, OLD) == Tally(
        written=4, unchanged=0, removed=0, changes=tuple((path, "new") for path in sorted(OLD))
    )
    assert files(output) == OLD


def test_the_second_tree_replaces_the_first(output: Path) -> None:
    publish(output, OLD)
    tally = publish(output, NEW)
    assert files(output) == NEW
    assert folders(output) == {"a", "c", "d"}
    assert (tally.written, tally.unchanged, tally.removed) == (3, 1, 2)
    assert tally.changes == (
        ("a/b/index.html", "removed: nothing makes it any more"),
        ("c", "removed: nothing makes it any more"),
        ("c/index.html", "new"),
        ("d/e", "new"),
        ("index.html", "content changed"),
    )


def test_a_folder_may_become_a_file(output: Path) -> None:
    publish(output, {"old/index.html": b"x", "old/deep/er": b"y"})
    publish(output, {"old": b"file"})
    assert files(output) == {"old": b"file"}


def test_unchanged_files_are_not_touched(output: Path) -> None:
    publish(output, OLD)
    for path in output.rglob("*"):
        os.utime(path, (1, 1))
    tally = publish(output, OLD)
    assert (tally.written, tally.unchanged, tally.removed, tally.changes) == (0, 4, 0, ())
    assert {(output / path).stat().st_mtime for path in OLD} == {1}


def test_fresh_writes_every_file(output: Path) -> None:
    publish(output, OLD)
    os.utime(output / "c", (1, 1))
    assert publish(output, OLD, fresh=True).written == 4
    assert (output / "c").stat().st_mtime != 1


def test_no_staging_folder_remains(output: Path) -> None:
    publish(output, OLD)
    with Staging(output) as staging:
        staging.write("index.html", b"half")
    assert {path.name for path in output.parent.iterdir()} == BESIDE
    assert files(output) == OLD


def test_the_staging_folder_of_a_killed_build_disturbs_nobody(root: Path, output: Path) -> None:
    publish(output, OLD)
    leftover = root / ".public.new-killed"
    leftover.mkdir()
    (leftover / "index.html").write_bytes(b"half")
    refuse_unsafe(output, root)
    publish(output, NEW)
    assert files(output) == NEW


def test_the_output_may_be_deep_and_new(root: Path) -> None:
    output = root.parent / "srv" / "www" / "site"
    refuse_unsafe(output, root)
    publish(output, OLD)
    assert files(output) == OLD


def test_the_output_may_be_a_link_to_a_folder_of_its_own(root: Path, output: Path) -> None:
    real = root.parent / "elsewhere"
    real.mkdir()
    output.symlink_to(real)
    refuse_unsafe(output, root)
    publish(output, OLD)
    assert output.is_symlink()
    assert files(real) == OLD


@pytest.mark.parametrize("damage", [b"changed by hand", b"", b"old hom!"])
def test_tampered_files_are_restored(root: Path, output: Path, damage: bytes) -> None:
    publish(output, OLD)
    (output / "index.html").write_bytes(damage)
    (output / "c").unlink()
    refuse_unsafe(output, root)
    assert publish(output, OLD).changes == (("c", "new"), ("index.html", "content changed"))
    assert files(output) == OLD


def test_a_link_in_a_files_place_is_replaced_and_not_followed(root: Path, output: Path) -> None:
    publish(output, OLD)
    secret = root / "secret"
    secret.write_bytes(OLD["index.html"])
    for path in ("index.html", "c"):
        (output / path).unlink()
    (output / "index.html").symlink_to(secret)
    (output / "c").symlink_to("nowhere")
    refuse_unsafe(output, root)
    publish(output, OLD | {"index.html": b"new"})
    assert secret.read_bytes() == b"old home"
    assert not (output / "index.html").is_symlink()
    assert files(output) == OLD | {"index.html": b"new"}


def test_a_link_to_the_same_bytes_is_replaced_too(root: Path, output: Path) -> None:
    publish(output, OLD)
    (root / "copy").write_bytes(OLD["c"])
    (output / "c").unlink()
    (output / "c").symlink_to(root / "copy")
    assert publish(output, OLD).written == 1
    assert not (output / "c").is_symlink()


def test_a_link_to_a_folder_in_a_files_place_is_replaced(root: Path, output: Path) -> None:
    publish(output, OLD)
    (output / "c").unlink()
    (output / "c").symlink_to(root / "posts")
    refuse_unsafe(output, root)
    publish(output, OLD)
    assert files(output) == OLD
    assert (root / "posts").is_dir()


def test_a_pruned_link_leaves_what_it_led_to(root: Path, output: Path) -> None:
    publish(output, OLD)
    (output / "a" / "b" / "index.html").unlink()
    (output / "a" / "b").rmdir()
    keep = root / "posts" / "keep.md"
    keep.write_bytes(b"mine")
    (output / "c").unlink()
    (output / "c").symlink_to(keep)
    publish(output, {"index.html": b"old home"})
    assert keep.read_bytes() == b"mine"
    assert files(output) == {"index.html": b"old home"}


paths = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
trees = st.dictionaries(paths.map(lambda path: f"{path}/f"), st.binary(max_size=3), max_size=6)


@given(sequence=st.lists(trees, min_size=1, max_size=4))
def test_after_any_builds_the_tree_is_the_last_one(
    sequence: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("site")
    for tree in sequence:
        refuse_unsafe(root / "public", root)
        before = files(root / "public")
        tally = publish(root / "public", tree)
        assert files(root / "public") == tree
        assert tally.written == sum(before.get(path) != data for path, data in tree.items())
        assert tally.written + tally.unchanged == len(tree)
        assert tally.removed == len(before.keys() - tree.keys())
        empty = [f for f in (root / "public").rglob("*") if f.is_dir() and not any(f.iterdir())]
        assert not empty


# ---------------------------------------------------------------- what is not ours


def test_files_of_file_managers_stay(root: Path, output: Path) -> None:
    publish(output, OLD)
    for path in (".DS_Store", "a/Thumbs.db", "a/b/desktop.ini"):
        (output / path).write_bytes(b"junk")
    refuse_unsafe(output, root)
    publish(output, NEW)
    assert files(output) == NEW | dict.fromkeys(
        (".DS_Store", "a/Thumbs.db", "a/b/desktop.ini"), b"junk"
    )


def _own_name(root: Path) -> Path:
    return root


def _parent(root: Path) -> Path:
    return root / ".."


def _top(_: Path) -> Path:
    return Path("/")


def _home(_: Path) -> Path:
    return Path.home()


def _above_home(_: Path) -> Path:
    return Path.home().parent


def _posts(root: Path) -> Path:
    return root / "posts"


def _in_static(root: Path) -> Path:
    (root / "static").mkdir()
    return root / "static" / "public"


def _linked_posts(root: Path) -> Path:
    (root.parent / "written").mkdir()
    (root / "posts").rmdir()
    (root / "posts").symlink_to(root.parent / "written")
    return root.parent / "written"


def _link_to_root(root: Path) -> Path:
    (root.parent / "link").symlink_to(root)
    return root.parent / "link"


def _link_to_posts(root: Path) -> Path:
    (root / "out").symlink_to("posts")
    return root / "out"


def _repository(root: Path) -> Path:
    (root / "repository" / ".git").mkdir(parents=True)
    return root / "repository"


def _worktree(root: Path) -> Path:
    (root / "worktree").mkdir()
    (root / "worktree" / ".git").write_text("gitdir: elsewhere")
    return root / "worktree"


def _in_git(root: Path) -> Path:
    (root / ".git").mkdir()
    return root / ".git" / "www"


def _foreign(root: Path) -> Path:
    (root / "mine" / "deep").mkdir(parents=True)
    (root / "mine" / "deep" / "thesis.doc").write_text("years of work")
    return root / "mine"


def _foreign_link(root: Path) -> Path:
    (root / "linked").mkdir()
    (root / "linked" / "2012").symlink_to(root / "posts")
    return root / "linked"


def _foreign_manifest(root: Path) -> Path:
    (root / "other").mkdir()
    (root / "other" / MANIFEST).write_text("somebody's settings\n")
    return root / "other"


def _file(root: Path) -> Path:
    (root / "file").write_text("text")
    return root / "file"


REFUSED: dict[Callable[[Path], Path], str] = {
    _own_name: "holds the site's own sources",
    _parent: "holds the site's own sources",
    _top: "holds the site's own sources",
    _home: "is or holds the home folder",
    _above_home: "is or holds the home folder",
    _posts: "is among the site's own sources",
    _in_static: "is among the site's own sources",
    _linked_posts: "is among the site's own sources",
    _link_to_root: "holds the site's own sources",
    _link_to_posts: "is among the site's own sources",
    _repository: "is under version control (it has a .git)",
    _worktree: "is under version control (it has a .git)",
    _in_git: "is inside a repository's .git",
    _foreign: "has files that blogforge did not write: deep/thesis.doc",
    _foreign_link: "has files that blogforge did not write: 2012",
    _foreign_manifest: f"has files that blogforge did not write: {MANIFEST}",
    _file: "is a file",
}


@pytest.mark.parametrize("place", REFUSED)
def test_a_folder_that_is_not_for_us_is_refused(
    place: Callable[[Path], Path], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home" / "anna").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home" / "anna"))
    output = place(root)
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    with pytest.raises(ConfigError) as caught:
        refuse_unsafe(output, root)
    (problem,) = caught.value.problems
    assert REFUSED[place] in problem.message
    assert "nothing was written or removed" in problem.message
    assert "static/" in problem.hint
    after = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    assert after == before


def test_a_file_added_to_our_tree_is_refused(root: Path, output: Path) -> None:
    publish(output, OLD)
    (output / "CNAME").write_text("www.example.org")
    with pytest.raises(ConfigError, match="did not write: CNAME;"):
        refuse_unsafe(output, root)


def test_three_foreign_files_are_named_and_no_more(root: Path, output: Path) -> None:
    output.mkdir()
    for name in "abcde":
        (output / name).touch()
    with pytest.raises(ConfigError, match=r"a, b, c, …"):
        refuse_unsafe(output, root)


def test_a_damaged_manifest_owns_nothing(root: Path, output: Path) -> None:
    publish(output, OLD)
    lines = (output / MANIFEST).read_text().splitlines()
    (output / MANIFEST).write_text("\n".join(lines[1:]))
    with pytest.raises(ConfigError, match="did not write"):
        refuse_unsafe(output, root)


# ---------------------------------------------------------------- what is recorded


def known(published: Published) -> Listing:
    return Listing(files=published.files, folders=published.folders)


def test_what_is_published_is_listed_as_it_stands(output: Path) -> None:
    before: Listing | None = None
    for tree in (OLD, OLD | {"c": b"changed"}, NEW, NEW, OLD, {}):
        with Staging(output, known=before) as staging:
            for path, data in tree.items():
                staging.write(path, data)
            before = known(staging.publish())
        assert before == survey(output)
        assert not altered(output, before.files, before.folders)


@pytest.mark.parametrize("trusted", [True, False])
def test_what_is_kept_is_not_read(trusted: bool, output: Path) -> None:
    publish(output, OLD)
    listing = survey(output) if trusted else None
    with Staging(output, known=listing) as staging:
        for path in OLD.keys() - {"c", "index.html"}:
            staging.keep(path)
        staging.write("c", b"C")
        staging.write("d", b"D")
        published = staging.publish()
    assert files(output) == {path: OLD[path] for path in OLD if path != "index.html"} | {
        "c": b"C",
        "d": b"D",
    }
    assert (published.tally.written, published.tally.unchanged, published.tally.removed) == (
        2,
        2,
        1,
    )


def test_a_listing_of_nothing_is_no_knowledge(output: Path) -> None:
    publish(output, OLD)
    with Staging(output, known=Listing()) as staging:
        staging.write("c", b"C")
        staging.publish()
    assert files(output) == {"c": b"C"}


def test_folders_keep_their_dates_where_nothing_in_them_changed(output: Path) -> None:
    publish(output, OLD)
    for tree in (OLD | {"c": b"1", "a/b/x": b"1"}, OLD | {"c": b"2"}, OLD):
        before = survey(output).folders
        publish(output, tree)
        after = survey(output).folders
        assert after["a"] == before["a"]
        assert after[""] != before[""]


def test_a_single_change_makes_no_second_tree(output: Path) -> None:
    publish(output, OLD)
    inode = output.stat().st_ino
    publish(output, OLD | {"c": b"changed"})
    assert output.stat().st_ino == inode
    assert not (work_folder(output) / "next").exists()


def test_a_build_that_changes_nothing_touches_nothing(root: Path, output: Path) -> None:
    publish(output, OLD)
    publish(output, NEW)
    before = {path: stamp_of(path) for path in root.rglob("*") if path.name != "lock"}
    publish(output, NEW)
    after = {path: stamp_of(path) for path in root.rglob("*") if path.name != "lock"}
    assert after == before


def test_unchanged_files_are_the_same_in_both_trees(output: Path) -> None:
    publish(output, OLD)
    before = (output / "a/index.html").stat().st_ino
    publish(output, NEW)
    assert (output / "a/index.html").stat().st_ino == before


def test_the_spare_tree_is_used_again(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(output, OLD)
    publish(output, NEW)
    publish(output, NEW | {"d/e": b"E", "c/index.html": b"C"})
    made: list[str] = []

    def link(source: str, target: str) -> None:
        made.append(target)

    def unlink(path: str | Path) -> None:
        made.append(str(path))
        remove(path)

    remove = os.remove
    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(os, "unlink", unlink)
    publish(output, NEW | {"d/e": b"EE", "c/index.html": b"CC"})
    spare = f"{work_folder(output)}/next/"
    changed = [path.removeprefix(spare) for path in made if path.startswith(spare)]
    assert sorted(changed) == ["c/index.html", "d/e"]


@pytest.mark.parametrize("harm", ["edit", "add", "delete", "link", "all", "note"])
def test_whatever_happens_to_the_spare_tree_the_next_build_is_right(
    harm: str, root: Path, output: Path
) -> None:
    publish(output, OLD)
    publish(output, NEW)
    spare = work_folder(output) / "next"
    if harm == "edit":  # in place: the published file is the same one
        (spare / "a" / "index.html").write_bytes(b"edited")
    elif harm == "add":
        (spare / "a" / "foreign").touch()
    elif harm == "delete":
        (spare / "a" / "index.html").unlink()
    elif harm == "link":
        shutil.rmtree(spare / "a")
        (spare / "a").symlink_to(root / "posts")
        (root / "posts" / "index.html").write_bytes(b"mine")
    elif harm == "all":
        shutil.rmtree(spare)
        spare.symlink_to(root / "posts")
    else:
        (spare.parent / "spare").write_bytes(b"\xff")
    publish(output, OLD)
    assert files(output) == OLD
    assert folders(output) == {"a", "a/b"}
    assert [path.name for path in (root / "posts").iterdir()] == ["index.html"] * (harm == "link")


def test_a_published_file_edited_in_place_is_noticed(output: Path) -> None:
    publish(output, OLD)
    publish(output, NEW)
    listing = survey(output)
    (output / "a/index.html").write_bytes(b"A")
    assert altered(output, listing.files, listing.folders) == {"a/index.html"}
    publish(output, OLD)
    assert files(output) == OLD


def test_where_there_are_no_hard_links_files_are_copied(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    for tree in (OLD, NEW, OLD, NEW | {"index.html": b"NEW HOME"}, OLD):
        publish(output, tree)
        assert files(output) == tree


def test_what_comes_into_the_tree_during_a_build_is_not_lost(output: Path) -> None:
    publish(output, OLD)
    for change in ({"c": b"C"}, {"c": b"C", "d": b"D"}):
        with Staging(output) as staging:
            for path, data in (OLD | change).items():
                staging.write(path, data)
            (output / "CNAME").write_text("www.example.org")
            with pytest.raises(MachineError, match="somebody else changed the output folder"):
                staging.publish()
        assert files(output) == OLD | {"CNAME": b"www.example.org"}
        (output / "CNAME").unlink()


def test_the_output_keeps_its_permissions(output: Path) -> None:
    publish(output, OLD)
    output.chmod(0o2750)
    for tree in (NEW, OLD):
        publish(output, tree)
        assert stat.S_IMODE(output.stat().st_mode) == 0o2750


def test_ctrl_c_waits_until_the_tree_is_whole(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(output, OLD)
    real = switch
    # whoever runs the tests in the background has SIGINT ignored
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupted(new: Path, old: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        real(new, old)

    monkeypatch.setattr("blogforge.output.publish.switch", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(output, NEW)
    assert files(output) == NEW
    assert signal.signal(signal.SIGINT, before) is signal.default_int_handler


# ---------------------------------------------------------------- what the machine refuses


@pytest.mark.parametrize(
    ("call", "number", "hint"),
    [
        ("write", errno.ENOSPC, "the disk is full"),
        ("open", errno.EACCES, "read-only"),
        ("open", errno.EROFS, "mounted for reading only"),
        ("open", errno.EMFILE, "ulimit -n"),
        ("write", errno.EDQUOT, "share of the disk"),
        ("link", errno.ENOSPC, "the disk is full"),
        ("mkdir", errno.EACCES, "read-only"),
        ("mkdir", errno.ENAMETOOLONG, "shorter slug"),
        ("rmdir", errno.EIO, ""),
    ],
)
def test_an_error_of_the_machine_names_the_file_and_leaves_the_old_tree(
    call: str, number: int, hint: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(output, OLD)
    publish(output, OLD | {"x/y": b"", "x/z": b""})
    publish(output, OLD)
    if call == "link":
        shutil.rmtree(work_folder(output) / "next")

    def refuse(path: str | int, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), *([path] if isinstance(path, str) else []))

    with monkeypatch.context() as broken:
        broken.setattr(os, call, refuse)
        with pytest.raises(MachineError) as caught:
            publish(output, NEW)
    assert caught.value.exit_status == 3
    (problem,) = caught.value.problems
    assert problem.message.startswith(f"cannot write {output.parent}")
    assert problem.message.endswith(os.strerror(number))
    assert hint in problem.hint
    assert files(output) == OLD
    assert {path.name for path in output.parent.iterdir()} == BESIDE


def test_a_mount_point_is_refused(
    root: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "ismount", lambda path: path == output)
    with pytest.raises(MachineError, match="is a mount point") as caught:
        refuse_unsafe(output, root)
    assert "below it" in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(output: Path) -> None:
    publish(output, OLD)
    output.parent.chmod(0o500)
    try:
        with pytest.raises(MachineError, match="Permission denied"):
            publish(output, NEW)
    finally:
        output.parent.chmod(0o700)
    assert files(output) == OLD


def test_a_folder_where_a_file_belongs_is_named_before_anything_changes(
    root: Path, output: Path
) -> None:
    publish(output, OLD)
    (output / "d" / "e").mkdir(parents=True)
    (output / "d" / "e" / ".DS_Store").touch()
    refuse_unsafe(output, root)
    before = files(output)
    with pytest.raises(MachineError, match="d/e: a folder stands where a file belongs"):
        publish(output, NEW)
    assert files(output) == before


def test_a_file_where_a_folder_belongs_is_named_before_anything_changes(
    root: Path, output: Path
) -> None:
    publish(output, OLD)
    (output / ".DS_Store").touch()
    refuse_unsafe(output, root)
    with pytest.raises(MachineError, match="DS_Store: a file stands where a folder belongs"):
        publish(output, OLD | {".DS_Store/page": b"new"})
    assert files(output) == OLD | {".DS_Store": b""}


def test_empty_folders_are_in_nobodys_way(root: Path, output: Path) -> None:
    publish(output, OLD)
    (output / "d" / "e" / "empty").mkdir(parents=True)
    refuse_unsafe(output, root)
    publish(output, NEW)
    assert files(output) == NEW
    assert folders(output) == {"a", "c", "d"}


def test_a_manifest_that_cannot_be_read_is_an_error_of_the_machine(
    root: Path, output: Path
) -> None:
    (output / MANIFEST).mkdir(parents=True)
    with pytest.raises(MachineError, match=r"cannot read .*\.blogforge"):
        refuse_unsafe(output, root)


def test_a_path_through_a_file_is_an_error_of_the_machine(root: Path) -> None:
    (root / "notes.txt").touch()
    with pytest.raises(MachineError, match=r"cannot write .*notes\.txt"):
        publish(root / "notes.txt" / "public", OLD)
