"""Serving: gunicorn with one application per worker process."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from indexer.errors import AddressError
from indexer.model import SearchRequest
from indexer.search import open_search
from indexer.settings import Settings
from webui import create_app
from webui.counters import Counters
from webui.errors import PROBLEM_JSON, problem_json

_THREADS = 4
"""Requests at once per process: the engine and the network wait outside of Python's lock."""
_SECONDS = 30
"""A request that takes longer is given up and its process replaced."""
_LONGEST_REQUEST_LINE = 8190
"""Bytes, the most that gunicorn allows: its default of 4,094 refuses a query of 512 Vietnamese letters."""


class _Worker(ThreadWorker):  # type: ignore[misc]
    """Answers what is no request as the application answers what it refuses: gunicorn would send HTML, and 501 for some."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        status = HTTPStatus.BAD_REQUEST
        if isinstance(exc, LimitRequestLine):
            status = HTTPStatus.REQUEST_URI_TOO_LONG
        elif isinstance(exc, LimitRequestHeaders):
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        body = problem_json(
            "about:blank", status.phrase, status, "this can't be read as an HTTP request"
        ).encode()
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Type: {PROBLEM_JSON}\r\n"
        with suppress(OSError):
            client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # Before the processes fork, so that they count together.
        self._counters = Counters()
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": self._settings.web_workers,
            "worker_class": _Worker,
            "threads": _THREADS,
            "limit_request_line": _LONGEST_REQUEST_LINE,
            "timeout": _SECONDS,
            "loglevel": "warning",
            "control_socket_disable": True,
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        # Each process opens the index for itself: readers share its pages through the kernel.
        service = open_search(self._settings, patient=True)
        if service.unready() is None:
            # The first visitor should not wait for what is set up on first use.
            service.search(SearchRequest("khởi động 1/QĐ-UBND"))
        return create_app(service, self._counters)


def _check_address(settings: Settings) -> None:
    """Raise AddressError where the address can't be listened on: the server itself would try for seconds."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise AddressError(settings.host, settings.port, error.strerror or str(error)) from error


def serve(settings: Settings, quiet: bool = False) -> int:
    """Serve until SIGINT or SIGTERM; raises IndexMissingError or AddressError before anything listens.

    An index of another version is no reason not to: the server is not ready until ``tracuu rebuild`` is done.
    """
    reason = open_search(settings, patient=True).unready()
    _check_address(settings)
    if reason:
        print(f"tracuu: not ready: {reason}", file=sys.stderr, flush=True)
    if not quiet:
        print(f"Tra Cứu: http://{settings.host}:{settings.port}", file=sys.stderr, flush=True)
    _Server(settings).run()
    return 0
