"""Folders of copied articles -> posts and people, and what is told of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogforge.importers.found import Found, Instructions, Item
from blogforge.importers.source import opened
from blogforge.importers.text import read
from tests.importers.test_text import SAMPLES
from tests.importers.test_text_words import counted

if TYPE_CHECKING:
    from tests.conftest import MakeSite

LONG = "The convoys began to pass late last summer and kept coming into the winter of that year."


def imported(folder: Path, **said: Any) -> Found:
    """What is found in a folder."""
    with opened(str(folder)) as source:
        return read(source, Instructions(**said))


def written(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def only(found: Found) -> Item:
    (item,) = found.items
    return item


def told(item: Item) -> list[str]:
    return [note.what for note in item.notes]


def test_the_account_of_the_samples_adds_up() -> None:
    found = imported(SAMPLES)
    assert len(found.items) + sum(one.count for one in found.left_out) == found.counted
    assert {item.key for item in found.items} == {path.name for path in SAMPLES.iterdir()}


def test_posts_and_their_notes_hold_every_word() -> None:
    found = imported(SAMPLES)
    people = counted(*(person.bio for person in found.people))
    for item in found.items:
        raw = (SAMPLES / item.key).read_bytes()
        if item.key in {"mojibake.txt", "windows.txt", "invisible.txt"}:
            continue  # whose words are others once they can be read
        extra = str(item.extra)
        kept = counted(item.title, item.kicker, item.dek, item.body, *item.tags, extra, *told(item))
        kept += counted(*(text for _, text in item.corrections), item.section, *item.pin)
        assert not counted(raw.decode()) - kept - people, item.key


def test_a_list_pins_the_posts_that_came_along(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        one=f"How guns came to Mali\n\nMarch 21, 2012\n\n{LONG}\n\nMore from The Desk\n\n"
        "Libya’s Open Bunkers\n\nNobody counted them.\n\nSalt, still\n\nIt does not spoil.",
        two=f"Libya's open bunkers\n\nFebruary 14, 2012\n\n{LONG} Nobody counted.",
    )
    first, _ = imported(folder).items
    assert first.pin == ("two.txt",)
    assert first.extra == {"more_from": [{"title": "Salt, still", "dek": "It does not spoil."}]}


def test_a_list_pins_posts_that_the_site_has(tmp_path: Path, make_site: MakeSite) -> None:
    site = make_site(
        {
            "posts/2012-02-14-depots.md": '---\ntitle: "Libya\'s open bunkers"\n---\n',
            "posts/2014-09-02-salt.md": "---\ntitle: Salt, still\nstatus: draft\n---\n",
        }
    )
    text = f"Guns\n\nMarch 21, 2012\n\n{LONG}\n\nMore from us\n\nLibya’s open bunkers\nSalt, still"
    source = tmp_path / "source"
    source.mkdir()
    item = only(imported(written(source, guns=text), site=site))
    assert item.pin == ("posts/2012-02-14-depots.md",)
    assert item.extra == {"more_from": [{"title": "Salt, still"}]}  # a pin on a draft is an error


def test_a_section_of_the_site_above_the_headline_is_one(
    tmp_path: Path, make_site: MakeSite
) -> None:
    config = "title: T\nurl: https://t.example/\nsections: [{name: Africa}]\n"
    source = tmp_path / "source"
    source.mkdir()
    site = make_site({}, config)
    item = only(imported(written(source, salt=f"Africa\n\nSalt, still\n\n{LONG}"), site=site))
    assert (item.title, item.section) == ("Salt, still", "Africa")


def test_a_doubt_names_the_line_of_the_body(tmp_path: Path) -> None:
    text = f'Guns\n\n{LONG}\n\n{LONG} Soon.\n\n"It was never closed.\n\n{LONG} Late.'
    (note,) = [note for note in only(imported(written(tmp_path, guns=text))).notes if note.line]
    assert note.line == 5
    assert "never closed" in note.what


def test_the_command_line_says_what_a_text_does_not(tmp_path: Path) -> None:
    folder = written(tmp_path, salt=f"Salt, still\n\n{LONG}")
    item = only(imported(folder, date="2014-09-02", section="Africa", author="ines"))
    assert (item.date, item.section, item.authors) == ("2014-09-02", "Africa", ("ines",))


def test_a_text_without_a_headline_is_called_after_its_file(tmp_path: Path) -> None:
    item = only(imported(written(tmp_path, salt_still=f"{LONG} {LONG} {LONG}")))
    assert item.title == "salt still"
    assert item.body.count("The convoys") == 3
    assert any("no headline was found" in note for note in told(item))


def test_notes_name_the_line_and_the_words_left_out(tmp_path: Path) -> None:
    item = only(imported(written(tmp_path, salt=f"Salt, still\n\nShare this: Print\n\n{LONG}")))
    (note,) = [note for note in item.notes if "sharing" in note.what]
    assert note.what == "salt.txt:3: left out as links for sharing: Share this: Print"


def test_what_is_no_article_is_left_out_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8")
    folder = written(
        tmp_path,
        empty=" \n",
        page="<!DOCTYPE html><title>x</title>",
        salt=f"Salt\n\n{LONG}",
        salt_again=f"Salt\n{LONG}",
    )
    found = imported(folder)
    reasons = {one.origin.path: one.reason for one in found.left_out}
    assert reasons["picture.jpg"] == "its name does not end in .txt"
    assert reasons["empty.txt"] == "it has no words"
    assert reasons["page.txt"].startswith("it is no plain text")
    assert reasons["salt_again.txt"] == "it says the same as salt.txt"
    assert found.counted == 5
    assert len(found.items) == 1


def test_bios_become_people_and_the_fullest_one_counts(tmp_path: Path) -> None:
    end = "Jane Doe is a writer on the Sahel. Follow her on Twitter: @jane."
    folder = written(
        tmp_path,
        one=f"One\n\nBy JANE DOE\n\nMarch 21, 2012\n\n{LONG}",
        two=f"Two\n\nBy Jane Doe\n\nMarch 22, 2012\n\n{LONG} {LONG}\n\n{end}",
    )
    found = imported(folder)
    (person,) = found.people
    assert (person.id, person.name, person.handle) == ("jane-doe", "Jane Doe", "@jane")
    assert person.bio == "Jane Doe is a writer on the Sahel."
    assert all(item.authors == ("jane-doe",) for item in found.items)
