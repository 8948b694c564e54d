"""Connections whose next request is still incomplete. The process's main loop reads them, so they occupy no thread."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ, BaseSelector
from typing import Any

from webui.middleware.metrics import Metrics
from webui.serving.framing import State, state

ARRIVAL_SECONDS = 10.0
"""Time limit from the start of a connection, or from the first byte of its next request, to the last byte of the request."""
_SEND_SECONDS = 20
"""Time within which a client must accept part of a response."""
_CHUNK = 65_536


class Arrivals:
    """Reads requests from gunicorn's connections as they come in.

    ``arrived`` receives a connection, the state of its request (never WAIT) and its bytes; ``ended`` receives connections that
    were closed by the client or timed out.
    """

    def __init__(
        self,
        poller: BaseSelector,
        metrics: Metrics,
        arrived: Callable[[Any, State, bytearray], None],
        ended: Callable[[Any], None],
    ) -> None:
        self._poller = poller
        self._metrics = metrics
        self._arrived = arrived
        self._ended = ended
        self._waiting: dict[Any, tuple[float, bytearray]] = {}

    def add(self, conn: Any, ahead: bytes = b"") -> None:
        """Read the next request of ``conn``, which begins with the bytes ``ahead``."""
        conn.sock.setblocking(False)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _SEND_SECONDS, 0))
        conn.sock.setsockopt(
            socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(ARRIVAL_SECONDS), 0)
        )
        self._waiting[conn] = (time.monotonic() + ARRIVAL_SECONDS, bytearray(ahead))
        self._poller.register(conn.sock, EVENT_READ, partial(self.read, conn))
        self.read(conn, conn.sock)

    def read(self, conn: Any, sock: Any) -> None:
        """Read available bytes of ``conn``, unless it was just closed to make room for another."""
        if conn not in self._waiting:
            return
        received = self._waiting[conn][1]
        try:
            chunk = sock.recv(_CHUNK)
        except BlockingIOError:
            chunk = None
        except OSError:
            chunk = b""
        if chunk == b"":
            self._end(conn)
            return
        received += chunk or b""
        found = state(received)
        if found is not State.WAIT:
            self._forget(conn)
            self._arrived(conn, found, received)

    def make_room(self) -> None:
        """Close the connection that has been incomplete for longest, if there is one."""
        if self._waiting:
            self._give_up(next(iter(self._waiting)))

    def expire(self, *, stopping: bool) -> None:
        """Close connections that take too long; with ``stopping``, also those that have not started a request."""
        now = time.monotonic()
        for conn, (deadline, received) in list(self._waiting.items()):
            if deadline <= now:
                self._give_up(conn)
            elif stopping and not received:
                self._end(conn)

    def _give_up(self, conn: Any) -> None:
        self._metrics.count("slow_clients")
        self._end(conn)

    def _end(self, conn: Any) -> None:
        self._forget(conn)
        self._ended(conn)

    def _forget(self, conn: Any) -> None:
        del self._waiting[conn]
        self._poller.unregister(conn.sock)
