"""``python -m benchmarks.overload FOLDER``: how requests are answered when there are many times more than the server can handle."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks.corpus import queries
from benchmarks.serving import free_port, wait
from benchmarks.tables import table
from indexer.evaluation import percentile

_SECONDS = 10.0
_WORKERS = 2
_CLIENTS = (4, 40, 400)
_REFUSED_SECONDS = 0.5
"""Seconds for which a refused client waits; it is told to wait two, which hardly any client does."""


class _Crowd:
    """Clients that each send the next request as soon as one is answered; with a new connection each time, like a crowd."""

    def __init__(self, port: int, clients: int) -> None:
        self._port, self._asked = port, [quote_plus(text) for text in queries()]
        self.statuses: Counter[str] = Counter()
        self.answered: list[float] = []
        self.refused: list[float] = []
        self.watched: list[float] = []
        self._end = time.monotonic() + _SECONDS
        threads = [threading.Thread(target=self._client, args=(n,)) for n in range(clients)]
        threads.append(threading.Thread(target=self._watch))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _client(self, at: int) -> None:
        while time.monotonic() < self._end:
            at += 1
            status, ms = self._get(f"/search?q={self._asked[at % len(self._asked)]}")
            self.statuses[status] += 1
            if status == "200":
                self.answered.append(ms)
            else:
                self.refused.append(ms)
                time.sleep(_REFUSED_SECONDS)

    def _watch(self) -> None:
        while time.monotonic() < self._end:
            self.watched.append(self._get("/healthz")[1])
            time.sleep(0.2)

    def _get(self, path: str) -> tuple[str, float]:
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            return str(response.status), (time.perf_counter() - start) * 1000
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__, (time.perf_counter() - start) * 1000
        finally:
            connection.close()


def section(folder: Path) -> str:
    """Return the table; clients and server share the processors."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "indexer", "serve", "--data", str(folder / "ours-all")]
    # All requests come from one address.
    environment = {**os.environ, "TRACUU_RATE_LIMIT": "0"}
    server = subprocess.Popen(
        [*command, "--port", str(port), "--workers", str(_WORKERS), "--quiet"], env=environment
    )
    try:
        wait(port)
        rows = []
        for clients in _CLIENTS:
            crowd = _Crowd(port, clients)
            others = {status: n for status, n in crowd.statuses.items() if status not in ("200", "503")}
            rows.append(
                (
                    str(clients),
                    f"{len(crowd.answered) / _SECONDS:.0f}",
                    f"{percentile(crowd.answered, 50):.0f} / {percentile(crowd.answered, 99):.0f}",
                    f"{crowd.statuses['503'] / _SECONDS:.0f}",
                    f"{percentile(crowd.refused, 50):.0f}" if crowd.refused else "–",
                    f"{percentile(crowd.watched, 95):.0f}",
                    ", ".join(f"{n} {status}" for status, n in others.items()) or "none",
                )
            )
    finally:
        server.terminate()
        server.wait(60)
    head = (
        "clients",
        "200 /s",
        "p50 / p99 ms",
        "503 /s",
        "p50 ms of those",
        "`/healthz` p95 ms",
        "anything else",
    )
    return (
        f"## Too many at once (`python -m benchmarks.overload FOLDER`): {_WORKERS} web processes, all 86,416 articles\n\n"
        + table(head, rows)
    )


if __name__ == "__main__":
    print(section(Path(sys.argv[1])))
