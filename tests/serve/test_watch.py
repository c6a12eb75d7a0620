"""Which changes are told, also where the system tells none."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import watchfiles._rust_notify

from blogforge.serve.watch import Watch
from tests.conftest import MakeSite
from tests.serve.conftest import GOOD, PAGE, POST, WAIT, Start


class Told:
    """What a watch tells."""

    def __init__(self, root: Path, *, polling: bool = False) -> None:
        self.root = root
        self.said: list[str] = []
        self.paths: set[str] = set()
        self.watch = Watch(root, self.said.append, polling=polling)

    def begin(self) -> None:
        self.watch.begin(self.paths.update)

    def write(self, *paths: str) -> None:
        for path in paths:
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text("x")

    def until(self, *paths: str) -> None:
        deadline = time.monotonic() + WAIT
        while not set(paths) <= self.paths:
            assert time.monotonic() < deadline, f"{paths} were never told: {self.paths}"
            time.sleep(0.01)


@pytest.fixture
def told(make_site: MakeSite) -> Iterator[Told]:
    watched = Told(make_site({POST: GOOD, "events/__init__.py": "", "public/a/b.html": "b"}))
    yield watched
    watched.watch.end()


SOURCES = (
    "posts/2024-05-02-new.md",
    "posts/sub",
    "blogforge.yaml",
    "authors.yaml",
    "entities.yaml",
    "loud.py",
    "events/more.py",
)
OTHERS = (
    *("posts/.post.md.swp", "posts/post.md~", "posts/_notes.md", "posts/.git/x", ".env"),
    *("public/a/c.html", "README.md", "events/__pycache__/more.pyc", ".public.blogforge/x"),
)


def test_sources_are_told_and_nothing_else(told: Told) -> None:
    told.begin()
    told.write(*OTHERS)
    told.write("posts/sub/picture.png", *(path for path in SOURCES if path != "posts/sub"))
    told.until(*SOURCES)
    assert not told.paths & set(OTHERS)


def test_what_changes_before_anybody_listens_is_told(told: Told) -> None:
    told.write(POST)
    told.begin()
    told.until(POST)


def test_a_folder_that_comes_later_is_watched(told: Told) -> None:
    told.begin()
    told.write("templates/a.html", "static/sub/b.txt")
    told.until("templates", "static")
    time.sleep(0.1)
    told.write("templates/_c.html", "static/.well-known/d")
    told.until("templates/_c.html")
    (told.root / "templates" / "a.html").unlink()
    told.until("templates/a.html")


def test_where_the_system_watches_no_more_it_is_polled(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    rust = watchfiles._rust_notify.RustNotify

    def limited(*args: object, force_polling: bool, **options: object) -> object:
        if not force_polling:
            raise OSError("OS file watch limit reached. about ['/somewhere']")
        return rust(*args, force_polling=force_polling, **options)  # type: ignore[arg-type, misc]

    monkeypatch.setattr(watchfiles._rust_notify, "RustNotify", limited)
    told = Told(make_site({POST: GOOD}))
    assert len(told.said) == 1, "one line"
    assert "OS file watch limit reached" in told.said[0]
    assert "/somewhere" not in told.said[0]
    told.begin()
    time.sleep(1.1)  # a poll tells times apart by the second
    told.write(POST, "authors.yaml")
    told.until(POST, "authors.yaml")
    told.paths.clear()
    told.until(POST, "authors.yaml")  # again, since it may have changed twice
    told.watch.end()


def test_a_watch_that_breaks_later_is_polled_too(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    rust = watchfiles._rust_notify.RustNotify
    breaks = threading.Event()

    class Breaking:
        def __init__(self, *args: object, force_polling: bool, **options: object) -> None:
            options["force_polling"] = self.polling = force_polling
            self.inner = rust(*args, **options)  # type: ignore[arg-type]

        def watch(self, *args: object) -> object:
            if breaks.is_set() and not self.polling:
                raise RuntimeError("error in underlying watcher")
            return self.inner.watch(*args)  # type: ignore[arg-type]

        def close(self) -> None:
            self.inner.close()

    monkeypatch.setattr(watchfiles._rust_notify, "RustNotify", Breaking)
    told = Told(make_site({POST: GOOD}))
    told.begin()
    breaks.set()
    told.until("posts")  # anything in it may have changed
    told.paths.clear()
    time.sleep(1.1)
    told.write(POST)
    told.until(POST)
    assert any("does not tell" in text for text in told.said)
    told.watch.end()


def test_a_preview_that_polls_shows_what_is_saved(start: Start) -> None:
    served = start({POST: GOOD}, polling=True)
    stream = served.stream(PAGE, served.seen(PAGE))
    time.sleep(1.1)  # a poll tells times apart by the second
    served.write(POST, GOOD.replace("First", "Second"))
    assert stream.event()["event"] == "reload"
    served.until(PAGE, "Second words")
