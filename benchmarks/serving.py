"""The server under load, and the memory of its processes."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import child, family, memory_mb

_WORKERS = 2


def measure(data: Path) -> dict[str, Any]:
    """Serve ``data`` with two processes, load them, and return the figures."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "indexer", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen([*command, "--workers", str(_WORKERS), "--quiet"])
    try:
        _wait(port)
        figures = child("benchmarks.load", str(port))
        workers = [pid for pid in family(server.pid) if pid != server.pid]
        figures["private_mb"] = max(memory_mb(pid, private=True) for pid in workers)
        return figures
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")
