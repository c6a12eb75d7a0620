"""How long the preview takes: python benchmarks/serve_time.py 1000 10000.

For each size a site is invented, once served so that what was made is kept, and served again. Then
a post is edited in its text several times. Prints the seconds from the start of the command to its
first page, cold and warm, and the medians of the milliseconds from a save to the event in an open
stream and to the fresh page read behind it. Judges nothing.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from benchmarks.build_time import invent

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEEN = 'data-seen="'
_PAUSE = 0.5  # seconds before a save


class Server(NamedTuple):
    """A preview that runs: its port, and the seconds until it had answered for the first time."""

    port: int
    seconds: float
    said: IO[str]


class Save(NamedTuple):
    """Seconds from a save to its event, and to the page."""

    event: float
    page: float


def main() -> None:
    """Measure each of the sizes on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000])
    parser.add_argument("--engine", default="markdown")
    parser.add_argument("--saves", type=int, default=7)
    options = parser.parse_args()
    print(f"{'posts':>6}  {'cold':>8} {'warm':>8} {'event':>8} {'fresh page':>10}")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            site = invent(Path(folder) / "site", size, options.engine)
            with served(site) as cold:
                pass
            with served(site) as warm:
                saves = [save(site, warm, number) for number in range(options.saves)]
        event = 1000 * statistics.median(one.event for one in saves)
        page = 1000 * statistics.median(one.page for one in saves)
        print(
            f"{size:>6}  {cold.seconds:>6.2f} s {warm.seconds:>6.2f} s"
            f" {event:>5.0f} ms {page:>7.0f} ms",
            flush=True,
        )


@contextmanager
def served(site: Path) -> Iterator[Server]:
    """The command, once it has answered."""
    command = [sys.executable, "-u", "-m", "blogforge", "serve", str(site), "--port", "0"]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.startswith("reading at"))
        port = int(line.split()[2].rstrip("/").rpartition(":")[2])
        get(port, "/")
        try:
            yield Server(port, time.perf_counter() - started, process.stdout)
        finally:
            os.kill(process.pid, signal.SIGINT)


def save(site: Path, server: Server, number: int) -> Save:
    """Edit a post whose page is open, and wait for the whole edition behind it."""
    port = server.port
    file = sorted((site / "posts").iterdir())[number * 7]
    day, slug = file.stem[:10], file.stem[11:]
    address = f"/{day.replace('-', '/')}/{slug}/"
    seen = get(port, address).partition(_SEEN)[2].partition('"')[0]
    stream = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    stream.request("GET", f"/_blogforge/events?{urlencode({'page': address, 'seen': seen})}")
    events = stream.getresponse()
    time.sleep(_PAUSE)
    word = f"freshword{number}"
    text = file.read_text(encoding="utf-8")
    started = time.perf_counter()
    file.write_text(f"{text}\n\nAnd {word} behind it.\n", encoding="utf-8")
    while not events.readline().startswith(b"event: reload"):
        pass
    told = time.perf_counter() - started
    page = get(port, address)
    done = time.perf_counter() - started
    assert word in page, "the page is not fresh"
    stream.close()
    next(line for line in server.said if line.startswith("Ready"))
    return Save(told, done)


def get(port: int, path: str) -> str:
    """The page at `path`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


if __name__ == "__main__":
    main()
