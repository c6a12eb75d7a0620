"""The preview: pages, mistakes, reloading, and who may read."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn

from blogforge.edition import Options
from blogforge.errors import MachineError
from blogforge.serve import Preview, application, serve
from tests.conftest import MakeSite

WAIT = 20.0  # seconds; a hang guard, no measure
GOOD = "---\ntitle: Strait\n---\n\nFirst words.\n"
BROKEN = "---\ntitle: Strait\ntaggs: [<x>]\n---\n"
POST = "posts/2024-05-01-strait.md"
PAGE = "/2024/05/01/strait/"


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: str


class Served:
    """A site that is being served, and a browser."""

    def __init__(self, root: Path, tree: Path, port: int, said: list[str]) -> None:
        self.root, self.tree, self.port, self.said = root, tree, port, said

    def get(self, path: str, method: str = "GET", host: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        response = connection.getresponse()
        answer = Answer(
            response.status, response.headers, response.read().decode("utf-8", "replace")
        )
        connection.close()
        return answer

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text)

    def until(self, path: str, pattern: str) -> Answer:
        """The page at `path` once it matches `pattern`."""
        deadline = time.monotonic() + WAIT
        while not re.search(pattern, (answer := self.get(path)).body):
            assert time.monotonic() < deadline, f"{pattern} never came: {answer.body[-300:]}"
            time.sleep(0.05)
        return answer

    def hear(self, beginning: str) -> None:
        """Wait until the last thing said begins so."""
        deadline = time.monotonic() + WAIT
        while not self.said[-1].startswith(beginning):
            assert time.monotonic() < deadline, f"{beginning} was never said: {self.said[-1]}"
            time.sleep(0.05)


@pytest.fixture
def start(make_site: MakeSite, tmp_path: Path) -> Iterator["Start"]:
    starter = Start(make_site, tmp_path)
    yield starter
    starter.stop()


class Start:
    """Starts one server, and stops it."""

    def __init__(self, make_site: MakeSite, tmp_path: Path) -> None:
        self._make_site, self._tmp_path = make_site, tmp_path
        self._preview: Preview | None = None

    def __call__(self, files: dict[str, str | bytes], url: str = "https://a.example/") -> Served:
        root = self._make_site(files, config=f"title: T\nurl: {url}\n")
        tree = self._tmp_path / "preview" / "tree"
        said: list[str] = []
        self._preview = Preview(root, Options(jobs=1), tree)
        self._preview.rebuild()
        app = application(root, tree, self._preview, said.append)
        config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],))
        self._thread.start()
        deadline = time.monotonic() + WAIT
        while not self._server.started:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return Served(root, tree, self._listener.getsockname()[1], said)

    def stop(self) -> None:
        if self._preview is None:
            return
        self._preview.ended = True
        self._server.should_exit = True
        self._thread.join(WAIT)
        assert not self._thread.is_alive()
        self._listener.close()


# ---------------------------------------------------------------- pages


def test_pages_are_served_with_a_script_that_reloads_them(start: Start) -> None:
    served = start({POST: GOOD})
    for path in ("/", PAGE):
        answer = served.get(path)
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "Strait" in answer.body
        assert answer.body.count('new EventSource("/_blogforge/reload?seen=1")') == 1
        assert 'role="alert"' not in answer.body


def test_other_files_are_served_as_they_are(start: Start) -> None:
    served = start({POST: GOOD, "static/note.txt": "plain", "static/old.html": b"caf\xe9"})
    for path in ("/feed.xml", "/note.txt", "/robots.txt"):
        answer = served.get(path)
        assert answer.status == 200
        assert answer.body.encode() == (served.tree / path[1:]).read_bytes()
    assert served.get("/old.html").status == 200, "whatever its encoding"


def test_the_published_tree_is_left_alone(start: Start) -> None:
    served = start({POST: GOOD})
    served.get("/")
    assert not (served.root / "public").exists()


def test_a_wrong_address_gets_the_sites_404_page(start: Start) -> None:
    answer = start({POST: GOOD}).get("/nowhere/")
    assert answer.status == 404
    assert "<h1" in answer.body
    assert "EventSource" in answer.body


def test_a_folder_without_a_slash_leads_to_the_one_with(start: Start) -> None:
    answer = start({POST: GOOD}).get(PAGE.rstrip("/"))
    assert answer.status == 307
    assert answer.headers["location"].endswith(PAGE)


def test_head_and_other_methods(start: Start) -> None:
    served = start({POST: GOOD})
    assert served.get("/", "HEAD")[::2] == (200, "")
    for method in ("POST", "PUT", "DELETE"):
        assert served.get("/", method).status == 405


def test_a_site_below_a_path_is_served_there(start: Start) -> None:
    served = start({POST: GOOD}, url="https://a.example/blog/")
    assert "Strait" in served.get(f"/blog{PAGE}").body
    answer = served.get("/")
    assert (answer.status, answer.headers["location"]) == (307, "/blog/")
    assert served.get(PAGE).status == 404


# ---------------------------------------------------------------- who may read, and what


def test_a_foreign_host_is_refused(start: Start) -> None:
    served = start({POST: GOOD})
    for host in ("evil.example", "127.0.0.1.evil.example", "10.0.0.1:8000"):
        for path in ("/", PAGE, "/_blogforge/reload"):
            answer = served.get(path, host=host)
            assert answer.status == 400
            assert "Strait" not in answer.body
    for host in ("localhost", "localhost:8000", "127.0.0.1"):
        assert served.get("/", host=host).status == 200


def test_no_other_site_may_read(start: Start) -> None:
    assert "access-control-allow-origin" not in start({POST: GOOD}).get("/").headers


@pytest.mark.parametrize("secret", ["secret.txt", "site/blogforge.yaml", "etc/passwd"])
def test_no_path_leaves_the_tree(secret: str, start: Start, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("root: secret")
    served = start({POST: GOOD})
    for up in ("..", "%2e%2e", "%2E.", "..%2f..", "..%5c..", "..\\..", "x/../.."):
        for depth, start_at in product((1, 2, 3, 9), ("/", PAGE)):
            path = f"{start_at}{'/'.join([up] * depth)}/{secret}"
            answer = served.get(path)
            assert answer.status in {307, 404}, path
            assert "secret" not in answer.body.replace(secret, "")
            assert "root:" not in answer.body
            assert "title: T" not in answer.body


def test_an_odd_path_is_no_fault_of_the_server(start: Start) -> None:
    served = start({POST: GOOD})
    for path in (
        "/a%00b",
        "/%00",
        "/%ff%fe",
        "/%",
        "/%zz",
        "//etc/passwd",
        "/" + "a" * 5000,
        "/" + "a/" * 2000,
        "/~root",
        "/.blogforge/x",
        "/index.html/x",
        "/_blogforge",
    ):
        assert served.get(path).status in {307, 404}, path


def test_a_link_out_of_the_tree_is_not_followed(start: Start, tmp_path: Path) -> None:
    served = start({POST: GOOD})
    (tmp_path / "secret.txt").write_text("root: secret")
    (served.tree / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert served.get("/link.txt").status == 404


# ---------------------------------------------------------------- changes


def test_a_mistake_is_shown_on_every_page_until_it_is_mended(start: Start) -> None:
    served = start({POST: GOOD})
    served.write(POST, BROKEN)
    answer = served.until("/", 'role="alert"')
    assert f"{POST}:3:1: unknown key &#x27;taggs&#x27;" in answer.body
    assert "&lt;x&gt;" in answer.body
    assert "<x>" not in answer.body
    assert "First words." in served.get(PAGE).body, "the last good page"
    served.write(POST, GOOD.replace("First", "Second"))
    served.until(PAGE, r"(?s)\A(?!.*role=.alert).*Second words")
    assert any("unknown key" in text for text in served.said)
    served.hear("Published 1 post")


def test_a_site_that_never_built_shows_its_mistake_and_then_its_page(start: Start) -> None:
    served = start({POST: BROKEN})
    answer = served.get("/")
    assert answer.status == 404
    assert "unknown key" in answer.body
    assert "EventSource" in answer.body
    served.write(POST, GOOD)
    assert served.until("/", "Strait</a>").status == 200


def test_a_fault_that_is_not_the_authors_does_not_end_the_preview(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = start({POST: GOOD})

    def fail(*_: object) -> None:
        raise ZeroDivisionError("of ours")

    with monkeypatch.context() as faulty:
        faulty.setattr("blogforge.serve.build", fail)
        served.write(POST, GOOD.replace("First", "Second"))
        served.until("/", "ZeroDivisionError")
    served.write(POST, GOOD.replace("First", "Third"))
    served.until(PAGE, "Third words")


@pytest.mark.parametrize("late", [False, True])
def test_a_change_makes_the_stream_speak(late: bool, start: Start) -> None:
    served = start({POST: GOOD})
    if late:  # the page was read before the change, and asks after it
        served.write(POST, GOOD.replace("First", "Second"))
        served.until(PAGE, "Second words")
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=WAIT)
    connection.request("GET", "/_blogforge/reload?seen=1")
    response = connection.getresponse()
    assert response.headers["content-type"].startswith("text/event-stream")
    if not late:
        served.write(POST, GOOD.replace("First", "Second"))
    assert response.readline() == b"data: changed\n"
    connection.close()


def test_a_stream_that_has_seen_nothing_is_told_at_once(start: Start) -> None:
    served = start({POST: GOOD})
    for query in ("", "?seen=", "?seen=x", "?seen=-1", "?seen=%C2%B2", "?seen=" + "9" * 5000):
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=WAIT)
        connection.request("GET", f"/_blogforge/reload{query}")
        response = connection.getresponse()
        assert response.status == 200, query
        assert response.readline() == b"data: changed\n"
        connection.close()


# ---------------------------------------------------------------- the command


def test_a_port_that_is_taken_is_an_error_of_the_machine(make_site: MakeSite) -> None:
    site = make_site({POST: GOOD})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MachineError, match=f"cannot listen on 127.0.0.1:{port}") as caught:
            serve(site, Options(), port, print, open_browser=False)
    assert "--port" in caught.value.problems[0].hint


def test_ctrl_c_ends_it_quietly_though_a_page_is_open(make_site: MakeSite) -> None:
    site = make_site({POST: GOOD})
    command = [sys.executable, "-u", "-m", "blogforge", "serve", "--port", "0"]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, cwd=site, stdout=pipe, stderr=pipe, text=True) as process,
        ExitStack() as stack,
    ):
        stack.callback(process.kill)
        watchdog = threading.Timer(WAIT, process.kill)
        stack.callback(watchdog.cancel)
        watchdog.start()
        assert process.stdout is not None
        assert process.stderr is not None
        url = next(line for line in process.stdout if line.startswith("reading at")).split()[2]
        port = int(url.rstrip("/").rpartition(":")[2])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
        connection.request("GET", "/_blogforge/reload?seen=1")
        assert connection.getresponse().status == 200
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(WAIT) == 0
        assert process.stderr.read() == ""
        connection.close()
    assert not (site / "public").exists()
