"""The server under load, and the memory of its processes: ``python -m benchmarks.serving INDEX`` prints the figures.

Besides requests per second, there is the CPU time of a request, which depends less on other work.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measure import child, family, memory_mb, processor_seconds
from benchmarks.tables import table

_WORKERS = 2


def section(folder: Path) -> str:
    """Return the table."""
    figures = measure(folder / "ours-all")
    rows = [
        ("requests/s", f"{figures['rate']:.0f}"),
        ("p50", f"{figures['p50']:.1f} ms"),
        ("p95", f"{figures['p95']:.1f} ms"),
        ("CPU time per request", f"{figures['processor_ms']:.1f} ms"),
        ("answers other than 200", str(figures["bad"])),
        ("private memory of a process (target: 90 MB at most)", f"{figures['private_mb']:.0f} MB"),
    ]
    return (
        "## `/search` over HTTP (`python -m benchmarks FOLDER serving`): 4 clients on the same machine,"
        " 2 server processes, all 86,416 articles\n\n" + table(("", "measured"), rows)
    )


def measure(data: Path) -> dict[str, Any]:
    """Serve ``data`` with two processes, load them, and return the figures."""
    with _served(data) as (server, port):
        web = family(server.pid)[1]
        workers = [pid for pid in family(web) if pid != web]
        before = sum(map(processor_seconds, workers))
        figures = child("benchmarks.load", str(port))
        figures["processor_ms"] = 1000 * (sum(map(processor_seconds, workers)) - before) / figures["requests"]
        figures["private_mb"] = max(memory_mb(pid, private=True) for pid in workers)
        return figures


@contextmanager
def running(data: Path) -> Iterator[int]:
    """Serve ``data`` with two processes during the block; yields the port."""
    with _served(data) as (_, port):
        yield port


@contextmanager
def _served(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    command = [sys.executable, "-m", "indexer", "serve", "--data", str(data), "--port", str(port)]
    # All requests come from one address.
    environment = {**os.environ, "TRACUU_RATE_LIMIT": "0"}
    server = subprocess.Popen([*command, "--workers", str(_WORKERS), "--quiet"], env=environment)
    try:
        wait(port)
        yield server, port
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait(port: int) -> None:
    """Return once the server on ``port`` is ready; raises RuntimeError."""
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])), indent=2))
