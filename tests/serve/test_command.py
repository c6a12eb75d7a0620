"""The command: where it listens, what it says, how it ends."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from blogforge.errors import ConfigError, MachineError
from blogforge.options import Options
from blogforge.serve import Address, serve
from tests.conftest import MakeSite
from tests.serve.conftest import GOOD, POST, WAIT

SLOW = """
import time

def slow(site, config):
    time.sleep(5)
    return ()

planners = (slow,)
"""
QUICK = 1.5  # seconds; to end takes less than one, and machines are loaded


@contextmanager
def served(site: Path, *arguments: str) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """The command, once it serves, and its port."""
    command = [sys.executable, "-u", "-m", "blogforge", "serve", "--port", "0", *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=site, stdout=pipe, stderr=pipe, text=True) as process:
        watchdog = threading.Timer(WAIT, process.kill)
        watchdog.start()
        try:
            assert process.stdout is not None
            line = next(line for line in process.stdout if line.startswith("reading at"))
            yield process, int(line.split()[2].rstrip("/").rpartition(":")[2])
        finally:
            watchdog.cancel()
            process.kill()


def test_a_port_that_is_taken_is_an_error_of_the_machine(make_site: MakeSite) -> None:
    site = make_site({POST: GOOD})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MachineError, match=f"cannot listen on 127.0.0.1:{port}") as caught:
            serve(site, Options(), Address(port=port), print)
    assert "--port" in caught.value.problems[0].hint


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "8.8.8.8"])
def test_other_machines_must_be_asked_for(host: str, make_site: MakeSite) -> None:
    with pytest.raises(ConfigError, match="other computers could read") as caught:
        serve(make_site({POST: GOOD}), Options(), Address(host=host, port=0), print)
    assert "--expose" in caught.value.problems[0].hint


@pytest.mark.parametrize("host", ["evil.example", "", "1.2.3", "localhost.example"])
def test_a_host_is_an_address(host: str, make_site: MakeSite) -> None:
    with pytest.raises(ConfigError, match="is no address"):
        serve(make_site({POST: GOOD}), Options(), Address(host=host, port=0), print)


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        serve(tmp_path, Options(), Address(port=0), print)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_and_soon_though_pages_are_open(number: int, make_site: MakeSite) -> None:
    site = make_site({POST: GOOD})
    with served(site) as (process, port):
        connections = []
        for _ in range(5):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
            connection.request("GET", "/_blogforge/events?page=/&seen=x")
            assert connection.getresponse().status == 200
            connections.append(connection)
        os.kill(process.pid, number)
        assert process.wait(QUICK) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
        for connection in connections:
            connection.close()
    assert not (site / "public").exists()


def test_it_ends_soon_in_the_middle_of_an_edition(make_site: MakeSite) -> None:
    site = make_site({POST: GOOD, "slow.py": SLOW})
    with served(site) as (process, _):
        with (site / "blogforge.yaml").open("a") as config:
            config.write("plugins: [slow]\n")
        time.sleep(0.7)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(QUICK) == 0


def test_only_loopback_is_listened_at(make_site: MakeSite) -> None:
    with served(make_site({POST: GOOD})) as (_, port):
        address = socket.gethostbyname(socket.gethostname())
        if address.startswith("127."):
            pytest.skip("this machine has no other address")
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, port), timeout=2)


def test_what_is_published_alone_can_be_shown(make_site: MakeSite) -> None:
    files = {POST: GOOD, "posts/2024-05-02-d.md": "---\ntitle: D\nstatus: draft\n---\n"}
    for arguments, status in (((), 200), (("--no-drafts",), 404)):
        with served(make_site(files), *arguments) as (_, port):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
            connection.request("GET", "/2024/05/02/d/")
            assert connection.getresponse().status == status
            connection.close()
