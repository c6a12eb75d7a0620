"""The site in a browser while its author writes: built aside, rebuilt and reloaded on each save."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import threading
import webbrowser
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from blogforge.build import Options, Report, build, output_folder
from blogforge.config import load_config
from blogforge.errors import BlogforgeError, MachineError
from blogforge.summary import as_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.types import Scope

HOST = "127.0.0.1"
_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
_EVENTS = "/_blogforge/reload"
_HEARTBEAT = 15.0  # seconds; an idle stream notices that its reader has gone
_SCRIPT = f"""
<script>
new EventSource("{_EVENTS}").onmessage = () => location.reload();
</script>
"""
_OVERLAY = """
<pre role="alert" style="position:fixed;inset:1rem;overflow:auto;z-index:99999;padding:1rem;
background:#300;color:#fff;white-space:pre-wrap;font:16px/1.5 monospace">{}</pre>
"""


class Preview:
    """The last good tree, in a folder of its own, and what went wrong since."""

    def __init__(self, root: Path, options: Options, tree: Path) -> None:
        self._root = root
        self._options = msgspec.structs.replace(options, output=str(tree))
        self.error = ""
        self.version = 0

    def rebuild(self) -> Report | None:
        """Build anew. None, and `error` says why, where that fails; the tree is then as before."""
        try:
            report = build(self._root, self._options)
        except BlogforgeError as error:
            self.error = str(error)
            report = None
        else:
            self.error = ""
        self.version += 1
        return report


class _Files(StaticFiles):
    """The tree, with a script in each page that reloads it, and the error there is, if any."""

    def __init__(self, tree: Path, preview: Preview) -> None:
        super().__init__(directory=tree, html=True, check_dir=False)
        self._preview = preview

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        file = getattr(response, "path", None)
        if file is None or not str(file).endswith(".html"):
            return response
        overlay = _OVERLAY.format(escape(self._preview.error)) if self._preview.error else ""
        page = await asyncio.to_thread(Path(file).read_text, encoding="utf-8")
        return HTMLResponse(page + _SCRIPT + overlay, response.status_code)


def application(root: Path, tree: Path, preview: Preview, say: Callable[[str], None]) -> Starlette:
    """The server of `preview`, whose tree is `tree`; it watches `root` as long as it runs."""
    config = load_config(root)
    base = config.base_path

    async def events(request: Request) -> StreamingResponse:
        return StreamingResponse(_changes(preview, request), media_type="text/event-stream")

    async def to_base(_: Request) -> RedirectResponse:
        return RedirectResponse(base)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(_watch(root, preview, say))
        yield
        watching.cancel()

    routes = [Route(_EVENTS, events)]
    if base != "/":
        routes.append(Route("/", to_base))
    mount = Mount(base.rstrip("/"), _Files(tree, preview))
    return Starlette(
        routes=[*routes, mount],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)],
        lifespan=lifespan,
    )


async def _changes(preview: Preview, request: Request) -> AsyncIterator[str]:
    seen = preview.version
    quiet = 0.0
    while not await request.is_disconnected():
        if preview.version != seen:
            seen = preview.version
            yield "data: changed\n\n"
        elif quiet >= _HEARTBEAT:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(0.1)
        quiet += 0.1


async def _watch(root: Path, preview: Preview, say: Callable[[str], None]) -> None:
    from watchfiles import awatch

    ours = output_folder(root, load_config(root), Options()).resolve()

    def concerns_us(_: object, path: str) -> bool:
        parts = Path(path).relative_to(root.resolve()).parts
        return not Path(path).is_relative_to(ours) and not any(p.startswith(".") for p in parts)

    async for _changed in awatch(root.resolve(), watch_filter=concerns_us):
        report = await asyncio.to_thread(preview.rebuild)
        say(as_text(report) if report else preview.error)


def serve(
    root: Path, options: Options, port: int, say: Callable[[str], None], *, open_browser: bool
) -> None:
    """Serve the site in `root` on the loopback until interrupted.

    Raises BlogforgeError where the first build fails, MachineError where the port is taken.
    """
    listener = _listen(port)
    url = f"http://{HOST}:{listener.getsockname()[1]}{load_config(root).base_path}"
    with listener, tempfile.TemporaryDirectory(prefix="blogforge-") as folder:
        tree = Path(folder) / "tree"
        preview = Preview(root, options, tree)
        report = preview.rebuild()
        say(as_text(report) if report else preview.error)
        say(f"reading at {url} (Ctrl-C ends it)")
        if open_browser:
            threading.Timer(0.5, webbrowser.open, [url]).start()
        app = application(root, tree, preview, say)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        )
        server.run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        message = f"cannot listen on {HOST}:{port}: {error.strerror}"
        raise MachineError.of(message, hint="end what uses it, or name another --port") from error
    return listener
