"""Which addresses of the internet are public, and the names that lead to them."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from blogforge.fetching.faults import Unfetched

if TYPE_CHECKING:
    from collections.abc import Callable

    # A host and a port -> the addresses of that host.
    Resolver = Callable[[str, int], list[str]]

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))  # RFC 6052, RFC 8215
_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, section 2.5.5.1


def is_public(address: str) -> bool:
    """Whether anybody on the internet reaches `address`, of IPv4 or IPv6, and it is one host's.

    An IPv6 address that stands for one of IPv4 is as public as that one; those that send
    packets through a relay (6to4, Teredo) are not.
    Source: https://www.iana.org/assignments/iana-ipv4-special-registry, and -ipv6-.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.sixtofour or ip.teredo or ip.is_site_local:
            return False
        if (inner := _inner(ip)) is not None:
            ip = inner
    reserved = ip.is_multicast or ip.is_reserved or ip.is_unspecified
    return ip.is_global and not reserved and not ip.is_loopback


def _inner(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in _COMPATIBLE or any(ip in network for network in _NAT64):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`, as the system knows them. Raises Unfetched."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unfetched("unknown-host", f"there is no host '{host}'") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def permitted(host: str, port: int, resolver: Resolver, *, loopback: bool) -> list[str]:
    """The addresses of `host`, all of them public, or of this machine where `loopback` says so.

    Raises Unfetched, of kind "refused", where one of them leads inward.
    """
    addresses = resolver(host, port)
    for address in addresses:
        inward = not is_public(address)
        if inward and not (loopback and ip_address(address.partition("%")[0]).is_loopback):
            raise Unfetched("refused", f"'{host}' is at {address}, which is not public")
    if not addresses:
        raise Unfetched("unknown-host", f"there is no host '{host}'")
    return addresses
