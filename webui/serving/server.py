"""The server: web processes and, beside them, the single writer or what brings its files here, under one supervisor."""

from __future__ import annotations

import ctypes
import gc
import logging.config
import os
import socket
import sys
from contextlib import suppress
from typing import Any

from gunicorn.app.base import BaseApplication

from indexer.errors import AddressError
from indexer.query_log.recorder import Recorder
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from webui import create_app
from webui.middleware.access_log import AccessLog
from webui.middleware.log_format import log_settings
from webui.middleware.metrics import Metrics
from webui.middleware.shared_counts import Counters
from webui.presenters.template_languages import compile_all
from webui.serving.children import DRAIN_SECONDS, Child
from webui.serving.reloading import Operations, Reloading
from webui.serving.supervisor import Supervisor
from webui.serving.worker import Worker

_THREADS = 4
"""Concurrent requests per process: the engine and the network wait outside Python's lock."""
_SECONDS = 30
"""Time within which a process must give a sign of life; otherwise it is replaced."""
_LONGEST_REQUEST_LINE = 8190
"""The largest value that gunicorn allows, in bytes; its default of 4,094 refuses a query of 512 Vietnamese letters."""
_CONNECTIONS = 1000
"""Connections per process; idle ones cost a few KB each."""
_KEEP_ALIVE = 15
"""Seconds for which an idle connection is kept open."""
_M_ARENA_MAX = -8
"""Parameter of ``mallopt(3)``."""
_LISTEN_PID = "LISTEN_PID"
"""The process for which systemd opened a socket; systemd keeps it, so no request is refused during a restart."""
_WARM_UP = ("khởi động 1/QĐ-UBND", "khoi dong")
"""Searches that initialise what is set up on first use, including the vocabulary of corrections."""


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our worker; each process opens the index itself."""

    def __init__(self, reloading: Reloading) -> None:
        self._reloading = reloading
        self._settings = settings = reloading.settings
        # Before the processes fork, so that they share the counts.
        self._counters = Counters()
        # A reload runs old and new processes together; one more row for a process being replaced.
        self._rows = 2 * settings.web_workers + 1
        self._taken: dict[Any, int] = {}
        self.metrics = Metrics(self._rows)
        self._recorder: Recorder | None = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": self._settings.web_workers,
            "worker_class": Worker,
            "worker_connections": _CONNECTIONS,
            "threads": _THREADS,
            "keepalive": _KEEP_ALIVE,
            # It waits forever for clients that do not receive; streamed responses have a limit (``worker.py``).
            "sendfile": False,
            # No server in front sets the path.
            "forwarder_headers": "",
            "limit_request_line": _LONGEST_REQUEST_LINE,
            "timeout": _SECONDS,
            "graceful_timeout": int(DRAIN_SECONDS) - 5,
            "loglevel": "warning",
            "logconfig_dict": log_settings(self._settings.json_logs),
            "control_socket_disable": True,
            "pre_fork": self._take_row,
            "post_fork": self._use_row,
            "child_exit": self._free_row,
            "worker_exit": self._close,
        }.items():
            self.cfg.set(name, value)

    def reload(self) -> None:
        """Take the newest settings for the processes that follow."""
        self._settings = self._reloading.newest()
        super().reload()

    def _take_row(self, arbiter: Any, worker: Any) -> None:
        free = set(range(self._rows)) - set(self._taken.values())
        self._taken[worker] = min(free, default=0)

    def _use_row(self, arbiter: Any, worker: Any) -> None:
        self.metrics.use_row(self._taken[worker])

    def _free_row(self, arbiter: Any, worker: Any) -> None:
        self._taken.pop(worker, None)

    def _close(self, arbiter: Any, worker: Any) -> None:
        if self._recorder is not None:
            self._recorder.close()

    def load(self) -> Any:
        _use_one_heap()
        # Each process opens the index itself; readers share its pages through the kernel.
        service = open_search(self._settings, patient=True)
        if service.unready() is None:
            # Spares the first visitor the work of first use.
            for text in _WARM_UP:
                service.search(SearchRequest(text))
        access_log = AccessLog() if self._settings.access_log else None
        if self._settings.query_log:
            self._recorder = Recorder(self._settings, lambda: self.metrics.count("query_log_dropped"))
        application = create_app(service, self._counters, self.metrics, access_log, self._recorder)
        compile_all(application)
        # Lexicon and vocabulary are permanent: the garbage collector need not visit them again and again.
        gc.collect()
        gc.freeze()
        _give_back()
        return application


def _use_one_heap() -> None:
    """Make all threads of this process allocate from one heap; by default, glibc gives each its own.

    Python runs one of them at a time, so contention is low; it saves 9 MB of 95 with the 86,416 articles.
    """
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _give_back() -> None:
    """Return the memory needed temporarily for reading the vocabulary to the system: 13 MB with 345,000 articles."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _check_address(settings: Settings) -> None:
    """Raise AddressError if the address cannot be bound: the server itself would retry for seconds."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise AddressError(settings.host, settings.port, error.strerror or str(error)) from error


def serve(settings: Settings, operations: Operations, quiet: bool = False) -> int:
    """Serve until SIGINT or SIGTERM; raises IndexMissingError or AddressError before listening.

    An index of another version is not an error: the server stays unready until ``tracuu rebuild`` has finished; nor is a missing
    one where it comes from another machine. SIGHUP reads the settings again.
    """
    reason = open_search(settings, patient=True).unready()
    inherited = os.environ.get(_LISTEN_PID) == str(os.getpid())
    if not inherited:
        _check_address(settings)
    if reason:
        print(f"tracuu: not ready: {reason}", file=sys.stderr, flush=True)
    if not quiet:
        print(f"Tra Cứu: http://{settings.host}:{settings.port}", file=sys.stderr, flush=True)
    logging.config.dictConfig(log_settings(settings.json_logs))
    reloading = Reloading(settings, operations)
    server = Server(reloading)

    def web() -> None:
        if inherited:
            os.environ[_LISTEN_PID] = str(os.getpid())
        server.reload()  # started again, it begins with what was read since
        server.run()

    children = [Child("web", web, vital=True, reloads=True), *reloading.beside(settings)]
    return Supervisor(children, reloading.renewal).run()
