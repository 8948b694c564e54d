"""A proxy between us and a node, whose connections can be cut, or kept open without passing anything on."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

_CHUNK = 65_536


class Proxy:
    """Listens on loopback and passes everything on to one node."""

    def __init__(self, host: str) -> None:
        parts = urlsplit(host)
        self._target = (parts.hostname or "", parts.port or 0)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._passes = threading.Event()
        self._passes.set()
        self._is_cut = False
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def _start(self, what: object, *given: socket.socket) -> None:
        thread = threading.Thread(target=what, args=given)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                ours, _ = self._listening.accept()
            except OSError:
                return
            if self._is_cut:
                ours.close()
                continue
            try:
                theirs = socket.create_connection(self._target, timeout=5)
            except OSError:
                ours.close()
                continue
            theirs.settimeout(None)
            self._open += [ours, theirs]
            self._start(self._pass_on, ours, theirs)
            self._start(self._pass_on, theirs, ours)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                self._passes.wait()
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Close all connections, and each new one at once."""
        self._is_cut = True
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def hold(self) -> None:
        """Keep connections open, and accept new ones, but pass nothing on."""
        self._passes.clear()

    def mend(self) -> None:
        """Pass everything on again."""
        self._is_cut = False
        self._passes.set()

    def stop(self) -> None:
        """Close everything."""
        self._passes.set()
        self.cut()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join()
        for one in self._open:
            one.close()
