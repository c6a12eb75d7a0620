"""The site in a browser while its author writes: each page made when it is asked for.

Nothing is built, and nothing is written to the published tree.
"""

from __future__ import annotations

import ipaddress
import multiprocessing
import os
import signal
import socket
import threading
import webbrowser
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from blogforge.build import output_folder
from blogforge.clock import EPOCH
from blogforge.config import load_config
from blogforge.errors import ConfigError, MachineError
from blogforge.model import Value
from blogforge.output.recovery import work_folder
from blogforge.serve import collector
from blogforge.serve.app import application
from blogforge.serve.editions import Editions
from blogforge.serve.live import Live
from blogforge.serve.streams import Streams
from blogforge.serve.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

    from starlette.applications import Starlette

    from blogforge.options import Options

LOOPBACK = "127.0.0.1"
_BACKLOG = 2048  # connections that wait until they are taken
_GRACE = 1  # seconds for answers that are under way when the server ends


class Address(Value, frozen=True, kw_only=True):
    """Where the server listens; `port` 0: any that is free.

    `host` is an address of this machine that it alone can reach, unless `expose` is given.
    """

    host: str = LOOPBACK
    port: int = 8000
    expose: bool = False


def serve(
    root: Path,
    options: Options,
    address: Address,
    say: Callable[[str], None],
    *,
    open_browser: bool = False,
) -> None:
    """Serve the site in `root` at `address` until interrupted.

    Content that cannot be shown is explained in the browser. Raises ConfigError where `root` is no
    site or `address` would let others read, MachineError where it cannot be listened at or `root`
    cannot be watched.
    """
    host = _checked(address)
    config = load_config(root)
    listener = _listen(host, address.port)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{listener.getsockname()[1]}{config.base_path}"
    with listener:
        watch = _watch(root, say)
        streams = Streams()
        stands = options.now is not None or EPOCH in os.environ
        kept = work_folder(output_folder(root, config, options)) / "preview"
        editions = Editions(root, options, kept, say)
        live = Live(root, editions.next, streams, say, clock_stands=stands)
        live.refresh()
        collector.pass_over()
        say(f"reading at {url} (Ctrl-C ends it)")
        if address.expose:
            say("whoever reaches that address can read the site, drafts too")
        if open_browser:
            threading.Timer(0.5, webbrowser.open, [url]).start()
        app = application(live, streams, watch, exposed=address.expose)
        _run(_Server(app, streams), listener)


def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)
    with suppress(KeyboardInterrupt):  # which uvicorn raises again once all is closed
        server.run(sockets=[listener])
    for worker in multiprocessing.active_children():  # of an edition that nobody will read
        worker.terminate()


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Take SIGTERM, which uvicorn raises again too, as the end that it is."""
    raise SystemExit(0)


class _Server(uvicorn.Server):
    """Ends the streams of open pages, which would never end by themselves, before it ends."""

    def __init__(self, app: Starlette, streams: Streams) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                backlog=_BACKLOG,
                ws="none",
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )
        self._streams = streams

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take Ctrl-C."""
        self._streams.end()
        super().handle_exit(sig, frame)


def _watch(root: Path, say: Callable[[str], None]) -> Watch:
    try:
        return Watch(root, say)
    except OSError as error:
        raise MachineError.of(f"cannot watch {root} for changes: {error}") from error


def _checked(address: Address) -> str:
    """The IP address that is meant. Raises ConfigError where it is none, or not ours alone."""
    name = LOOPBACK if address.host == "localhost" else address.host.strip("[]")
    try:
        found = ipaddress.ip_address(name)
    except ValueError as error:
        hint = "write an address of this computer, such as 127.0.0.1"
        raise ConfigError.of(f"--host '{address.host}' is no address", hint=hint) from error
    if not (found.is_loopback or address.expose):
        message = f"--host {address.host}: other computers could read the site there, drafts too"
        raise ConfigError.of(message, hint="add --expose where that is what you want")
    return str(found)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)  # at once, so that who comes before the server is ready waits
    except OSError as error:
        listener.close()
        message = f"cannot listen on {host}:{port}: {error.strerror}"
        raise MachineError.of(message, hint="end what uses it, or name another --port") from error
    return listener
