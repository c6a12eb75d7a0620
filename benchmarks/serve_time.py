"""How fast `blogforge serve` is there, and shows an edit: python -m benchmarks.serve_time.

Both as an author sees them: from starting the server to having the newest article, and from saving
that article to having it with the edit. The site has been built before. Reports, judges nothing.
"""

from __future__ import annotations

import argparse
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.posts import Desk, source_of, write_site

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE = 0.005  # seconds between two requests, which the server has to answer as well
PATIENCE = 600.0  # seconds
BLOGFORGE = (sys.executable, "-m", "blogforge")


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1000, help="posts of the site")
    parser.add_argument("--engine", choices=("markdown", "commonmark"), default="commonmark")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    desk = Desk(options.size)
    with tempfile.TemporaryDirectory() as folder:
        site = write_site(Path(folder) / "site", desk, options.engine)
        subprocess.run([*BLOGFORGE, "build", str(site)], check=True, stdout=subprocess.DEVNULL)
        starts, edits = [], []
        for number in range(options.runs):
            started, edited = measure(site, desk, number)
            starts.append(started)
            edits += edited
    print(f"{options.size} posts, {options.engine}, medians of {len(starts)} and {len(edits)}")
    print(f"start to first page: {statistics.median(starts):.3f} s")
    print(f"save to fresh page:  {statistics.median(edits):.3f} s, at most {max(edits):.3f} s")


def measure(site: Path, desk: Desk, number: int, edits: int = 3) -> tuple[float, list[float]]:
    """Seconds from starting a server to its first page, and from each of `edits` to its page."""
    post = desk.post(desk.size - 1)
    url, file = desk.url(post.number), source_of(site, post)
    begun = time.perf_counter()
    with _serving(site) as port:
        _wait(port, url, post.slug)
        started = time.perf_counter() - begun
        taken = []
        for edit in range(edits):
            mark = f"edit-{number}-{edit}."
            time.sleep(0.5)  # an author rests, and so does the watcher
            text = file.read_text(encoding="utf-8") + f"\n{mark}\n"
            begun = time.perf_counter()
            file.write_text(text, encoding="utf-8")
            _wait(port, url, mark)
            taken.append(time.perf_counter() - begun)
    return started, taken


@contextmanager
def _serving(site: Path) -> Iterator[int]:
    """A server of `site`; its port. It is ended as by Ctrl-C."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [*BLOGFORGE, "serve", str(site), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def _wait(port: int, url: str, text: str) -> None:
    """Ask for a page until it has `text`; SystemExit where it never has."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if text in _page(port, url):
            return
        time.sleep(PAUSE)
    raise SystemExit(f"{url} does not have {text!r} after {PATIENCE:.0f} s")


def _page(port: int, url: str) -> str:
    """What the server answers; nothing where it does not yet."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", url)
        response = connection.getresponse()
        return response.read().decode() if response.status == 200 else ""
    except (OSError, HTTPException):
        return ""
    finally:
        connection.close()


if __name__ == "__main__":
    main()
