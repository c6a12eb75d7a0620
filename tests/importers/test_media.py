"""Pictures of the old site: fetched where that was asked for, once, and only what can be shown."""

from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from blogforge.fetching import Client, Limits
from blogforge.images import Image
from blogforge.importers.account import Account
from blogforge.importers.found import File, Found, Item, Origin, Person
from blogforge.importers.media import safe
from blogforge.importers.moving import Asked, move
from tests.fetching.test_fetching import answer, serving
from tests.importers.desk import png


def found(url: str) -> Found:
    body = f"![a]({url}/up/a.png) ![b](/up/b.png) ![c](https://other.example/c.png) [d](/up/d.pdf)"
    item = Item(
        key="1",
        origin=Origin(path="x"),
        old=f"{url}/one/",
        title="x",
        date="2012-03-21",
        body=body,
        authors=("jane",),
        image=Image(src=f"{url}/up/cover.png"),
    )
    jane = Person(id="jane", name="Jane Doe", image="/up/jane.png")
    page = File(name="page.png", addresses=(f"{url}/up/page.png",))
    return Found(counted=1, items=(item,), people=(jane,), files=(page,), settings={"url": url})


def moved(folder: Path, url: str, client: Client | None) -> Account:
    return move(found(url), Asked(format="feed", source="x", folder=folder), client)


def test_files_are_fetched_once_and_answer_at_their_old_address(tmp_path: Path) -> None:
    asked: list[str] = []

    def respond(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        name = handler.path.rpartition("/")[2]
        if name == "page.png":
            answer(handler, body=b"<html>", Content_Type="text/html")
        elif name == "b.png":
            answer(handler, 404)
        else:
            answer(handler, body=png() if name.endswith("png") else b"%PDF")

    with serving(respond) as url, Client(Limits(loopback=True, seconds=5)) as client:
        before = moved(tmp_path, url, None)
        assert not asked
        first = moved(tmp_path, url, client)
        again = moved(tmp_path, url, client)
    assert len(before.files.remote) == 6
    assert (first.files.fetched, first.files.remote) == (4, ())
    assert [each.reason for each in first.files.left_out] == [
        "the address answers 200 text/html",
        "the address answers 404",
    ]
    once = ["a.png", "cover.png", "d.pdf", "jane.png"]
    assert sorted(asked) == sorted(f"/up/{name}" for name in [*once, *["b.png", "page.png"] * 2])
    assert (tmp_path / "static/up/a.png").read_bytes() == png()
    text = (tmp_path / "posts/2012-03-21-x.md").read_text(encoding="utf-8")
    assert f"![a](/up/a.png) ![b]({url}/up/b.png) ![c](https://other.example/c.png)" in text
    assert "[d](/up/d.pdf)" in text
    assert "\nimage: /up/cover.png\n" in text
    assert again.files.fetched == 0


def test_nothing_is_fetched_from_inside(tmp_path: Path) -> None:
    with serving(lambda handler: answer(handler, body=png())) as url, Client() as client:
        done = moved(tmp_path, url, client)
    assert done.files.fetched == 0
    assert all("is not public" in each.reason for each in done.files.left_out)
    assert len(done.files.left_out) == 6


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2012/03/gun.jpg", "2012/03/gun.jpg"),
        ("../../etc/passwd", "etc/passwd"),
        ("/abs/x.png", "abs/x.png"),
        ("..\\x.png", "x.png"),
        ("_hidden.png", "hidden.png"),
        ("notes.md", "notes.md.txt"),
        ("a:b?.png", "a-b.png"),
        ("x" * 300 + ".png", "x" * 80 + ".png"),
        (".htaccess", "file.htaccess"),
        ("", "file"),
    ],
)
def test_a_file_has_a_name_that_any_system_takes(name: str, expected: str) -> None:
    assert safe(name) == expected
