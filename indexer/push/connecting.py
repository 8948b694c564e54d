"""Connections to addresses given by others: only public ones, resolved once and then used unchanged."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from indexer.errors import ItemError
from indexer.network import Address, is_public, resolve

Resolver = Callable[[str, int], Sequence[str]]
"""Returns the addresses for host and port as text; raises OSError."""
_LONGEST_ADDRESS = 2048


@dataclass(frozen=True, slots=True)
class Connector:
    """Connects to addresses for which ``allowed`` is true, and to the hosts ``names`` whatever their address."""

    resolver: Resolver = resolve
    allowed: Callable[[Address], bool] = is_public
    names: Collection[str] = ()

    @contextmanager
    def opened(self, url: str, deadline: float) -> Iterator[tuple[http.client.HTTPConnection, str]]:
        """Yield a connection to the host of ``url`` and the path to request; it is cut at ``deadline`` (by ``time.monotonic``).

        Raises ItemError if the address is not allowed, and TimeoutError, OSError or HTTPException.
        """
        parts = checked(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        pinned = socket.create_connection((self._address(host, port), port), _left(deadline))
        # A socket timeout restarts with every byte; this stops a server that sends one byte a minute.
        sockets = [pinned]
        watch = threading.Timer(_left(deadline), _cut, [sockets])
        watch.start()
        connection = http.client.HTTPConnection(host, port)
        try:
            connection.sock = pinned
            if parts.scheme == "https":
                # It takes over the socket before the handshake, so the handshake is cut as well.
                connection.sock = ssl.create_default_context().wrap_socket(
                    pinned, server_hostname=host, do_handshake_on_connect=False
                )
                sockets.append(connection.sock)
                connection.sock.do_handshake()
            yield connection, f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        except (OSError, http.client.HTTPException):
            _left(deadline)  # if it was cut, that is why
            raise
        finally:
            watch.cancel()
            connection.close()
            pinned.close()
        _left(deadline)  # what was cut may look like an end

    def _address(self, host: str, port: int) -> str:
        addresses = [ipaddress.ip_address(one.partition("%")[0]) for one in self.resolver(host, port)]
        if not addresses:
            raise ItemError(f"{host} has no address")
        # A single non-public address is enough to refuse: a host that returns both kinds hopes that the wrong one is used.
        if host.lower() not in self.names and not all(map(self.allowed, addresses)):
            raise ItemError(f"{host} is not on the public internet")
        return str(addresses[0])


def checked(url: str) -> SplitResult:
    """Return the parts of ``url``; raises ItemError unless it is a plain http or https address."""
    parts = urlsplit(url)
    if len(url) > _LONGEST_ADDRESS or not url.isascii() or re.search(r"[\s\x00-\x1f\x7f]", url):
        raise ItemError("its address is too long or malformed; percent-encode characters outside ASCII")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ItemError("only http and https addresses can be fetched")
    if parts.username is not None or parts.password is not None:
        raise ItemError("addresses that contain a user name or password are not fetched")
    return parts


def _cut(sockets: list[socket.socket]) -> None:
    # Below TLS, whose state another thread may be using.
    with suppress(OSError):
        socket.socket.shutdown(sockets[-1], socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
