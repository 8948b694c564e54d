"""gunicorn's worker with threads, of which none ever waits for a client to finish its request.

As it comes, a connection takes a thread from the first moment on, and eight clients that send a byte now and then stop
two processes of four threads. Here the loop of the process reads; a thread gets what has arrived as a whole. What
waits for a thread is limited: beyond that an honest 503 at once serves everyone better than an answer after a minute.
"""

from __future__ import annotations

import resource
import socket
import struct
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from webui.serving.framing import State, state, watches
from webui.serving.refusals import refusal

WAITING = 48
"""Requests of a process that may wait for a thread: at 10 ms each the last one of them waits half a second."""
BODIES = 2
"""Requests of a process whose bodies are read by threads, as slowly as their clients send: the other threads stay free."""
ARRIVAL_SECONDS = 10.0
"""From the first moment of a connection, or from the first byte of its next request, to the last byte of the request."""
_SEND_SECONDS = 20
"""In which a client has to take something of an answer that it is sent."""
_LINGER_SECONDS = 2.0
"""For which a connection stays half open, so that the last answer reaches a client that is still sending."""
_DRAIN_SECONDS = 0.05
"""For the rest of a body that nobody asked for: what has arrived is thrown away, for more the connection is not kept."""
_STUCK_SECONDS = 60.0
"""After which a process whose threads are all at one request each is replaced."""
_CHUNK = 65_536


class Worker(ThreadWorker):  # type: ignore[misc]
    """One web process; everything but the handling of whole requests happens in its main loop."""

    def init_process(self) -> None:
        """Set up the books of connections, then run."""
        self._arriving: dict[Any, tuple[float, bytearray]] = {}
        self._lingering: dict[socket.socket, float] = {}
        self._handling: dict[Any, float] = {}
        self._bodies: set[Any] = set()
        self._metrics = self.app.metrics
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        super().init_process()

    def accept(self, listener: Any) -> None:
        """Take a connection; where there are too many, the one that has been arriving for longest makes room."""
        if self.nr_conns >= self.worker_connections - 1 and self._arriving:
            self._give_up(next(iter(self._arriving)))
        super().accept(listener)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begin or end taking connections; at the end of all, those that the kernel has already taken are taken first."""
        if not self.alive and self._accepting:
            for listener in self.sockets:
                for _ in range(self.worker_connections - self.nr_conns):
                    before = self.nr_conns
                    self.accept(listener)
                    if self.nr_conns == before:
                        break
        super().set_accept_enabled(enabled)

    def enqueue_req(self, conn: Any) -> None:
        """Read the next request of ``conn``, of which some may be there."""
        conn.sock.setblocking(False)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _SEND_SECONDS, 0))
        conn.sock.setsockopt(
            socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(ARRIVAL_SECONDS), 0)
        )
        ahead = conn.parser.unreader.take_buffered() if conn.parser else b""
        self._arriving[conn] = (time.monotonic() + ARRIVAL_SECONDS, bytearray(ahead))
        self.poller.register(conn.sock, EVENT_READ, partial(self._read, conn))
        self._read(conn, conn.sock)

    def _read(self, conn: Any, sock: Any) -> None:
        if conn not in self._arriving:  # it made room for another in this very turn of the loop
            return
        received = self._arriving[conn][1]
        try:
            chunk = sock.recv(_CHUNK)
        except BlockingIOError:
            chunk = None
        except OSError:
            chunk = b""
        if chunk == b"":
            self._drop(conn)
            return
        received += chunk or b""
        found = state(received)
        if found is State.WAIT:
            return
        self.poller.unregister(sock)
        del self._arriving[conn]
        if found is State.TOO_LARGE:
            self._refuse(conn, 431, received)
        elif found is State.ADDRESS_TOO_LONG:
            self._refuse(conn, 414, received)
        elif len(self._handling) >= self.cfg.threads + WAITING and not watches(received):
            self._metrics.count("shed")
            self._refuse(conn, 503, received)
        elif found is State.BEGUN:
            self._handle_body(conn, received)
        else:
            self._handle(conn, bytes(received))

    def _handle_body(self, conn: Any, received: bytearray) -> None:
        """Give a thread what has begun to arrive, where not too many wait for slow bodies already."""
        if len(self._bodies) >= BODIES:
            self._metrics.count("shed")
            self._refuse(conn, 503, received)
        else:
            self._bodies.add(conn)
            self._handle(conn, bytes(received))

    def _handle(self, conn: Any, received: bytes) -> None:
        if conn.parser is None:
            conn.parser = get_parser(self.cfg, conn.sock, conn.client)
        conn.parser.unreader.unread(received)
        conn.data_ready = True
        self._handling[conn] = time.monotonic()
        self._tell()
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """Go on with a connection, or end it; what it comes with would wait two seconds for the client to hang up."""
        self._handling.pop(conn, None)
        self._bodies.discard(conn)
        self._tell()
        if fs.cancelled() or fs.exception() or not fs.result():
            self._linger(conn)
        else:
            super().finish_request(conn, fs)

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """Keep a connection whose request was read to its end; gunicorn's thread would wait for the rest of a body."""
        return keepalive and bool(conn.parser.finish_body(deadline=time.monotonic() + _DRAIN_SECONDS))

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what is no request as other refusals are: gunicorn would send HTML, and 501 for some."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        status = {LimitRequestLine: 414, LimitRequestHeaders: 431}.get(type(exc), 400)
        with suppress(OSError):
            client.sendall(refusal(status))

    def _refuse(self, conn: Any, status: int, received: bytearray) -> None:
        try:
            conn.sock.send(refusal(status, received))
        except OSError:
            self._close(conn)
            return
        self._linger(conn)

    def _linger(self, conn: Any) -> None:
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, EVENT_READ, partial(self._drain, conn))
        except (OSError, ValueError, KeyError):
            self._close(conn)
            return
        self._lingering[conn] = time.monotonic() + _LINGER_SECONDS

    def _drain(self, conn: Any, sock: Any) -> None:
        """Throw away what still comes, until the client has hung up too."""
        try:
            if sock.recv(_CHUNK):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._unlinger(conn)

    def _unlinger(self, conn: Any) -> None:
        del self._lingering[conn]
        self.poller.unregister(conn.sock)
        self._close(conn)

    def _give_up(self, conn: Any) -> None:
        self._metrics.count("slow_clients")
        self._drop(conn)

    def _drop(self, conn: Any) -> None:
        del self._arriving[conn]
        self.poller.unregister(conn.sock)
        self._close(conn)

    def _close(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """End what takes too long; once the process stops, also connections that have not begun a request."""
        now = time.monotonic()
        for conn, (deadline, received) in list(self._arriving.items()):
            if deadline <= now:
                self._give_up(conn)
            elif not self.alive and not received:
                self._drop(conn)
        for conn, deadline in list(self._lingering.items()):
            if deadline <= now:
                self._unlinger(conn)
        self._tell()

    def notify(self) -> None:
        """Tell the master that all is well, unless no thread has come back for long: then it replaces the process."""
        began = sorted(self._handling.values())[: self.cfg.threads]
        if len(began) == self.cfg.threads and began[-1] < time.monotonic() - _STUCK_SECONDS:
            return
        super().notify()

    def _tell(self) -> None:
        self._metrics.set("connections", self.nr_conns)
        self._metrics.set("requests_waiting", max(0, len(self._handling) - self.cfg.threads))
