"""Who may read the preview, and what a request may ask for.

A page of another site must not read what is not published: a browser sends its name as Origin, or,
once its name has been made to mean this machine (DNS rebinding), as Host. Both are looked at before
anything else. Paths are refused here for their form alone; nothing on the disk is reachable by
one, since pages are found in a mapping.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

METHODS = ("GET", "HEAD")
LONGEST_PATH = 2048  # bytes; no published path is longer
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?")
_HALF_ENCODED = re.compile(rb"%(?![0-9A-Fa-f]{2})")
# Nobody else may frame, embed, sniff or keep what is shown, or learn whose link was followed.
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "frame-ancestors 'self'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class Refusal(NamedTuple):
    """An answer to a request that is not looked at any further."""

    status: int
    reason: str


class PathError(ValueError):
    """A path that no browser sends for a page of the site."""


class Safety:
    """ASGI middleware: refuses what `refusal` refuses, and adds HEADERS to every answer.

    `exposed`: the server may be reached by other machines, under any address of this one.
    """

    def __init__(self, app: ASGIApp, *, exposed: bool = False) -> None:
        self._app = app
        self._exposed = exposed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on."""
        refused = refusal(scope, exposed=self._exposed) if scope["type"] == "http" else None
        if refused is None:
            await self._app(scope, receive, send)
            return
        headers = HEADERS | ({"allow": ", ".join(METHODS)} if refused.status == 405 else {})
        await PlainTextResponse(f"{refused.reason}\n", refused.status, headers)(
            scope, receive, send
        )


def refusal(scope: Scope, *, exposed: bool) -> Refusal | None:
    """Why a request is refused; None where it is not."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if reason := _foreign(headers, exposed=exposed):
        return Refusal(403, reason)
    if scope["method"] not in METHODS:
        return Refusal(405, "the preview can only be read")
    try:
        checked_path(scope["raw_path"])
    except PathError as error:
        return Refusal(400, str(error))
    return None


def checked_path(raw: bytes) -> str:
    """The characters of a percent-encoded path such as b"/2012/03/21/libya-mali/".

    Raises PathError for one that could mean a file outside the site somewhere.
    """
    if len(raw) > LONGEST_PATH:
        raise PathError("the path is too long")
    if not raw.startswith(b"/"):
        raise PathError("the path does not begin with a slash")
    if _HALF_ENCODED.search(raw):
        raise PathError("the path has a % that encodes nothing")
    return "/".join(map(_segment, raw.split(b"/")))


def _segment(raw: bytes) -> str:
    try:
        segment = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        raise PathError("the path is not UTF-8") from None
    if segment in {".", ".."} or any(c in "/\\" or c < " " or c == "\x7f" for c in segment):
        raise PathError("the path has a segment that no page has")
    return segment


# ---------------------------------------------------------------- who


def _foreign(headers: Mapping[str, str], *, exposed: bool) -> str:
    """Why a request with these headers comes from elsewhere; "" where it does not."""
    host = headers.get("host", "")
    if not _is_ours(host, exposed=exposed):
        return "this preview does not answer to that name"
    origin = headers.get("origin")
    if origin is not None and origin not in {f"http://{host}", f"https://{host}"}:
        return "this preview is for its own pages alone"
    return ""


def _is_ours(host: str, *, exposed: bool) -> bool:
    """Whether the Host header names this machine.

    Where others may reach it, any address does: what must not pass is a name that somebody else
    gave to an address.
    """
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    name = found[1].strip("[]").lower()
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return exposed or address.is_loopback
