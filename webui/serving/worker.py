"""gunicorn's threaded worker, changed so that no thread ever waits for a client to finish its request.

By default, a connection occupies a thread from its first moment, so eight clients that trickle bytes block two processes of
four threads. Here the main loop of the process reads, and a thread gets only complete requests. The queue for threads is
limited: beyond that, an immediate 503 serves everyone better than an answer after a minute.
"""

from __future__ import annotations

import resource
import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from webui.serving.arrivals import Arrivals
from webui.serving.framing import State, watches
from webui.serving.lingering import Lingering
from webui.serving.refusals import refusal
from webui.serving.unread import telling_unread

WAITING = 48
"""Requests per process that may wait for a thread: at 10 ms each, the last one waits half a second."""
BODIES = 2
"""Requests per process whose bodies are read by threads at the speed of the client; the other threads stay free."""
_DRAIN_SECONDS = 0.05
"""Time to discard the rest of an unsolicited body that has arrived; beyond that, the connection is closed."""
_STUCK_SECONDS = 60.0
"""Time after which a process is replaced if all of its threads are still at the same request."""
_REFUSED = {State.TOO_LARGE: 431, State.ADDRESS_TOO_LONG: 414}


class Worker(ThreadWorker):  # type: ignore[misc]
    """A web process; everything except handling complete requests happens in its main loop."""

    wsgi: Any

    def init_process(self) -> None:
        """Raise the limit on open connections to what the system allows, then run."""
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        super().init_process()

    def load_wsgi(self) -> None:
        """Load the application."""
        super().load_wsgi()
        self.wsgi = telling_unread(self.wsgi)

    def run(self) -> None:
        """Set up the bookkeeping of connections, then start the loop."""
        self._metrics = self.app.metrics
        self._arrivals = Arrivals(self.poller, self._metrics, self._arrived, self._close)
        self._lingering = Lingering(self.poller, self._close)
        self._handling: dict[Any, float] = {}
        self._bodies: set[Any] = set()
        super().run()

    def accept(self, listener: Any) -> None:
        """Accept a connection; if there are too many, the one that has been incomplete for longest makes room."""
        if self.nr_conns >= self.worker_connections - 1:
            self._arrivals.make_room()
        super().accept(listener)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Start or stop accepting; before the final stop, connections already accepted by the kernel are taken over."""
        if not self.alive and self._accepting:
            for listener in self.sockets:
                for _ in range(self.worker_connections - self.nr_conns):
                    before = self.nr_conns
                    self.accept(listener)
                    if self.nr_conns == before:
                        break
        super().set_accept_enabled(enabled)

    def enqueue_req(self, conn: Any) -> None:
        """Read the next request of ``conn``, part of which may have arrived."""
        self._arrivals.add(conn, conn.parser.unreader.take_buffered() if conn.parser else b"")

    def _arrived(self, conn: Any, found: State, received: bytearray) -> None:
        if found in _REFUSED:
            self._refuse(conn, _REFUSED[found], received)
        elif len(self._handling) >= self.cfg.threads + WAITING and not watches(received):
            self._shed(conn, received)
        elif found is State.WHOLE:
            self._handle(conn, bytes(received))
        elif len(self._bodies) >= BODIES:
            self._shed(conn, received)
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
        """Keep a connection or close it. The inherited method would wait two seconds for the client to hang up."""
        self._handling.pop(conn, None)
        self._bodies.discard(conn)
        self._tell()
        if fs.cancelled() or fs.exception() or not fs.result():
            self._lingering.add(conn)
        else:
            super().finish_request(conn, fs)

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """Keep a connection whose request was read completely; gunicorn's thread would wait for the rest of a body."""
        return keepalive and bool(conn.parser.finish_body(deadline=time.monotonic() + _DRAIN_SECONDS))

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer invalid requests like other refusals: gunicorn would send HTML, and sometimes a 501."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        status = {LimitRequestLine: 414, LimitRequestHeaders: 431}.get(type(exc), 400)
        with suppress(OSError):
            client.sendall(refusal(status))

    def _shed(self, conn: Any, received: bytearray) -> None:
        self._metrics.count("shed")
        self._refuse(conn, 503, received)

    def _refuse(self, conn: Any, status: int, received: bytearray) -> None:
        try:
            conn.sock.send(refusal(status, received))
        except OSError:
            self._close(conn)
            return
        self._lingering.add(conn)

    def _close(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Close connections that take too long; while stopping, also those that have not started a request."""
        self._arrivals.expire(stopping=not self.alive)
        self._lingering.expire()
        self._tell()

    def notify(self) -> None:
        """Report a sign of life to the master, unless no thread has returned for too long: then it replaces the process."""
        began = sorted(self._handling.values())[: self.cfg.threads]
        if len(began) == self.cfg.threads and began[-1] < time.monotonic() - _STUCK_SECONDS:
            return
        super().notify()

    def _tell(self) -> None:
        self._metrics.set("connections", self.nr_conns)
        self._metrics.set("requests_waiting", max(0, len(self._handling) - self.cfg.threads))
