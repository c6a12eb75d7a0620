"""The pages that are open in browsers, each told by server-sent events when it is no longer fresh.

A browser says which page it has by a digest, when its stream opens and when it opens again; so no
change is missed between a page and its stream, while it sleeps, or while the server is away.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from blogforge.serve.shown import Shown

HEARTBEAT = 15.0  # seconds; an idle stream notices that its reader has gone
_RETRY = 500  # milliseconds until a browser asks again for a stream that was cut


class Streams:
    """The open streams. Those who tell them something may be in any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: dict[asyncio.Event, str] = {}  # in the order of opening
        self._ended = False

    def begin(self) -> None:
        """Let the running loop be the one that the streams live in."""
        self._loop = asyncio.get_running_loop()

    def watched(self) -> str:
        """The path of the page that was opened last of those still open; "" where none is."""
        return next(reversed(list(self._open.values())), "")

    def tell(self) -> None:
        """Say that what is shown has changed."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._wake)

    def end(self) -> None:
        """End every stream, now and from now on."""
        self._ended = True
        self.tell()

    async def events(
        self, path: str, seen: str, look: Callable[[str], Shown]
    ) -> AsyncIterator[str]:
        """What the browser hears whose page at `path` has the digest `seen`."""
        from starlette.concurrency import run_in_threadpool

        yield f"retry: {_RETRY}\n\n"
        before: Shown | None = None
        with self._opened(path) as changed:
            while not self._ended:
                changed.clear()
                shown = await run_in_threadpool(look, path)
                if shown.digest != seen:
                    yield _event(before, shown)
                seen, before = shown.digest, shown
                while not changed.is_set():
                    try:
                        await asyncio.wait_for(changed.wait(), HEARTBEAT)
                    except TimeoutError:
                        yield ": still here\n\n"

    def _wake(self) -> None:
        for changed in self._open:
            changed.set()

    @contextmanager
    def _opened(self, path: str) -> Iterator[asyncio.Event]:
        changed = asyncio.Event()
        self._open[changed] = path
        try:
            yield changed
        finally:
            del self._open[changed]


def _event(before: Shown | None, after: Shown) -> str:
    """The event that leads from one page to another: new style sheets, or all of it anew."""
    kind, data = "reload", "changed"
    if before is not None and (pairs := _new_styles(before, after)):
        kind, data = "styles", json.dumps(pairs)
    return f"id: {after.digest}\nevent: {kind}\ndata: {data}\n\n"


def _new_styles(before: Shown, after: Shown) -> list[tuple[str, str]]:
    """Old and new addresses of style sheets, where nothing else tells the two pages apart."""
    pairs = [
        (old, after.styles[name])
        for name, old in before.styles.items()
        if after.styles.get(name, old) != old
    ]
    content = before.content
    for old, new in pairs:
        content = content.replace(old.encode(), new.encode())
    return pairs if content == after.content else []
