"""Sources that somebody broke: told by name or moved in, and what is moved in can be built."""

import errno
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.commands import run
from tests.importers.reading import SAMPLES, site

PAGE = "---\ntitle: {}\ndate: 2012-03-21\n---\n\nText.\n"


def moved(folder: Path, form: str, source: str) -> str:
    """What the import says, once it is seen that its site can be built, and said again is so."""
    done = run(folder, "import", form, source, "--into", "desk")
    assert done.status == 0, done
    again = run(folder, "import", form, source, "--into", "desk", "--json")
    assert set(json.loads(again.out)["written"]["fates"].values()) == {"unchanged"}
    built = run(folder / "desk", "build", "--now", "2026-01-01")
    assert built.status == 0, built
    return done.out


def test_a_site_of_pages_alone_is_a_site(tmp_path: Path) -> None:
    files = {"_config.yml": "title: T\nurl: https://t.example\n", "about.md": PAGE.format("About")}
    site(tmp_path / "old", files)
    assert moved(tmp_path, "jekyll", "old").startswith("jekyll: 1 found = 1 imported")


def test_a_page_that_translates_a_post_is_a_page(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://t.example/"\nlanguages = {en = {}, fr = {}}\n',
        "content/news/ferry.md": PAGE.format("The ferry"),
        "content/news/ferry.fr.md": "---\ntitle: Le bac\n---\n\nTexte.\n",
    }
    site(tmp_path / "old", files)
    assert "what it translates, 'content/news/ferry.md', is a post" in (
        moved(tmp_path, "hugo", "old")
    )


def test_names_with_odd_line_ends_are_known_again(tmp_path: Path) -> None:
    files = {f"content/news/a{end}b.md": PAGE.format("A") for end in ("\u2028", "\x85", "\x1c")}
    site(tmp_path / "old", {"hugo.toml": 'baseURL = "https://t.example/"\n', **files})
    moved(tmp_path, "hugo", "old")


def test_a_source_whose_files_have_other_names_now_has_posts_beside_the_old_ones(
    tmp_path: Path,
) -> None:
    front = "---\ntitle: A\ndate: 2012-03-21\naliases: [/short/]\n---\n\nText.\n"
    files = {"hugo.toml": 'baseURL = "https://t.example/"\n', "content/news/a.md": front}
    old = site(tmp_path / "old", files)
    moved(tmp_path, "hugo", "old")
    (old / "content/news/a.md").rename(old / "content/news/b.md")
    said = moved(tmp_path, "hugo", "old")
    assert "old addresses that need a rule of your host" in said
    posts = sorted(path.name for path in (tmp_path / "desk/posts").glob("*.md"))
    assert len(posts) == 2


@pytest.mark.parametrize("name", ["2012-03-21-mine.md", "2012-03-21-a.md"])
def test_what_comes_in_leaves_addresses_to_whom_they_belong(name: str, tmp_path: Path) -> None:
    own = {
        "blogforge.yaml": "title: T\nurl: https://t.example/\npermalink: '/{slug}/'\n",
        f"posts/{name}": "---\ntitle: Mine\nslug: a\naliases: [/news/a/]\n---\n\nMine.\n",
        "posts/broken.md": "no front matter",
        "static/b/index.html": "Mine",
    }
    desk = site(tmp_path / "desk", own)
    files = {f"content/news/{each}.md": PAGE.format(each.upper()) for each in "ab"}
    site(tmp_path / "old", {"hugo.toml": 'baseURL = "https://t.example/"\n', **files})
    broken = run(tmp_path, "import", "hugo", "old", "--into", "desk")
    assert broken.status == 0, broken
    (desk / "posts/broken.md").unlink()
    moved(tmp_path, "hugo", "old")
    assert (desk / "public/a/index.html").read_text("utf-8").count("Mine") > 0
    assert (desk / "public/b/index.html").read_text("utf-8") == "Mine"
    assert {each.name for each in (desk / "public").iterdir()} >= {"a", "a-2", "b", "b-2"}


def test_no_file_is_in_the_way_of_a_page(tmp_path: Path) -> None:
    names = ("feed.json", "Feeds.opml", "2012/03/21/a", "About", "notes.csv")
    files = {
        "hugo.toml": 'baseURL = "https://t.example/"\n',
        "content/news/a.md": PAGE.format("A"),
        "content/about.md": "---\ntitle: About\n---\n\nWe.\n",
        "content/more.md": "---\ntitle: More\n---\n\n[The feeds](/Feeds.opml)\n",
        **{f"static/{name}": "text" for name in names},
    }
    site(tmp_path / "old", files)
    moved(tmp_path, "hugo", "old")
    assert (tmp_path / "desk/static/notes.csv").exists()
    more = (tmp_path / "desk/pages/more.md").read_text("utf-8")
    assert "[The feeds](../posts/files/Feeds.opml)" in more


@pytest.mark.parametrize(
    ("form", "source", "files", "complaint"),
    [
        ("ghost", "e.json", {"e.json": b'{"posts": "\xf2"}'}, "this is no JSON"),
        (
            "jekyll",
            "old",
            {"old/_config.yml": b"title: T\n", "old/_data/authors.yml": b"a: {name: \0}\n"},
            "_data/authors.yml",
        ),
    ],
)
def test_what_cannot_be_read_is_named(
    form: str, source: str, files: dict[str, bytes], complaint: str, tmp_path: Path
) -> None:
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    done = run(tmp_path, "import", form, source, "--into", "desk")
    assert done.status in {0, 1}, done
    assert complaint in done.out + done.err


def test_a_disk_that_is_full_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    site(tmp_path / "old", {"_config.yml": "title: T\n", "about.md": PAGE.format("About")})
    monkeypatch.setattr("blogforge.importers.home.TemporaryDirectory", full)
    done = run(tmp_path, "import", "jekyll", "old", "--into", "desk")
    assert (done.status, "the disk is full" in done.err) == (3, True), done


ODD: tuple[Any, ...] = (b"\0", b"\xff", b"\xed\xa0\xbd", b"]]>", b"---\n", b"{{<", b"[^1]", b"\\")


@pytest.mark.parametrize("form", ["wordpress", "ghost", "feed"])
@pytest.mark.parametrize("seed", range(4))
def test_damage_anywhere_is_told_or_borne(form: str, seed: int, tmp_path: Path) -> None:
    name = {"wordpress": "wordpress.xml", "ghost": "ghost.json", "feed": "feed/atom.xml"}[form]
    chance = random.Random(f"{form} {seed}")
    data = (SAMPLES / name).read_bytes()
    for _ in range(3):
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice(ODD) + data[at + chance.randrange(4) :]
    (tmp_path / "broken").write_bytes(data)
    done = run(tmp_path, "import", form, "broken", "--into", "desk")
    assert done.status in {0, 1, 2}, done
    assert "Traceback" not in done.err
    assert (tmp_path / "desk").exists() == (done.status == 0)
