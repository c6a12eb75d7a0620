"""A site that is being served over a real socket, and browsers that ask it."""

import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn

from blogforge.options import Options
from blogforge.serve.app import application
from blogforge.serve.editions import Editions
from blogforge.serve.live import Live
from blogforge.serve.streams import Streams
from blogforge.serve.watch import Watch
from tests.conftest import MakeSite

WAIT = 20.0  # seconds; a hang guard, no measure
GOOD = "---\ntitle: Strait\n---\n\nFirst words.\n"
POST = "posts/2024-05-01-strait.md"
PAGE = "/2024/05/01/strait/"


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: str


class Stream:
    """An open stream of events."""

    def __init__(self, port: int, query: str, last: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
        headers = {"Last-Event-ID": last} if last else {}
        self._connection.request("GET", f"/_blogforge/events?{query}", headers=headers)
        self.answer = self._connection.getresponse()

    def event(self) -> dict[str, str]:
        """The next event, field by field."""
        fields: dict[str, str] = {}
        while "event" not in fields:
            fields = {}
            while line := self._line():
                name, _, value = line.partition(": ")
                fields[name] = value
        return fields

    def _line(self) -> str:
        line = self.answer.readline().decode()
        assert line, "the stream has ended"
        return line.rstrip("\n")

    def silent(self, seconds: float) -> bool:
        """Whether no event is heard for so long."""
        assert self._connection.sock is not None
        self._connection.sock.settimeout(seconds)
        try:
            while not self._line().startswith("event"):
                pass
        except TimeoutError:
            return True
        finally:
            self._connection.sock.settimeout(WAIT)
        return False

    def close(self) -> None:
        self._connection.close()


class Served:
    """A site that is being served."""

    def __init__(self, root: Path, port: int, said: list[str], live: Live) -> None:
        self.root, self.port, self.said, self.live = root, port, said, live
        self._streams: list[Stream] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(
        self,
        path: str,
        method: str = "GET",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        sent = {"Host": f"127.0.0.1:{self.port}"} | (headers or {})
        connection.putrequest(method, path, skip_host=True)
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
        connection.close()
        return Answer(response.status, response.headers, body)

    def raw(self, data: bytes) -> bytes:
        """What the server answers to these very bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=WAIT) as connection:
            connection.sendall(data)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def seen(self, path: str) -> str:
        """The digest of the page at `path`, as its script would tell it."""
        found = re.search(r'data-seen="(\w+)"', self.get(path).body)
        assert found
        return found[1]

    def stream(self, path: str, seen: str, last: str = "") -> Stream:
        stream = Stream(self.port, f"page={path}&seen={seen}", last)
        self._streams.append(stream)
        return stream

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def until(self, path: str, pattern: str) -> Answer:
        """The page at `path` once it matches `pattern`."""
        deadline = time.monotonic() + WAIT
        while not re.search(pattern, (answer := self.get(path)).body):
            assert time.monotonic() < deadline, f"{pattern} never came: {answer.body[-300:]}"
            time.sleep(0.02)
        return answer

    def hear(self, beginning: str) -> None:
        """Wait until the last thing said begins so."""
        deadline = time.monotonic() + WAIT
        while not self.said[-1].startswith(beginning):
            assert time.monotonic() < deadline, f"{beginning} was never said: {self.said[-1]}"
            time.sleep(0.02)

    def hear_more(self, than: int) -> None:
        """Wait until more things than so many were said."""
        deadline = time.monotonic() + WAIT
        while len(self.said) <= than:
            assert time.monotonic() < deadline, f"nothing more was said: {self.said[-1]}"
            time.sleep(0.02)

    def close(self) -> None:
        for stream in self._streams:
            stream.close()


class Start:
    """Starts one server, and stops it."""

    def __init__(self, make_site: MakeSite) -> None:
        self._make_site = make_site
        self._served: Served | None = None

    def __call__(
        self,
        files: dict[str, str | bytes],
        url: str = "https://a.example/",
        *,
        polling: bool = False,
        exposed: bool = False,
        options: Options | None = None,
    ) -> Served:
        root = self._make_site(files, config=f"title: T\nurl: {url}\n")
        said: list[str] = []
        self._streams = Streams()
        watch = Watch(root, said.append, polling=polling)
        settled = options or Options(jobs=1, drafts=True, future=True)
        editions = Editions(root, settled, root / ".public.blogforge" / "preview", said.append)
        live = Live(root, editions.next, self._streams, said.append)
        live.refresh()
        app = application(live, self._streams, watch, exposed=exposed)
        config = uvicorn.Config(
            app, log_level="error", ws="none", lifespan="on", timeout_graceful_shutdown=2
        )
        self._server = uvicorn.Server(config)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],))
        self._thread.start()
        deadline = time.monotonic() + WAIT
        while not self._server.started:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        self._served = Served(root, self._listener.getsockname()[1], said, live)
        return self._served

    def stop(self) -> None:
        if self._served is None:
            return
        self._streams.end()
        self._server.should_exit = True
        self._thread.join(WAIT)
        assert not self._thread.is_alive()
        self._served.close()
        self._listener.close()


@pytest.fixture
def start(make_site: MakeSite) -> Iterator[Start]:
    starter = Start(make_site)
    yield starter
    starter.stop()
