"""The laws of every import, on a source with what tends to go wrong."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from msgspec.structs import replace

from blogforge.build import build
from blogforge.config import load_config
from blogforge.content.frontmatter import parse_post, split
from blogforge.errors import ConfigError, Location
from blogforge.importers import account, moving, writing
from blogforge.importers.account import Account
from blogforge.importers.found import Found, Instructions, Item
from blogforge.importers.moving import Asked, move
from blogforge.options import Options
from blogforge.output import single
from tests.importers.desk import FOUND, ITEMS, URL, tree

# What the account tells: another item has it, or a page of our own, or it is not published.
NOT_ANSWERED = {"/2012/03/21/Libya-Mali/", "/author/jane/", "/stops/"}


def moved(folder: Path, found: Found = FOUND, **asked: Any) -> Account:
    return move(found, Asked(format="wordpress", source="export.xml", folder=folder, **asked))


def changed(key: str, **fields: Any) -> Found:
    items = tuple(replace(item, **fields) if item.key == key else item for item in ITEMS)
    return replace(FOUND, items=items)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the import of all of it has written; not to be changed."""
    folder = tmp_path_factory.mktemp("moved") / "site"
    moved(folder)
    return folder


def test_a_site_that_is_there_is_told_where_lists_lead(tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    (root / "blogforge.yaml").write_text("title: Desk\nurl: https://desk.example/\n", "utf-8")
    done = moved(root)
    assert done.redirects["/category/africa/"] == "/section/africa/"
    assert "  /category/africa/: /section/africa/\n" in account.as_text(done)


def test_what_the_source_has_no_more_stays_and_is_told(tmp_path: Path) -> None:
    first = moved(tmp_path / "site")
    assert first.gone == ()
    fewer = replace(FOUND, items=ITEMS[1:], counted=FOUND.counted - 1)
    again = moved(tmp_path / "site", fewer)
    (path,) = again.gone
    assert (tmp_path / "site" / path).is_file()
    assert f"in the site, and no more in the source (1):\n  {path}" in account.as_text(again)


def test_the_account_adds_up(tmp_path: Path) -> None:
    done = moved(tmp_path / "site")
    assert (done.counted, done.posts, done.pages) == (15, 9, 3)
    assert sum(each.count for each in done.left_out) == 3
    text = account.as_text(done)
    assert text.startswith("wordpress: 15 found = 12 imported (9 posts, 3 pages) + 3 left out\n")
    assert "broken.png" in text
    assert "posts/2012-04-01-next-one.md:9: a note" in text
    assert "it-would-stop-a-build.md:12: footnote [^1] is defined twice; it is a draft" in text
    redirects = load_config(tmp_path / "site").redirects
    assert redirects["/category/africa/"] == "/section/africa/"
    assert "unused" not in text
    assert account.as_json(done)


def test_what_is_lost_is_no_account() -> None:
    with pytest.raises(AssertionError, match="16 found, but 15 accounted for"):
        moved(Path("nowhere"), replace(FOUND, counted=16), dry=True)


def test_the_site_builds_and_every_old_address_answers(site: Path, tmp_path: Path) -> None:
    report = build(site, Options(output=str(tmp_path / "public")))
    public = tmp_path / "public"
    assert report is not None
    rules = (public / "_redirects").read_text(encoding="utf-8")
    for item in ITEMS:
        for old in (item.old, *item.aliases):
            path = unquote(urlsplit(old).path)
            if not old or "?" in old or item.status == "draft":
                continue
            there = public / path.strip("/")
            known = there.is_file() or (there / "index.html").is_file()
            assert known or f"{path} " in rules or path in NOT_ANSWERED, old


def test_every_field_is_read_back(site: Path) -> None:
    path = "posts/2012-03-21-libya-mali.md"
    text = (site / path).read_text(encoding="utf-8")
    _, post = parse_post(path, text, "", load_config(site))
    item = ITEMS[0]
    assert (post.title, post.dek, post.section) == (item.title, item.dek, item.section)
    assert post.tags == ("mali", "no", "1984", "12:30")
    assert post.authors == ("jane", "An Agency")
    assert post.date.isoformat() == "2012-03-21T10:00:00+01:00"
    assert post.extra == item.extra
    assert [entry.text for entry in post.corrections] == ["It was Gao."]
    assert [(entry.title, entry.url) for entry in post.sources] == [
        ("https://un.example/report", "https://un.example/report"),
        ("A: report", "https://un.example/"),
    ]
    assert post.image is not None
    assert (post.image.src, post.image.credit) == ("/wp-content/uploads/2012/gun.png", "Jane")
    assert post.id == item.id
    assert post.aliases == ("/old/libya.html",)


def test_links_become_links_by_file(site: Path) -> None:
    first = split((site / "posts/2012-03-21-libya-mali.md").read_text(encoding="utf-8"), "").body
    assert "[next](2012-04-01-next_one.md#part)" in first.replace("next-one", "next_one")
    assert "[the team](../pages/about/team.md)" in first
    assert f"[nowhere]({URL}/nowhere/)" in first
    assert "[Africa](/section/africa/)" in first
    assert "![A gun](/wp-content/uploads/2012/gun.png)" in first
    second = split((site / "posts/2012-04-01-next-one.md").read_text(encoding="utf-8"), "").body
    assert second.strip() == (
        "Text [a](2012-03-21-libya-mali.md) `[b](/about/)` [d](/1970/01/01/draft/)"
        f" [n](2012-04-01-next-one.md) [m]({URL}/files/x.pdf) [c](2012-05-01-miroir.md)"
        " [gone](gone.md)\n\n    [code](/about/)\n\n[ref]: ../pages/about/team.md 'x'\n\n[ref]"
    )


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    moved(folder)
    before = tree(folder)
    stamps = {path: (folder / path).stat().st_mtime_ns for path in before}
    done = moved(folder)
    assert tree(folder) == before
    assert {path: (folder / path).stat().st_mtime_ns for path in before} == stamps
    assert set(done.written.fates.values()) == {"unchanged"}


def test_a_hand_edit_and_a_deletion_survive(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    moved(folder)
    edited, deleted = folder / "posts/2012-03-21-libya-mali.md", folder / "pages/about/team.md"
    edited.write_text("---\ntitle: Mine\n---\n", encoding="utf-8")
    deleted.unlink()
    done = moved(folder, changed("1", body="Another text"))
    assert edited.read_text(encoding="utf-8") == "---\ntitle: Mine\n---\n"
    assert not deleted.exists()
    assert done.written.of("kept") == ["posts/2012-03-21-libya-mali.md"]
    assert done.written.of("gone") == ["pages/about/team.md"]


def test_a_source_that_changed_updates_what_nobody_touched(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    moved(folder)
    before = tree(folder)
    done = moved(folder, changed("2", title="Next, renamed", body="Another text"))
    after = tree(folder)
    assert done.written.of("updated") == ["posts/2012-04-01-next-one.md"]
    assert {path for path in after if after[path] != before.get(path)} == {
        "posts/2012-04-01-next-one.md",
        ".blogforge-import",
    }


def test_a_site_that_is_there_keeps_what_it_has(tmp_path: Path) -> None:
    own = {
        "blogforge.yaml": "title: Mine\nurl: https://mine.example/\npermalink: /{slug}/\n",
        "authors.yaml": "# mine\nwriter: {name: 'Jane: Doe'}",
        "posts/2012-04-01-next-one.md": "---\ntitle: Own\ndate: 2012-04-01\nslug: own\n---\n",
        "static/wp-content/uploads/2012/gun.png": "my own",
    }
    for path, text in own.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    done = moved(tmp_path)
    for path, text in own.items():
        assert (tmp_path / path).read_text(encoding="utf-8") == text
    assert (tmp_path / "posts/2012-04-01-next_one-2.md").exists() or (
        tmp_path / "posts/2012-04-01-next-one-2.md"
    ).exists()
    text = (tmp_path / "posts/2012-03-21-libya-mali.md").read_text(encoding="utf-8")
    assert "authors: [writer, An Agency]" in text
    assert "aliases: [/2012/03/21/libya-mali/, /old/libya.html]" in text
    assert done.people == 0


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(ConfigError, match="has files and is no site"):
        moved(tmp_path)
    assert tree(tmp_path) == {"thesis.doc": b"mine"}


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    done = moved(tmp_path / "site", dry=True)
    assert not (tmp_path / "site").exists()
    assert done.written.count()["new"] == 17


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "blogforge.yaml").write_text("title: x\nurl: https://x.example/\n")
    (folder / "posts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match="leads out"):
        moved(folder)
    assert not [*(tmp_path / "elsewhere").iterdir()]


class _CutOffError(Exception):
    pass


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_an_import_that_is_cut_off_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    moved(tmp_path / "whole")
    whole = tree(tmp_path / "whole")
    real = single.write_file
    for count in range(0, 17, 3):
        folder = tmp_path / f"cut-{before}-{count}"
        left = [count]

        def cut(path: Path, data: bytes, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0 and before:
                raise _CutOffError
            real(path, data)
            if left[0] < 0:
                raise _CutOffError

        for module in (writing, moving):
            monkeypatch.setattr(module, "write_file", cut)
        with pytest.raises(_CutOffError):
            moved(folder)
        monkeypatch.undo()
        moved(folder)
        found = tree(folder)
        assert found.keys() == whole.keys()
        assert {p for p in found if found[p] != whole[p]} <= {".blogforge-import"}, count


def test_two_sources_do_not_meet(tmp_path: Path) -> None:
    moved(tmp_path)
    other = Item(key="1", origin=ITEMS[0].origin, title="Other", date="2012-03-21", body="x")
    found = Found(counted=1, items=(other,), settings={"url": "https://other.example/"})
    done = moved(tmp_path, found)
    assert done.written.of("new") == ["posts/2012-03-21-other.md"]


def test_a_permalink_amid_our_own_pages_names_every_post(tmp_path: Path) -> None:
    (tmp_path / "blogforge.yaml").write_text(
        "title: Mine\nurl: https://mine.example/\npermalink: /archive/{slug}/\n"
    )
    assert moved(tmp_path, dry=True).posts == 9


def test_a_source_is_known_again_when_its_address_is_said_later(tmp_path: Path) -> None:
    found = replace(FOUND, settings=FOUND.settings | {"url": ""})
    first = moved(tmp_path, found)
    again = moved(tmp_path, found, instructions=Instructions(url=f"{URL}/"))
    assert again.written.fates.keys() <= first.written.fates.keys()


def test_somebody_else_of_the_same_id_stays_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "blogforge.yaml").write_text("title: Mine\nurl: https://mine.example/\n")
    (tmp_path / "authors.yaml").write_text("jane: {name: Jane Roe}\n")
    moved(tmp_path)
    written = (tmp_path / "authors.yaml").read_text(encoding="utf-8")
    assert written.startswith("jane: {name: Jane Roe}\njane-2:\n  name: 'Jane: Doe'\n")
    text = (tmp_path / "posts/2012-03-21-libya-mali.md").read_text(encoding="utf-8")
    assert "authors: [jane-2, An Agency]" in text


def test_an_author_renamed_by_hand_is_known_again(tmp_path: Path) -> None:
    moved(tmp_path)
    authors = tmp_path / "authors.yaml"
    renamed = authors.read_text(encoding="utf-8").replace("'Jane: Doe'", "Jane M. Doe")
    authors.write_text(renamed, encoding="utf-8")
    again = moved(tmp_path)
    assert authors.read_text(encoding="utf-8") == renamed
    assert set(again.written.fates.values()) == {"unchanged"}


def test_of_many_notes_the_account_shows_each_kind_once(tmp_path: Path) -> None:
    done = moved(tmp_path / "site", dry=True)
    whats = [f"a.txt:{n}: read as the byline: {n}" for n in range(30)]
    whats += ["<iframe> stays HTML", "<audio> stays HTML", "the shortcode [a b] stays", "[c] stays"]
    notes = tuple(
        account.Told(where=Location(f"{n}.md"), what=what) for n, what in enumerate(whats)
    )
    text = account.as_text(replace(done, notes=notes))
    assert "not as it was (34; the first of each kind, --json has all):" in text
    assert "  0.md: a.txt:0: read as the byline: 0 (and 29 more like it)\n" in text
    assert text.count(".md: a.txt") == 1
    assert "  30.md: <iframe> stays HTML\n  31.md: <audio> stays HTML\n" in text
    few = account.as_text(replace(done, notes=notes[:20]))
    assert few.count(": read as the byline") == 20


def test_the_old_front_page_is_answered_by_the_new_one(tmp_path: Path) -> None:
    done = moved(tmp_path / "site", changed("1", old=f"{URL}/"), dry=True)
    assert not [old for old in done.unanswered if old in {URL, f"{URL}/"}]
