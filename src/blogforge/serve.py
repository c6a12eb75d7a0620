"""The site in a browser while its author writes: built aside, rebuilt and reloaded on each save."""

from __future__ import annotations

import asyncio
import signal
import socket
import tempfile
import threading
import webbrowser
from contextlib import asynccontextmanager, suppress
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from blogforge.build import Options, Report, build
from blogforge.config import load_config
from blogforge.errors import BlogforgeError, MachineError
from blogforge.summary import as_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from types import FrameType

    from starlette.requests import Request
    from starlette.types import Scope

HOST = "127.0.0.1"
_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
_SOURCES = {
    *("posts", "pages", "data", "templates", "static"),
    *("blogforge.yaml", "authors.yaml"),
}
_EVENTS = "/_blogforge/reload"
_HEARTBEAT = 15.0  # seconds; an idle stream notices that its reader has gone
_SEEN = "seen"
_SCRIPT = f"""
<script>
new EventSource("{_EVENTS}?{_SEEN}={{}}").onmessage = () => location.reload();
</script>
"""
_OVERLAY = """
<pre role="alert" style="position:fixed;inset:1rem;overflow:auto;z-index:99999;padding:1rem;
background:#300;color:#fff;white-space:pre-wrap;font:16px/1.5 monospace">{}</pre>
"""
_NO_PAGE = b"<!doctype html><meta charset=utf-8><title>Not built</title>"


class Preview:
    """The last good tree, in a folder of its own, and what went wrong since."""

    def __init__(self, root: Path, options: Options, tree: Path) -> None:
        self._root = root
        self._options = msgspec.structs.replace(options, output=str(tree))
        tree.mkdir(parents=True, exist_ok=True)  # there is something to serve whatever happens
        self.error = ""
        self.version = 0
        self.ended = False  # nobody will be told of changes any more

    def rebuild(self) -> Report | None:
        """Build anew. None, and `error` says why, where that fails; the tree is then as before."""
        report, before = None, self.error
        try:
            report = build(self._root, self._options)
            self.error = ""
        except BlogforgeError as error:
            self.error = str(error)
        except Exception as error:  # noqa: BLE001  (a plugin's, or ours: the author reads on)
            self.error = f"blogforge failed: {error!r}\n'blogforge --debug build' says where"
        if self.error != before or (report and report.pages.changes):
            self.version += 1
        return report

    def added(self) -> bytes:
        """What each page ends with: the script that reloads it, and the error there is, if any."""
        overlay = _OVERLAY.format(escape(self.error)) if self.error else ""
        return (_SCRIPT.format(self.version) + overlay).encode()


class _Files(StaticFiles):
    """The tree, with what the preview adds to each page."""

    def __init__(self, tree: Path, preview: Preview) -> None:
        super().__init__(directory=tree, html=True)
        self._preview = preview

    async def get_response(self, path: str, scope: Scope) -> Response:
        added = self._preview.added()  # before the page is read, so that no change is missed
        try:
            response = await super().get_response(path, scope)
            file = str(getattr(response, "path", ""))
            if not file.endswith(".html"):
                return response
            page = await asyncio.to_thread(Path(file).read_bytes)
        except FileNotFoundError:  # a build has just removed it
            raise HTTPException(404) from None
        return HTMLResponse(page + added, response.status_code)


def application(root: Path, tree: Path, preview: Preview, say: Callable[[str], None]) -> Starlette:
    """The server of `preview`, whose tree is `tree`; it watches `root` as long as it runs."""
    config = load_config(root)
    base = config.base_path

    async def events(request: Request) -> StreamingResponse:
        return StreamingResponse(_changes(preview, request), media_type="text/event-stream")

    async def without_page(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = {"cache-control": "no-store"}
        return HTMLResponse(_NO_PAGE + preview.added(), error.status_code, headers)

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
        exception_handlers={404: without_page},
        lifespan=lifespan,
    )


async def _changes(preview: Preview, request: Request) -> AsyncIterator[str]:
    seen = request.query_params.get(_SEEN, "")
    quiet = 0.0
    while not (preview.ended or await request.is_disconnected()):
        if str(preview.version) != seen:
            seen = str(preview.version)
            yield "data: changed\n\n"
        elif quiet >= _HEARTBEAT:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(0.1)
        quiet += 0.1


async def _watch(root: Path, preview: Preview, say: Callable[[str], None]) -> None:
    from watchfiles import awatch

    def is_source(_: object, path: str) -> bool:
        parts = Path(path).relative_to(root.resolve()).parts
        if not parts or any(part.startswith(".") for part in parts):
            return False
        return parts[0] in _SOURCES or path.endswith(".py")  # a plugin may be in any module

    async for _changed in awatch(root.resolve(), watch_filter=is_source):
        report = await asyncio.to_thread(preview.rebuild)
        say(as_text(report) if report else preview.error)


def serve(
    root: Path, options: Options, port: int, say: Callable[[str], None], *, open_browser: bool
) -> None:
    """Serve the site in `root` on the loopback until interrupted.

    Content that cannot be built is shown in the browser. Raises ConfigError where `root` is no
    site, MachineError where the port is taken.
    """
    base = load_config(root).base_path
    listener = _listen(port)
    url = f"http://{HOST}:{listener.getsockname()[1]}{base}"
    with listener, tempfile.TemporaryDirectory(prefix="blogforge-") as folder:
        tree = Path(folder) / "tree"
        preview = Preview(root, options, tree)
        report = preview.rebuild()
        say(as_text(report) if report else preview.error)
        say(f"reading at {url} (Ctrl-C ends it)")
        if open_browser:
            threading.Timer(0.5, webbrowser.open, [url]).start()
        app = application(root, tree, preview, say)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        server = _Server(config, preview)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _end)
        with suppress(KeyboardInterrupt):  # which uvicorn raises again once all is closed
            server.run(sockets=[listener])


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Take SIGTERM, which uvicorn raises again too, without leaving the preview's tree behind."""
    raise SystemExit(0)


class _Server(uvicorn.Server):
    """Ends the streams of open pages, which would never end by themselves, before it ends."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self._preview = preview

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take Ctrl-C."""
        self._preview.ended = True
        super().handle_exit(sig, frame)


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()  # at once, so that who comes before the server is ready has to wait
    except OSError as error:
        listener.close()
        message = f"cannot listen on {HOST}:{port}: {error.strerror}"
        raise MachineError.of(message, hint="end what uses it, or name another --port") from error
    return listener
