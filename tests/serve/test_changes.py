"""What a save does: the page is fresh, mistakes show and go, whatever way an editor writes."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from blogforge.digest import digest_bytes
from blogforge.edition import Edition
from tests.serve.conftest import GOOD, PAGE, POST, Start

BROKEN = "---\ntitle: Strait\ntaggs: [<x>]\n---\n"
OTHER = "posts/2024-05-02-other.md"
OTHER_PAGE = "/2024/05/02/other/"
STYLE = "p { color: red }"


def test_a_saved_post_is_shown(start: Start) -> None:
    served = start({POST: GOOD})
    assert "First words" in served.get(PAGE).body
    served.write(POST, GOOD.replace("First", "Second"))
    served.until(PAGE, "Second words")
    served.until("/", "Second words")


def test_new_moved_and_deleted_posts_are_followed(start: Start) -> None:
    served = start({POST: GOOD})
    served.write(OTHER, GOOD.replace("Strait", "Other"))
    served.until(OTHER_PAGE, "Other</h1>")
    served.until("/", "Other</a>")
    (served.root / OTHER).rename(served.root / "posts/2024-05-03-moved.md")
    served.until("/2024/05/03/moved/", "Other</h1>")
    assert served.get(OTHER_PAGE).status == 404
    (served.root / "posts/2024-05-03-moved.md").unlink()
    served.until("/2024/05/03/moved/", "Page not found|not here")
    assert served.get("/2024/05/03/moved/").status == 404


@pytest.mark.parametrize(
    ("path", "text", "shown"),
    [
        ("blogforge.yaml", "title: Another\nurl: https://a.example/\n", "Another</title>"),
        ("authors.yaml", "ana:\n  name: Ana Lima\n  bio: Writes.\n", "Ana Lima"),
        ("templates/article.html", "{{ article.title }} by a template", "Strait by a template"),
        ("static/style.css", STYLE, rf"/style\.{digest_bytes(STYLE.encode())[:8]}\.css"),
        ("entities.yaml", "Aden: [Eden]\n", "Strait</h1>"),
        ("data/ports.yaml", "- Aden\n", "Strait</h1>"),
        ("pages/about.md", "---\ntitle: About us\n---\n", "Strait</h1>"),
    ],
)
def test_every_kind_of_source_is_followed(path: str, text: str, shown: str, start: Start) -> None:
    front = GOOD.replace("---\n\n", "authors: [ana]\n---\n\n", 1)
    served = start({POST: front, "authors.yaml": "ana:\n  name: Ana\n"})
    before = served.get(PAGE).body
    heard = len(served.said)
    served.write(path, text)
    served.until(PAGE, shown)
    if path.startswith(("data", "entities", "pages")):
        served.hear_more(heard)
        served.hear("Ready")
    else:
        assert served.get(PAGE).body != before


def test_a_plugin_is_followed(start: Start) -> None:
    served = start({POST: GOOD})
    template = "{{ article.title | loud }}"
    served.write("loud.py", "filters = {'loud': lambda text: text.upper()}\n")
    served.write("templates/article.html", template)
    served.write("blogforge.yaml", "title: T\nurl: https://a.example/\nplugins: [loud]\n")
    served.until(PAGE, "STRAIT")
    served.write("loud.py", "filters = {'loud': lambda text: text + '!'}\n")
    served.until(PAGE, "Strait!")


# ---------------------------------------------------------------- how editors save


def in_place(file: Path, text: str) -> None:
    file.write_text(text)


def by_a_temporary_file(file: Path, text: str) -> None:
    temporary = file.with_name(f"{file.name}.tmp.123")
    temporary.write_text(text)
    temporary.replace(file)


def with_a_backup(file: Path, text: str) -> None:
    (file.parent / "4913").write_text("")  # vim asks whether it may write here
    (file.parent / "4913").unlink()
    file.rename(f"{file}~")
    file.write_text(text)
    Path(f"{file}~").unlink()


def in_pieces(file: Path, text: str) -> None:
    with file.open("w") as handle:
        for start in range(0, len(text), 8):
            handle.write(text[start : start + 8])
            handle.flush()
            os.fsync(handle.fileno())
            time.sleep(0.02)


def deleted_first(file: Path, text: str) -> None:
    file.unlink()
    time.sleep(0.03)
    file.write_text(text)


def the_whole_folder(file: Path, text: str) -> None:
    folder = file.parent
    aside = folder.with_name(".aside")
    shutil.copytree(folder, aside)
    (aside / file.name).write_text(text)
    shutil.rmtree(folder)
    aside.rename(folder)


SAVES = (
    in_place,
    by_a_temporary_file,
    with_a_backup,
    in_pieces,
    deleted_first,
    the_whole_folder,
)


@pytest.mark.parametrize("save", SAVES)
def test_no_way_of_saving_flashes_a_mistake(
    save: Callable[[Path, str], None], start: Start
) -> None:
    served = start({POST: GOOD, OTHER: GOOD.replace("Strait", "Other")})
    stream = served.stream(PAGE, served.seen(PAGE))
    heard = len(served.said)
    for number in ("Second", "Third"):
        save(served.root / POST, GOOD.replace("First", number))
        served.until(PAGE, f"{number} words")
    assert stream.event()["event"] == "reload"
    served.hear_more(heard)
    time.sleep(0.3)
    assert all(text.startswith("Ready") for text in served.said), served.said


def test_many_files_at_once_do_not_each_reload_the_page(start: Start) -> None:
    posts = {f"posts/2024-04-{day:02}-p.md": GOOD for day in range(1, 29)}
    served = start({POST: GOOD, **posts})
    stream = served.stream("/", served.seen("/"))
    for path in posts:
        (served.root / path).write_text(GOOD.replace("First", "Second"))
    reloads = 0
    while not stream.silent(1.0):
        reloads += 1
    assert 1 <= reloads <= 3, "one; a machine that pauses in the middle may make it more"


# ---------------------------------------------------------------- mistakes


def test_a_mistake_is_shown_on_every_page_until_it_is_mended(start: Start) -> None:
    served = start({POST: GOOD})
    served.write(POST, BROKEN)
    answer = served.until("/", 'role="alert"')
    assert answer.status == 200
    assert f"<code>{POST}:3:1</code>: unknown key &#x27;taggs&#x27;" in answer.body
    assert "3 | taggs: [&lt;x&gt;]" in answer.body
    assert "hint: did you mean" in answer.body
    assert "<x>" not in answer.body
    assert "First words." in served.get(PAGE).body, "the last good page"
    served.write(POST, GOOD.replace("First", "Second"))
    served.until(PAGE, r"(?s)\A(?!.*role=.alert).*Second words")
    assert any("unknown key" in text for text in served.said)
    served.hear("Ready")
    served.until("/", r"(?s)\A(?!.*role=.alert)")


def test_every_mistake_is_shown(start: Start) -> None:
    served = start({POST: GOOD, OTHER: GOOD})
    served.write(POST, BROKEN)
    served.write(OTHER, "no front matter")
    served.until("/", "2 mistakes")
    served.write(POST, GOOD)
    body = served.until("/", "1 mistake<").body
    assert OTHER in body
    assert f"<code>{POST}" not in body


def test_a_mistake_in_a_template_is_shown_over_the_last_good_page(start: Start) -> None:
    served = start({POST: GOOD})
    assert "First words" in served.get(PAGE).body
    served.write("templates/article.html", "{{ article.titel }}")
    answer = served.until(PAGE, "templates/article.html:1")
    assert answer.status == 200
    assert "First words" in answer.body
    assert "titel" in answer.body
    assert 'role="alert"' not in served.get("/").body, "which it does not make"
    (served.root / "templates/article.html").unlink()
    served.until(PAGE, r"(?s)\A(?!.*role=.alert).*First words")


def test_a_page_that_could_never_be_made_shows_why(start: Start) -> None:
    served = start({POST: GOOD, "templates/article.html": "{{ nothing.at.all }}"})
    answer = served.get(PAGE)
    assert answer.status == 503
    assert "templates/article.html:1" in answer.body
    assert "data-seen" in answer.body
    (served.root / "templates/article.html").unlink()
    assert served.until(PAGE, "First words").status == 200


def test_a_site_that_was_never_ready_shows_its_mistake_and_then_its_page(start: Start) -> None:
    served = start({POST: BROKEN})
    for path in ("/", PAGE, "/nowhere/"):
        answer = served.get(path)
        assert answer.status == 503
        assert "unknown key" in answer.body
        assert "data-seen" in answer.body
    served.write(POST, GOOD)
    assert served.until("/", "Strait</a>").status == 200


def test_a_mistake_in_the_configuration_is_shown(start: Start) -> None:
    served = start({POST: GOOD})
    served.write("blogforge.yaml", "titel: T\nurl: https://a.example/\n")
    assert "First words" in served.until(PAGE, "blogforge.yaml:1:1").body
    served.write("blogforge.yaml", "title: T\nurl: https://a.example/\n")
    served.until(PAGE, r"(?s)\A(?!.*role=.alert)")


def test_a_fault_that_is_not_the_authors_does_not_end_the_preview(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = start({POST: GOOD})

    def fail(*_: object, **__: object) -> Edition:
        raise ZeroDivisionError("of ours")

    with monkeypatch.context() as faulty:
        faulty.setattr("blogforge.serve.editions.prepare", fail)
        served.write(POST, GOOD.replace("First", "Second"))
        served.until("/", "ZeroDivisionError")
    served.write(POST, GOOD.replace("First", "Third"))
    served.until(PAGE, r"(?s)\A(?!.*role=.alert).*Third words")


def test_the_published_tree_is_left_alone(start: Start) -> None:
    served = start({POST: GOOD})
    served.get("/")
    served.write(POST, GOOD.replace("First", "Second"))
    served.until(PAGE, "Second words")
    assert not (served.root / "public").exists()
