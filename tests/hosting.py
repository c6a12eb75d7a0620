"""A built tree as a browser gets it: served on this machine, to this machine alone."""

import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base's name)
        pass


class Published(Quiet):
    """Serves a tree as its host would: with the headers of `_headers`, text compressed."""

    def end_headers(self) -> None:
        for name, value in rules(Path(self.directory), urlsplit(self.path).path):
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The body of an answer, after its headers are sent."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if file.suffix not in _TEXT or not file.is_file():
            return super().send_head()
        body = gzip.compress(file.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


def rules(tree: Path, path: str) -> list[tuple[str, str]]:
    """What `_headers` says of a path: a header for each rule that has it, as hosts add them up.

    "! Name" takes away what earlier rules say.
    """
    found: list[tuple[str, str]] = []
    fits = False
    for line in (tree / "_headers").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith((" ", "\t", "#")):
            fits = fnmatchcase(path, line.strip())
        elif fits and line.strip().startswith("! "):
            found = [(name, value) for name, value in found if name != line.strip()[2:]]
        elif fits and ": " in line:
            name, _, value = line.strip().partition(": ")
            found.append((name, value))
    return found


@contextmanager
def hosted(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """The address at which `folder` is served."""
    serving = partial(handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
