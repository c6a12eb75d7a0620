"""What a build takes from the one before, and when it takes nothing."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blogforge.build import Report, build
from blogforge.errors import ContentError, MachineError
from blogforge.options import Options
from blogforge.output.recovery import work_folder
from blogforge.output.state import STATE_FILE
from tests.commands import tree
from tests.conftest import MakeSite
from tests.test_imports import HEAVY, loaded_by

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OPTIONS = Options(now=NOW, jobs=1)
LONG_AGO = 1_300_000_000 * 10**9
FILES = {
    "posts/a.md": "---\ntitle: Alpha\ndate: 2024-05-01\ntags: [grain]\n---\n\nThe words of alpha\n",
    "posts/b.md": "---\ntitle: Beta\ndate: 2024-06-01\n---\n\nThe words of beta.\n",
    "posts/later.md": "---\ntitle: Later\ndate: 2026-02-01\n---\n\nThe words of later.\n",
    "posts/gone.md": "---\ntitle: Gone\ndate: 2024-06-02\nexpires: 2026-03-01\n---\n\nThe words.\n",
}


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    """A site whose files are so old that their stamps prove what they hold."""
    folder = make_site(FILES)
    settle(folder)
    return folder


def settle(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and "public" not in str(file.relative_to(folder)):
            os.utime(file, ns=(LONG_AGO, LONG_AGO))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def clean(site: Path, folder: str, options: Options = OPTIONS) -> dict[str, bytes]:
    """The tree of a first build."""
    output = site.parent / folder
    build(site, Options(now=options.now, jobs=1, output=str(output)))
    return tree(output)


# ---------------------------------------------------------------- nothing to do


def test_a_build_with_nothing_to_do_says_what_the_last_one_said(site: Path) -> None:
    edit(site / "posts/a.md", "The words", "The [words](gone-for-good.md)")
    settle(site)
    first = build(site, OPTIONS)
    second = build(site, OPTIONS)
    assert first.warnings != ()
    assert second.rendered == {}
    assert second.pages.unchanged == first.pages.written
    for what in ("posts", "skipped", "warnings", "next_change_at", "output"):
        assert getattr(second, what) == getattr(first, what)


def test_a_build_with_nothing_to_do_touches_nothing(site: Path) -> None:
    build(site, OPTIONS)
    paths = [site / "public", *(site / "public").rglob("*")]
    before = [path.lstat() for path in paths]
    build(site, OPTIONS)
    assert [path.lstat() for path in paths] == before


def test_a_build_with_nothing_to_do_loads_next_to_nothing(site: Path) -> None:
    build(site, OPTIONS)
    code = (
        "import sys\nfrom blogforge import cli\n"
        f"sys.argv = ['blogforge', 'build', {str(site)!r}, '--now', '2026-01-01T00:00:00Z']\n"
        "try:\n    cli.main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )
    assert not loaded_by(code) & (HEAVY | {"multiprocessing", "blogforge.content.enrich"})


@pytest.mark.parametrize(
    ("days", "rendered"),
    [(0, False), (30, False), (31, True), (-1, False)],
    ids=["same time", "before the next change", "a post appears", "the clock went back"],
)
def test_time_alone(site: Path, days: int, rendered: bool) -> None:
    first = build(site, OPTIONS)
    assert first.next_change_at == datetime(2026, 2, 1, tzinfo=UTC)
    then = Options(now=NOW + timedelta(days=days), jobs=1)
    report = build(site, then)
    assert bool(report.rendered) is rendered
    assert tree(site / "public") == clean(site, "clean", then)
    assert build(site, then).rendered == {}


# ---------------------------------------------------------------- what is noticed


def test_an_edit_within_a_tick_of_the_clock_is_noticed(make_site: MakeSite) -> None:
    site = make_site(FILES)  # just written: a stamp proves nothing yet
    file = site / "posts/a.md"
    build(site, OPTIONS)
    stamp = file.stat()
    edit(file, "words of alpha", "sword of alpha")
    os.utime(file, ns=(stamp.st_mtime_ns, stamp.st_mtime_ns))
    assert file.stat().st_size == stamp.st_size
    report = build(site, OPTIONS)
    assert "2024/05/01/a/index.html" in report.rendered
    assert tree(site / "public") == clean(site, "clean")


def test_an_edit_that_no_stamp_shows_is_noticed_by_who_does_not_trust_stamps(site: Path) -> None:
    build(site, OPTIONS)
    edit(site / "posts/a.md", "words of alpha", "sword of alpha")
    settle(site)
    assert build(site, OPTIONS).rendered == {}
    careful = Options(now=NOW, jobs=1, trust_mtime=False)
    assert "2024/05/01/a/index.html" in build(site, careful).rendered
    assert tree(site / "public") == clean(site, "clean")


def test_a_published_file_that_somebody_edited_is_mended(site: Path) -> None:
    build(site, OPTIONS)
    page = site / "public/2024/05/01/a/index.html"
    data = page.read_bytes()
    page.write_bytes(data.replace(b"alpha", b"aleph"))
    report = build(site, OPTIONS)
    assert report.rendered == {
        "2024/05/01/a/index.html": "the published file is not as it was left"
    }
    assert page.read_bytes() == data


def test_a_published_file_that_was_only_touched_is_not_made_again(site: Path) -> None:
    build(site, OPTIONS)
    (site / "public/2024/05/01/a/index.html").touch()
    assert build(site, OPTIONS).rendered == {}
    assert build(site, OPTIONS).rendered == {}


def test_a_published_file_that_no_stamp_shows_is_noticed_by_who_does_not_trust_stamps(
    site: Path,
) -> None:
    build(site, OPTIONS)
    page = site / "public/2024/05/01/a/index.html"
    stamp, data = page.stat(), page.read_bytes()
    page.write_bytes(data.replace(b"alpha", b"aleph"))
    os.utime(page, ns=(stamp.st_mtime_ns, stamp.st_mtime_ns))
    assert build(site, OPTIONS).rendered == {}
    build(site, Options(now=NOW, jobs=1, trust_mtime=False))
    assert page.read_bytes() == data


# ---------------------------------------------------------------- memory


def test_without_its_memory_a_build_is_a_first_one(site: Path) -> None:
    first = build(site, OPTIONS)
    (work_folder(site / "public") / STATE_FILE).unlink()
    second = build(site, OPTIONS)
    assert set(second.rendered) == set(first.rendered)
    assert (second.pages.written, second.warnings) == (0, ())


def test_damaged_memory_is_forgotten_with_a_warning(site: Path) -> None:
    build(site, OPTIONS)
    before = tree(site / "public")
    (work_folder(site / "public") / STATE_FILE).write_bytes(b"no database" * 100)
    report = build(site, OPTIONS)
    assert [str(problem) for problem in report.warnings] == [
        "what earlier builds left was damaged and is forgotten; everything is built anew"
    ]
    assert tree(site / "public") == before
    assert build(site, OPTIONS).warnings == ()


def damaged_part(site: Path) -> Report:
    """A build whose memory of an article was changed behind its back."""
    import sqlite3

    with sqlite3.connect(work_folder(site / "public") / STATE_FILE) as state:
        state.execute("update parts set data = ?", (b"\xc0",))
    state.close()
    edit(site / "blogforge.yaml", "The Dispatch", "The Despatch")
    return build(site, OPTIONS)


def test_damage_that_shows_late_is_no_damage_to_the_tree(site: Path) -> None:
    build(site, OPTIONS)
    assert len(damaged_part(site).warnings) == 1
    assert tree(site / "public") == clean(site, "clean")


def test_a_build_that_fails_leaves_a_memory_that_holds(site: Path) -> None:
    build(site, OPTIONS)
    before, original = tree(site / "public"), (site / "posts/a.md").read_text(encoding="utf-8")
    edit(site / "posts/a.md", "words of alpha", "words of another alpha")
    edit(site / "posts/b.md", "title: Beta", "title: Beta\ntaggs: [x]")
    with pytest.raises(ContentError):
        build(site, OPTIONS)
    assert tree(site / "public") == before
    (site / "posts/a.md").write_text(original, encoding="utf-8")
    edit(site / "posts/b.md", "\ntaggs: [x]", "")
    assert build(site, OPTIONS).pages.changes == ()
    assert tree(site / "public") == before == clean(site, "clean")


def test_a_template_that_fails_leaves_a_memory_that_holds(site: Path, make_site: MakeSite) -> None:
    build(site, OPTIONS)
    before, original = tree(site / "public"), (site / "posts/a.md").read_text(encoding="utf-8")
    edit(site / "posts/a.md", "words of alpha", "words of another alpha")
    make_site({"templates/article.html": "{{ nothing_of_the_kind }}"}, config=None)
    with pytest.raises(ContentError):
        build(site, OPTIONS)
    (site / "posts/a.md").write_text(original, encoding="utf-8")
    (site / "templates/article.html").unlink()
    assert build(site, OPTIONS).pages.changes == ()
    assert tree(site / "public") == before


def test_a_memory_that_cannot_be_kept_is_a_warning_since_the_tree_is_out(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MachineError.of("the disk is full")

    with monkeypatch.context() as full_disk:
        full_disk.setattr("blogforge.renewal.remember_outcome", full)
        report = build(site, OPTIONS)
    assert [str(problem) for problem in report.warnings] == ["the disk is full"]
    assert tree(site / "public") == clean(site, "clean")
    assert build(site, OPTIONS).pages.changes == ()
    assert tree(site / "public") == clean(site, "clean")


def test_each_output_has_a_memory_of_its_own(site: Path) -> None:
    build(site, OPTIONS)
    preview = Options(now=NOW, jobs=1, future=True, output=str(site.parent / "preview"))
    assert build(site, preview).posts == 4
    assert build(site, OPTIONS).rendered == {}
    assert build(site, preview).rendered == {}


def test_what_is_published_follows_the_options(site: Path) -> None:
    build(site, OPTIONS)
    future = Options(now=NOW, jobs=1, future=True)
    assert "2026/02/01/later/index.html" in build(site, future).rendered
    report = build(site, OPTIONS)
    assert "2026/02/01/later/index.html" in dict(report.pages.changes)
    assert tree(site / "public") == clean(site, "clean")


def test_the_settings_that_sources_are_read_by_are_noticed(site: Path) -> None:
    build(site, OPTIONS)
    config = (site / "blogforge.yaml").read_text(encoding="utf-8")
    for line in ("permalink: /{slug}/", "timezone: Asia/Tokyo", "language: fr"):
        (site / "blogforge.yaml").write_text(f"{config}{line}\n", encoding="utf-8")
        build(site, OPTIONS)
        assert tree(site / "public") == clean(site, f"clean {line[:4]}")


def test_all_settings_that_content_sees_are_in_the_key_of_what_is_remembered() -> None:
    import ast

    from blogforge.config import OF_SOURCES, Config
    from tests.imports import modules

    allowed = {*OF_SOURCES, "base_path", "origin"}  # the parts of `url`
    seen = {
        node.attr
        for name, file in modules().items()
        if name.startswith("blogforge.content.")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and "config" in ast.unparse(node.value).split(".")
        and hasattr(Config, node.attr)
    }
    assert "timezone" in seen
    assert seen <= allowed
