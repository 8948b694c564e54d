"""Serving: gunicorn with one application per worker process."""

from __future__ import annotations

import gc
import socket
import sys
from typing import Any

from gunicorn.app.base import BaseApplication

from indexer.errors import AddressError
from indexer.model import SearchRequest
from indexer.search import open_search
from indexer.settings import Settings
from webui import create_app

_THREADS = 4
"""Requests at once per process: the engine and the network wait outside of Python's lock."""
_SECONDS = 30
"""A request that takes longer is given up and its process replaced."""
_LONGEST_REQUEST_LINE = 8190
"""Bytes, the most that gunicorn allows: its default of 4,094 refuses a query of 512 Vietnamese letters."""


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": self._settings.web_workers,
            "worker_class": "gthread",
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
        service = open_search(self._settings)
        # The first visitor should not wait for what is set up on first use.
        for text in ("khởi động 1/QĐ-UBND", "khoi dong"):
            service.search(SearchRequest(text))
        application = create_app(service)
        # Lexicon and vocabulary stay for good: the collector need not walk through them again and again.
        gc.collect()
        gc.freeze()
        return application


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
    """Serve until SIGINT or SIGTERM; raises IndexMissingError or AddressError before anything listens."""
    open_search(settings)
    _check_address(settings)
    if not quiet:
        print(f"Tra Cứu: http://{settings.host}:{settings.port}", file=sys.stderr, flush=True)
    _Server(settings).run()
    return 0
