"""Half-closed connections, kept so that the last response reaches a client that is still sending."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ, BaseSelector
from typing import Any

_SECONDS = 2.0
_CHUNK = 65_536


class Lingering:
    """Discards incoming bytes until the client closes the connection or time runs out; then ``ended`` gets the connection."""

    def __init__(self, poller: BaseSelector, ended: Callable[[Any], None]) -> None:
        self._poller = poller
        self._ended = ended
        self._deadlines: dict[Any, float] = {}

    def add(self, conn: Any) -> None:
        """Tell the client of ``conn`` that nothing more will be sent."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self._poller.register(conn.sock, EVENT_READ, partial(self._drain, conn))
        except (OSError, ValueError, KeyError):
            self._ended(conn)
            return
        self._deadlines[conn] = time.monotonic() + _SECONDS

    def expire(self) -> None:
        """Close the connections whose time has run out."""
        now = time.monotonic()
        for conn, deadline in list(self._deadlines.items()):
            if deadline <= now:
                self._end(conn)

    def _drain(self, conn: Any, sock: Any) -> None:
        try:
            if sock.recv(_CHUNK):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._end(conn)

    def _end(self, conn: Any) -> None:
        del self._deadlines[conn]
        self._poller.unregister(conn.sock)
        self._ended(conn)
