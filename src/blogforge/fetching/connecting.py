"""Connections to public addresses only, each within its request's time."""

from __future__ import annotations

import time
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import httpcore

from blogforge.fetching.addresses import permitted
from blogforge.fetching.faults import Unfetched

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

    from blogforge.fetching.addresses import Resolver

# When the request of this thread must have ended, as time.monotonic() counts.
DEADLINE: ContextVar[float] = ContextVar("deadline")


def time_left(timeout: float | None) -> float:
    """Seconds that one step may take. Raises Unfetched where the request's time is over."""
    left = DEADLINE.get() - time.monotonic()
    if left <= 0:
        raise Unfetched("timeout", "it took too long")
    return left if timeout is None else min(left, timeout)


class Backend(httpcore.SyncBackend):
    """Connects to the very address that was checked: a name is looked up once."""

    def __init__(self, resolver: Resolver, *, loopback: bool) -> None:
        super().__init__()
        self.resolver = resolver
        self.loopback = loopback

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to `host`; the next of its addresses where one does not answer."""
        addresses = permitted(host, port, self.resolver, loopback=self.loopback)
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, timeout, local_address, socket_options)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never."""
        raise Unfetched("refused", "a socket of this machine is no address")

    def _connect(
        self, address: str, port: int, timeout: float | None, *rest: Any
    ) -> httpcore.NetworkStream:
        return _Stream(super().connect_tcp(address, port, time_left(timeout), *rest))


class _Stream(httpcore.NetworkStream):
    """A connection whose every step has what is left of its request's time."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self.stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, time_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, time_left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _Stream(self.stream.start_tls(ssl_context, server_hostname, time_left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)
