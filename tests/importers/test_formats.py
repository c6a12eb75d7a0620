"""What every format promises, on a sample site of each: nothing is lost, and all of it works."""

import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from blogforge.build import build
from blogforge.config import load_config
from blogforge.importers import reader
from blogforge.importers.account import Account
from blogforge.importers.found import Found, Instructions
from blogforge.importers.moving import Asked, move
from blogforge.importers.source import opened
from blogforge.options import Options
from tests.importers.desk import tree

HERE = Path(__file__).parent / "samples"
SAMPLES = {
    "wordpress": ("wordpress.xml", Instructions()),
    "feed": ("feed", Instructions()),
    "text": ("text", Instructions()),
    "ghost": ("ghost.json", Instructions(url="https://bread.example")),
    "hugo": ("hugo", Instructions()),
    "jekyll": ("jekyll", Instructions()),
    "pelican": ("pelican", Instructions()),
}
# What their authors got wrong, and only they can mend.
WARNINGS = {
    "hugo": ["posts/2012-03-21-guns-on-the-river.md:22:11: links to no-such-page.md, which is not"]
}


def found(form: str) -> Found:
    name, instructions = SAMPLES[form]
    if form == "pelican":
        pytest.importorskip("docutils")
    with opened(str(HERE / name)) as source:
        return reader(form)(source, instructions)


def moved(form: str, folder: Path) -> Account:
    instructions = SAMPLES[form][1]
    asked = Asked(format=form, source=form, folder=folder, instructions=instructions)
    return move(found(form), asked)


@pytest.fixture(scope="module", params=SAMPLES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "Site":
    """A sample moved into a site, and built."""
    folder = tmp_path_factory.mktemp(request.param) / "site"
    account = moved(request.param, folder)
    report = build(folder, Options(output=str(folder.parent / "public")))
    assert report is not None
    return Site(request.param, folder, account, [str(each) for each in report.warnings])


class Site:
    def __init__(self, form: str, folder: Path, account: Account, warnings: list[str]) -> None:
        self.form = form
        self.folder = folder
        self.account = account
        self.warnings = warnings


def test_the_account_adds_up_and_leaves_nothing_out_that_it_read(site: Site) -> None:
    account, read = site.account, found(site.form)
    left = sum(each.count for each in account.left_out)
    assert account.counted == account.posts + account.pages + left
    assert account.posts + account.pages == len(read.items)


def test_the_site_builds_without_a_warning(site: Site) -> None:
    expected = WARNINGS.get(site.form, [])
    assert len(site.warnings) == len(expected), site.warnings
    assert all(map(str.startswith, site.warnings, expected))


def test_every_old_address_answers(site: Site) -> None:
    public = site.folder.parent / "public"
    lines = public / "_redirects"  # there is none where every address is as it was
    rules = lines.read_text(encoding="utf-8").split() if lines.exists() else []
    items = [
        item
        for item in found(site.form).items
        if item.old
        and item.status == "published"
        and (item.kind == "page" or "" < max(item.date, item.embargo)[:4] < "2030")
    ]
    base = load_config(site.folder).base_path
    assert items
    for item in items:
        for old in (item.old, *item.aliases):
            path = "/" + unquote(urlsplit(old).path).removeprefix(base).lstrip("/")
            page = public / path.strip("/") / "index.html"
            assert (
                page.is_file() or (public / path.strip("/")).is_file() or base + path[1:] in rules
            ), old


def test_every_old_list_and_feed_answers(site: Site) -> None:
    public = site.folder.parent / "public"
    redirects = load_config(site.folder).redirects
    for old in redirects:
        path = public / old.strip("/")
        assert path.is_file() or (path / "index.html").is_file(), old
    feeds = {"wordpress": "/feed/", "ghost": "/rss/", "hugo": "/index.xml"}
    assert site.form not in feeds or redirects[feeds[site.form]].endswith("/feed.xml")
    listed = [taxon for taxon in found(site.form).taxa if taxon.addresses]
    assert not listed or any("/feed" not in new for new in redirects.values())
    assert moved(site.form, site.folder).redirects == {}  # they are in the configuration


def test_a_second_run_writes_nothing(site: Site) -> None:
    before = tree(site.folder)
    again = moved(site.form, site.folder)
    assert tree(site.folder) == before
    assert set(again.written.fates.values()) == {"unchanged"}


def test_a_hand_edit_survives(site: Site) -> None:
    post = min((site.folder / "posts").glob("*.md"))
    text = post.read_text(encoding="utf-8")
    try:
        post.write_text(text + "\nMine.\n", encoding="utf-8")
        moved(site.form, site.folder)
        assert post.read_text(encoding="utf-8") == text + "\nMine.\n"
    finally:
        post.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("form", ["hugo", "jekyll", "pelican"])
def test_an_archive_of_a_site_is_the_site(form: str, tmp_path: Path) -> None:
    folder = found(form)
    shutil.make_archive(str(tmp_path / form), "zip", HERE, form)
    with opened(str(tmp_path / f"{form}.zip")) as source:
        archived = reader(form)(source, Instructions())
    assert [(item.key, item.old) for item in archived.items] == [
        (item.key, item.old) for item in folder.items
    ]
    assert archived.settings == folder.settings
