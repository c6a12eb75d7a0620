"""What is kept of documents: it saves work, and changes nothing of what is found."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from blogforge.check import check, notes
from blogforge.check.notes import KEPT
from blogforge.cli.common import moment
from blogforge.model import Document, Page
from blogforge.options import Options
from tests.commands import run
from tests.conftest import MakeSite

NOW = ("--now", "2026-01-01T00:00Z")
POST = "---\ntitle: {title}\ndate: 2025-01-0{day}\n---\n\nThe the word, and [a link](/{title}/).\n"
FILES = {f"posts/{t}.md": POST.format(title=t, day=day) for day, t in enumerate("abc", 1)}


@pytest.fixture
def built(make_site: MakeSite) -> Path:
    site = make_site(FILES)
    assert run(site, "build", *NOW).status == 0
    return site


def read(site: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """What a check finds, and which documents it reads for that."""
    seen: list[str] = []
    noted = notes._noted

    def spy(pile: notes._Pile, document: Document) -> bytes:
        seen.append(document.path)
        return noted(pile, document)

    monkeypatch.setattr(notes, "_noted", spy)
    found = [f"{p.location} {p.rule}" for p in check(site, Options(jobs=1))]
    monkeypatch.undo()
    return found, seen


def test_a_document_is_read_again_only_when_it_changes(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = sorted(FILES)
    first, seen = read(built, monkeypatch)
    assert seen == paths[::-1]
    assert read(built, monkeypatch) == (first, [])
    (built / "posts/b.md").write_text(POST.format(title="b", day=2).replace("The the", "One the"))
    found, seen = read(built, monkeypatch)
    assert seen == ["posts/b.md"]
    assert found == [f for f in first if f != "posts/b.md:6:5 doubled-word"]
    (built / "posts/b.md").unlink()
    assert read(built, monkeypatch) == ([f for f in first if "/b.md" not in f], [])


def test_a_check_before_any_build_keeps_nothing(make_site: MakeSite) -> None:
    site = make_site(FILES)
    check(site, Options(jobs=1))
    assert sorted(path.name for path in site.iterdir()) == ["blogforge.yaml", "posts"]


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"not notes at all"])
def test_damaged_notes_are_no_notes(
    damage: bytes, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = read(built, monkeypatch)
    (kept,) = built.rglob(KEPT)
    kept.write_bytes(damage)
    assert read(built, monkeypatch)[0] == first
    assert kept.read_bytes() != damage


def test_pages_are_made_only_where_no_build_has_made_them(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Page] = []

    def spy(pages: Sequence[Page], *_: object) -> Sequence[Page]:
        made.extend(pages)
        return pages

    monkeypatch.setattr("blogforge.check.rendered", spy)
    check(built, Options(jobs=1, now=moment("2026-01-01", built)))
    assert made == []
    (built / "posts/b.md").write_text(POST.format(title="B", day=2))
    check(built, Options(jobs=1, now=moment("2026-01-01", built)))
    assert len(made) > 0
    assert "2025/01/02/b/index.html" in {page.path for page in made}


def test_a_template_that_was_broken_since_the_build_is_told(built: Path) -> None:
    (built / "templates").mkdir()
    (built / "templates/article.html").write_text("{{ nothing }}")
    problems = check(built, Options(jobs=1))
    assert ("build", "error") in {(p.rule, p.level) for p in problems}
