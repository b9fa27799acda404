"""Decide which web pages may use the server."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def listens_on_loopback(host: str, port: int) -> bool:
    """Return whether a server on this host is reachable only from this machine.

    The function resolves the host, as the server does, because loopback has many spellings: ``LOCALHOST``,
    ``127.1``, or a name in the hosts file.

    Raises:
        OSError: There is no such host.
        UnicodeError: The name cannot be encoded.
    """
    addresses = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return all(_is_loopback(str(address[0])) for *_, address in addresses)


def is_local_host(host: str, served_host: str) -> bool:
    """Return whether the Host header of a request names this machine.

    The accepted names are the host given to the server, and names that browsers treat as local. Other names
    may also resolve to this machine, but they can belong to a foreign page (DNS rebinding).
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name.removesuffix(".") in ("localhost", served_host.lower()) or _is_loopback(name)


def is_own_origin(origin: str, scheme: str, host: str) -> bool:
    """Return whether an Origin header has the same scheme, host and port as the request."""
    request_origin = _origin(f"{scheme}://{host}")
    return request_origin is not None and _origin(origin) == request_origin


def _origin(address: str) -> tuple[str, str, int] | None:
    """Return the scheme, host and port of an address, or ``None`` if the address is malformed."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, _DEFAULT_PORTS[parts.scheme] if port is None else port


def _is_loopback(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    # In Python 3.11 and 3.12, `is_loopback` is false for ::ffff:127.0.0.1.
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback
