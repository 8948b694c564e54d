"""Connections to addresses that others name: to public ones only, each resolved once and that very address asked."""

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
"""Host and port -> addresses as texts; raises OSError."""
_LONGEST_ADDRESS = 2048


@dataclass(frozen=True, slots=True)
class Connector:
    """Connects to what ``allowed`` lets through, or is one of the hosts ``names`` whatever their address."""

    resolver: Resolver = resolve
    allowed: Callable[[Address], bool] = is_public
    names: Collection[str] = ()

    @contextmanager
    def opened(self, url: str, deadline: float) -> Iterator[tuple[http.client.HTTPConnection, str]]:
        """Give a connection to the host of ``url`` and the path to ask it for; cut at ``deadline`` (of ``time.monotonic``).

        Raises ItemError where it may not be asked, TimeoutError, OSError and HTTPException.
        """
        parts = checked(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        pinned = socket.create_connection((self._address(host, port), port), _left(deadline))
        # A timeout of the socket begins anew with every byte: this ends a server that sends one a minute.
        sockets = [pinned]
        watch = threading.Timer(_left(deadline), _cut, [sockets])
        watch.start()
        connection = http.client.HTTPConnection(host, port)
        try:
            connection.sock = pinned
            if parts.scheme == "https":
                # It takes the socket over, and only then shakes hands: so that is cut as well.
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
        # One that is not public is enough: who answers with both hopes for the wrong one to be taken.
        if host.lower() not in self.names and not all(map(self.allowed, addresses)):
            raise ItemError(f"{host} is not on the public internet")
        return str(addresses[0])


def checked(url: str) -> SplitResult:
    """Return the parts of ``url``; raises ItemError for what is no plain http or https address."""
    parts = urlsplit(url)
    if len(url) > _LONGEST_ADDRESS or not url.isascii() or re.search(r"[\s\x00-\x1f\x7f]", url):
        raise ItemError("its address is too long or malformed; percent-encode characters outside ASCII")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ItemError("only http and https addresses can be fetched")
    if parts.username is not None or parts.password is not None:
        raise ItemError("addresses that contain a user name or password are not fetched")
    return parts


def _cut(sockets: list[socket.socket]) -> None:
    # Below TLS, which has a state that another thread is at.
    with suppress(OSError):
        socket.socket.shutdown(sockets[-1], socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
