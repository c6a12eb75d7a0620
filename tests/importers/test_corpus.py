"""A real desk in two languages moves in from its content folder alone, with all its mess."""

from collections import Counter
from pathlib import Path

import pytest

from blogforge.build import build
from blogforge.importers.account import Account
from blogforge.importers.moving import Asked, move
from blogforge.options import Options
from tests.importers.reading import read

pytestmark = pytest.mark.corpus
URL = "https://digital.canada.ca"


@pytest.fixture(scope="module")
def desk(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Account]:
    """The imported site, which is not to be changed, and the account."""
    folder = tmp_path_factory.mktemp("cds") / "site"
    found = read("hugo", corpora / "cds", url=URL)
    return folder, move(found, Asked(format="hugo", source="cds", folder=folder))


def test_every_post_is_there(desk: tuple[Path, Account]) -> None:
    _, account = desk
    assert (account.counted, account.posts, account.pages) == (328, 326, 0)
    assert [each.what for each in account.left_out] == ["section page", "section page"]


def test_it_builds_in_two_languages_with_pairs_joined(desk: tuple[Path, Account]) -> None:
    folder, _ = desk
    report = build(folder, Options(output=str(folder.parent / "public")))
    assert report is not None
    assert report.warnings == ()
    assert report.posts == 326
    french = [*(folder / "posts/fr").glob("*.md")]
    texts = [path.read_text(encoding="utf-8") for path in french]
    assert len(french) == 163
    # One pair has two different keys; nobody can know that it is one.
    assert Counter("\ntranslation_of: posts/" in text for text in texts) == {True: 162, False: 1}


def test_links_by_the_old_addresses_are_links_by_file(desk: tuple[Path, Account]) -> None:
    folder, account = desk
    assert any(
        "239 links say that posts were at /:year" in each.message for each in account.problems
    )
    text = (folder / "posts/2018-08-17-lexicon.md").read_text(encoding="utf-8")
    assert "[I’ve said before](2017-09-29-discussing-digital-in-french.md)" in text
    assert "aliases" not in text
    ours = {each.what for each in account.dead if "/20" in each.what}
    assert len(ours) < 40  # posts that the folder does not have
