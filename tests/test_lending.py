"""Who only looks at a site has what the last build left, and leaves it as it was."""

from pathlib import Path
from typing import Any

import pytest

from blogforge.build import build
from blogforge.content.markdown import render
from blogforge.lending import lent
from blogforge.model import Article, Document, Source
from blogforge.options import Options
from blogforge.output.state import STATE_FILE, DamagedStateError
from blogforge.proposals import proposals
from blogforge.rationale import explain_related
from blogforge.stories import stories
from tests.commands import tree
from tests.conftest import MakeSite
from tests.test_reasons import NEWS

ONE = Options(jobs=1)
POST = "posts/2012-03-05-sanctions.md"


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    root = make_site(NEWS)
    build(root, ONE)
    return root


def state_of(root: Path) -> Path:
    return root / ".public.blogforge" / STATE_FILE


def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the documents that are rendered from now on."""
    paths: list[str] = []

    def noted(source: Source, document: Document, *rest: Any) -> Article:
        paths.append(document.path)
        return render(source, document, *rest)

    monkeypatch.setattr("blogforge.content.articles.render", noted)
    return paths


def test_what_a_build_made_is_not_made_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = rendered(monkeypatch)
    explain_related(site, "coup", ONE)
    assert again == []
    (site / POST).write_text(NEWS[POST].replace("junta", "council"))
    explain_related(site, "coup", ONE)
    assert again == [POST]


def test_stories_are_looked_for_in_what_is_known(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = rendered(monkeypatch)
    stories(site, ONE)
    proposals(site, ONE)
    assert again == []


def test_nothing_is_written(site: Path) -> None:
    (site / POST).write_text(NEWS[POST].replace("junta", "council"))
    before = tree(site)
    explain_related(site, "coup", ONE)
    after = tree(site)
    log = f"{state_of(site).relative_to(site).as_posix()}-wal"
    assert after.pop(log, b"") == b""
    after.pop(log.replace("-wal", "-shm"), None)  # whose readers share it
    assert after == before


@pytest.mark.parametrize("options", [ONE, Options(jobs=1, drafts=True)])
def test_it_is_what_comes_from_nothing(options: Options, site: Path) -> None:
    (site / POST).write_text(NEWS[POST].replace("Bamako", "Kidal"))
    (site / "posts/2012-02-01-other.md").unlink()
    (site / "posts/2012-03-07-new.md").write_text("---\ntitle: New\nstatus: draft\n---\n\nJunta.\n")
    remembered, _ = explain_related(site, "coup", options)
    state_of(site).unlink()
    assert explain_related(site, "coup", options)[0] == remembered


def test_a_damaged_memory_is_none(site: Path) -> None:
    expected, _ = explain_related(site, "coup", ONE)
    for damage in (b"", b"no database", state_of(site).read_bytes()[:9000]):
        state_of(site).write_bytes(damage)
        assert explain_related(site, "coup", ONE)[0] == expected
        assert state_of(site).read_bytes()[:20] == damage[:20] or not damage


def test_what_goes_while_it_is_read_is_made_anew(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, _ = explain_related(site, "coup", ONE)
    memory = lent(site, ONE)
    with pytest.raises(DamagedStateError):
        memory.shelf["article:posts/gone.md"]

    class Emptied:
        def __getitem__(self, name: str) -> bytes:
            raise DamagedStateError(name)

    monkeypatch.setattr("blogforge.lending.lent", lambda *_: memory._replace(shelf=Emptied()))
    assert explain_related(site, "coup", ONE)[0] == expected
