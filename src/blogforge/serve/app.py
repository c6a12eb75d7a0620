"""The preview over HTTP: pages, the script that keeps them fresh, and its events."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from blogforge.serve.additions import EVENTS, RELATED, SCRIPT, script
from blogforge.serve.safety import HEADERS, PathError, Safety, checked_path
from blogforge.serve.shown import media_type

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from blogforge.serve.live import Live
    from blogforge.serve.streams import Streams
    from blogforge.serve.watch import Watch


def application(live: Live, streams: Streams, watch: Watch, *, exposed: bool = False) -> Starlette:
    """The server of what `live` shows, tells `streams` of, and is told of by `watch`.

    `exposed`: it may be reached from other machines.
    """

    async def page(request: Request) -> Response:
        shown = await run_in_threadpool(live.look, request.scope["path"])
        if shown.location:
            return RedirectResponse(shown.location, shown.status, HEADERS)
        headers = HEADERS | {"content-type": shown.media_type}
        return Response(shown.body, shown.status, headers)

    async def related(request: Request) -> Response:
        shown = await run_in_threadpool(live.explain, _page(request))
        return Response(shown.body, shown.status, HEADERS, shown.media_type)

    async def events(request: Request) -> Response:
        seen = request.headers.get("last-event-id") or request.query_params.get("seen", "")
        stream = streams.events(_page(request), seen, live.look)
        return StreamingResponse(stream, 200, HEADERS, "text/event-stream")

    return Starlette(
        routes=[
            Route(EVENTS, events),
            Route(RELATED, related),
            Route(SCRIPT, _script),
            Route("/{path:path}", page),
        ],
        middleware=[Middleware(Safety, exposed=exposed)],
        exception_handlers={PathError: _refused},
        lifespan=lambda _: _running(live, streams, watch),
    )


@asynccontextmanager
async def _running(live: Live, streams: Streams, watch: Watch) -> AsyncIterator[None]:
    """Follow what changes as long as the server runs."""
    streams.begin()
    threading.Thread(target=live.keep, daemon=True).start()
    watch.begin(live.changed)
    yield
    watch.end()
    live.end()


def _page(request: Request) -> str:
    """The page that a query is about. Raises PathError."""
    return checked_path(request.query_params.get("page", "").encode())


async def _script(_: Request) -> Response:
    return Response(script(), 200, HEADERS, media_type(SCRIPT))


async def _refused(_: Request, error: Exception) -> Response:
    return Response(f"{error}\n", 400, HEADERS, "text/plain")
