"""Fetching from the internet: over http and https, from public addresses only, within bounds.

Each address is checked where it is connected to, on every redirect. No cookies are kept, no
credentials sent, and no proxy is used, for behind a proxy nobody knows where an address leads.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from blogforge import __version__
from blogforge.errors import MachineError
from blogforge.fetching.addresses import resolve
from blogforge.fetching.answers import Fetched, Redirect, whole
from blogforge.fetching.faults import Unfetched
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpcore

    from blogforge.fetching.addresses import Resolver

_REDIRECTS = {301, 302, 303, 307, 308}
_STEP = 10.0  # seconds that one read, write or connection may take


class Limits(Value, frozen=True, kw_only=True):
    """Bounds of one request with its redirects: seconds, bytes of the body, redirects.

    `loopback`: whether this machine's own addresses may be asked as well; for tests.
    """

    seconds: float = 30.0
    bytes: int = 50 * 1024**2
    redirects: int = 5
    loopback: bool = False


class Client:
    """Fetches; several threads may use one. To be closed, or used in a `with`.

    `site` is named to those who are asked. Raises MachineError where httpx is not installed,
    with the name of the `extra` that has it.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        site: str = "",
        extra: str = "import",
        resolver: Resolver = resolve,
    ) -> None:
        _require(extra)
        import httpcore
        import httpx

        from blogforge.fetching.connecting import Backend

        self.limits = limits or Limits()
        self.agent = f"blogforge/{__version__}" + (f" (+{site})" if site else "")
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            network_backend=Backend(resolver, loopback=self.limits.loopback),
            max_connections=None,
            max_keepalive_connections=10,
            keepalive_expiry=10.0,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def fetch(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bool = True,
    ) -> Fetched:
        """What `url` answers, after its redirects; the body only where it is asked for.

        Raises Unfetched where there is no answer within the limits.
        """
        from blogforge.fetching.connecting import DEADLINE

        token = DEADLINE.set(time.monotonic() + self.limits.seconds)
        steps: list[Redirect] = []
        try:
            while True:
                found = self._ask(url, method, headers or {}, body=body)
                target = found.headers.get("location", "")
                if found.status not in _REDIRECTS or not target:
                    return _after(found, steps)
                if len(steps) >= self.limits.redirects:
                    raise Unfetched("redirects", f"more than {len(steps)} redirects")
                url = _joined(found.url, target)
                steps.append(Redirect(status=found.status, url=url))
        finally:
            DEADLINE.reset(token)

    def _ask(self, url: str, method: str, headers: Mapping[str, str], *, body: bool) -> Fetched:
        import httpcore
        import httpx

        parsed = _parsed(url)
        request = httpx.Request(
            method,
            parsed,
            headers={
                "User-Agent": self.agent,
                "Accept": "*/*",
                "Accept-Encoding": "gzip",
                **headers,
            },
        )
        core = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=parsed.raw_scheme,
                host=parsed.raw_host,
                port=parsed.port,
                target=parsed.raw_path,
            ),
            headers=request.headers.raw,
            extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), _STEP)},
        )
        try:
            response = self._pool.handle_request(core)
        except Exception as error:
            raise _unfetched(error) from error
        return self._read(str(parsed), response, body=body and method != "HEAD")

    def _read(self, url: str, response: httpcore.Response, *, body: bool) -> Fetched:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers
        }
        content = b""
        try:
            if body and response.status not in _REDIRECTS:
                content = whole(response.iter_stream(), headers, self.limits.bytes)
        except Exception as error:
            raise _unfetched(error) from error
        finally:
            response.close()
        return Fetched(url=url, status=response.status, headers=headers, content=content)


def _require(extra: str) -> None:
    try:
        import httpcore  # noqa: F401
        import httpx  # noqa: F401
    except ImportError as error:
        raise MachineError.of(
            "nothing can be fetched without httpx", hint=f'pip install "blogforge[{extra}]"'
        ) from error


def _parsed(url: str) -> Any:
    """`url` as httpx has it, its host in ASCII. Raises Unfetched for what is not fetched."""
    import httpx

    try:
        parts = urlsplit(url)
        parsed = httpx.URL(url.partition("#")[0])
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Unfetched("refused", f"this is no address: {url[:200]!r}") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise Unfetched("refused", f"only http and https are fetched, not {url[:200]!r}")
    if parsed.userinfo or set(parts.netloc) & {"@", "\\"}:
        raise Unfetched("refused", f"an address with a user name is not fetched: {url[:200]!r}")
    return parsed


def _joined(base: str, target: str) -> str:
    import httpx

    try:
        return str(httpx.URL(base).join(target))
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Unfetched(
            "broken", f"it redirects to what is no address: {target[:200]!r}"
        ) from error


def _after(found: Fetched, steps: list[Redirect]) -> Fetched:
    from msgspec.structs import replace

    return replace(found, redirects=tuple(steps))


def _unfetched(error: Exception) -> Unfetched:
    """What a library's exception means. Raises the exception again where it means nothing."""
    import ssl

    import httpcore

    if isinstance(error, Unfetched):
        return error
    cause = error.__cause__ or error.__context__
    if isinstance(error, httpcore.ConnectError) and isinstance(cause, ssl.SSLError):
        reason = getattr(cause, "verify_message", "") or cause.reason or str(cause)
        return Unfetched("tls", f"its certificate or encryption is wrong: {reason}")
    if isinstance(error, httpcore.TimeoutException):
        return Unfetched("timeout", "it took too long")
    if isinstance(error, httpcore.ProtocolError):
        return Unfetched("broken", f"it does not speak HTTP: {error}")
    if isinstance(error, httpcore.NetworkError):
        return Unfetched("unreachable", f"it cannot be reached: {error}")
    raise error
