"""The beginnings of a site and of a post: they build as they are, and overwrite nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest
import yaml

from blogforge.build import build
from blogforge.check import check
from blogforge.config import load_config
from blogforge.errors import ConfigError, MachineError
from blogforge.new import create_post, create_site
from blogforge.options import Options
from blogforge.search import pagefind
from tests.commands import pages, run, tree
from tests.conftest import CONFIG, MakeSite
from tests.searching import INSTALLED

NOW = datetime(2026, 3, 21, 10, 30, tzinfo=UTC)
PLAIN = "markdown: {typography: false}\nsocial_cards: {enabled: false}\n"
TITLES = [
    "Plain words",
    "Libya's guns: Mali's war",
    'He said: "no"',
    "50% of #1 & [more] {things}",
    "- a dash: and ? signs",
    "@handle *stars* !bang |pipe >",
    "No",
    "1984",
    "2012-03-21",
    "حرب مالي: ما بعدها",
    "原油与大米",
    "Camel 🐪 trains",
    "back\\slash and 'quotes'",
    "  spaces   and\ttabs \n and lines ",
    "x" * 300,
]


# ---------------------------------------------------------------- a site


def test_a_new_site_builds_and_has_nothing_to_mend(tmp_path: Path) -> None:
    folder = tmp_path / "my-desk"
    made = list(create_site(folder, NOW))
    assert all(path.is_file() for path in made)
    report = build(folder, Options(now=NOW + timedelta(minutes=1), jobs=1))
    assert (report.posts, report.skipped, report.warnings) == (1, (), ())
    assert check(folder, Options(now=NOW, jobs=1)) == ()
    found = pages(folder / "public")
    assert "The first post" in found["index.html"]
    assert "about/index.html" in found


def test_what_commands_make_of_a_new_site_is_kept_out_of_version_control(tmp_path: Path) -> None:
    list(create_site(tmp_path / "desk", NOW))
    ignored = (tmp_path / "desk/.gitignore").read_text().splitlines()
    assert ignored == ["public/", ".public.blogforge/", "digest/", "*.epub"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("my-desk", "My Desk"),
        ("on: off", "On: Off"),
        ("1984", "1984"),
        ('the "desk"', 'The "Desk"'),
        ("#1", "#1"),
        ("مكتب", "مكتب"),
    ],
)
def test_the_folders_name_becomes_the_title(name: str, title: str, tmp_path: Path) -> None:
    list(create_site(tmp_path / name, NOW))
    assert load_config(tmp_path / name).title == title


def test_readers_can_search_it_where_that_can_be_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(create_site(tmp_path / "here", NOW))
    assert load_config(tmp_path / "here").search is INSTALLED
    monkeypatch.setattr(pagefind, "find_spec", lambda _name: None)
    list(create_site(tmp_path / "there", NOW))
    assert load_config(tmp_path / "there").search is False


def test_the_command_starts_a_site_that_the_next_one_builds(tmp_path: Path) -> None:
    outcome = run(tmp_path, "new", "site", "my desk")
    assert outcome.status == 0
    assert outcome.out.splitlines()[-1] == "next: cd 'my desk' && blogforge serve"
    built = run(tmp_path / "my desk", "build")
    assert built.status == 0
    assert built.err == ""
    assert "Published 1 post" in built.out, "dated in the site's zone, so not in its future"


def test_an_empty_folder_is_good_enough(tmp_path: Path) -> None:
    list(create_site(tmp_path, NOW))
    assert (tmp_path / "blogforge.yaml").exists()


@pytest.mark.parametrize("there", ["a file in it", "a file", "a link to nothing"])
def test_nothing_that_is_there_is_overwritten(there: str, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    if there == "a file":
        folder.write_text("mine")
    elif there == "a link to nothing":
        folder.symlink_to("gone")
    else:
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(ConfigError, match="nothing was written"):
        list(create_site(folder, NOW))
    assert tree(tmp_path) == before


def test_a_place_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(MachineError, match=r"cannot write .*blogforge\.yaml: Permission denied"):
        list(create_site(tmp_path / "desk", NOW))


# ---------------------------------------------------------------- a post


@pytest.mark.parametrize("title", TITLES)
def test_a_new_post_builds_with_the_title_it_was_given(title: str, make_site: MakeSite) -> None:
    site = make_site({}, config=f"{CONFIG}{PLAIN}")
    path = create_post(site, title, NOW, draft=False)
    assert path.parent == site / "posts"
    assert path.name.startswith("2026-03-21-")
    matter = yaml.safe_load(path.read_text().split("---\n")[1])
    assert matter["title"] == " ".join(title.split())
    report = build(site, Options(now=NOW, jobs=1))
    assert (report.posts, report.warnings) == (1, ())
    assert {p.rule for p in check(site, Options(now=NOW, jobs=1))} == {"empty-article"}


def test_a_new_post_is_a_draft_unless_told_otherwise(make_site: MakeSite) -> None:
    site = make_site({})
    create_post(site, "One", NOW, draft=True)
    assert [skip.reason for skip in build(site, Options(now=NOW, jobs=1)).skipped] == ["draft"]
    assert build(site, Options(now=NOW, jobs=1, drafts=True)).posts == 1


@pytest.mark.parametrize("title", ["", "   ", "!?", "🐪"])
def test_a_title_needs_a_letter_or_digit(title: str, make_site: MakeSite) -> None:
    site = make_site({})
    with pytest.raises(ConfigError, match="has no letter or digit") as caught:
        create_post(site, title, NOW, draft=True)
    assert caught.value.problems[0].hint
    assert not (site / "posts").exists()


def test_a_title_with_a_control_character_is_refused(make_site: MakeSite) -> None:
    with pytest.raises(ConfigError, match=r"'a\\x1bb' has a character"):
        create_post(make_site({}), "a\x1bb", NOW, draft=True)


def test_a_post_that_is_there_is_not_overwritten(make_site: MakeSite) -> None:
    site = make_site({"posts/2026-03-21-one.md": "mine"})
    with pytest.raises(ConfigError, match=r"2026-03-21-one\.md is there already"):
        create_post(site, "One", NOW, draft=True)
    assert (site / "posts" / "2026-03-21-one.md").read_text() == "mine"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_command_dates_a_post_in_the_sites_zone(zone: str, make_site: MakeSite) -> None:
    site = make_site({}, config=f"{CONFIG}timezone: {zone}\n")
    before = datetime.now(ZoneInfo(zone))
    outcome = run(site, "new", "post", "One", "--publish")
    after = datetime.now(ZoneInfo(zone))
    assert outcome.status == 0
    (path,) = (site / "posts").iterdir()
    assert path.name in {f"{moment:%Y-%m-%d}-one.md" for moment in (before, after)}
    assert str(path.relative_to(site)) in outcome.out
    assert build(site, Options(jobs=1)).posts == 1, "not in its own future"


def test_edit_opens_the_post_in_the_editor(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "edit", lambda *, filename: opened.append(filename))
    site = make_site({})
    assert run(site, "new", "post", "One").status == 0
    assert opened == []
    assert run(site, "new", "post", "Two", "--edit").status == 0
    assert [(site / path).name[11:] for path in opened] == ["two.md"]
    assert (site / opened[0]).is_file()


def test_a_post_needs_a_site(tmp_path: Path) -> None:
    outcome = run(tmp_path, "new", "post", "One")
    assert outcome.status == 2
    assert "there is no blogforge.yaml here" in outcome.err
    assert "blogforge new site" in outcome.err
    assert list(tmp_path.iterdir()) == []
