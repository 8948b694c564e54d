"""``python -m benchmarks.soak FOLDER [MINUTES]`` (``make soak``): half an hour of everything at once.

Eight clients search, page, read articles and type; some ask what hurts, some send half a request and wait; articles
are indexed all the while. The figures: requests by status, p50 to p99, and the memory of the processes from minute to minute.
"""

from __future__ import annotations

import http.client
import itertools
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import quote_plus

from benchmarks.corpus import queries
from benchmarks.hurting import hurting
from benchmarks.measure import family, memory_mb, percentile
from benchmarks.serving import free_port, wait
from benchmarks.tables import table

_CLIENTS = 8
_SLOW_CLIENTS = 20
_WORKERS = 2
_INDEXED_EVERY = 20.0
"""Seconds between commits of a few new articles."""
_SHARES = {"search": 50, "page": 10, "api": 10, "suggest": 15, "article": 13, "hurting": 2}
_SLUG = re.compile(r'href="(/articles/[A-Za-z0-9._~-]+)\?')


class _Soak:
    def __init__(self, port: int, data: Path) -> None:
        self._port, self._data = port, data
        self._texts = [quote_plus(text) for text in queries()]
        self._hurting = [quote_plus(request.text) for _, request in hurting()]
        self.taken: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.over = threading.Event()

    def run(self, minutes: float, server: int) -> list[float]:
        """Load for ``minutes``; return the private memory of ``server`` and its processes in MB, minute by minute."""
        work: list[Callable[[], None]] = [self._index]
        work += [lambda seed=seed: self._client(seed) for seed in range(_CLIENTS)]  # type: ignore[misc]
        work += [self._slow_client for _ in range(_SLOW_CLIENTS)]
        threads = [threading.Thread(target=one, daemon=True) for one in work]
        for thread in threads:
            thread.start()
        memory = []
        for minute in range(max(1, round(minutes))):
            time.sleep(60 if minutes >= 1 else 60 * minutes)
            # Not the pages of the index, which the kernel keeps as long as there is room.
            memory.append(sum(memory_mb(pid, private=True) for pid in family(server)))
            print(f"minute {minute + 1}: {len(self.taken):,} requests, {memory[-1]:.0f} MB", file=sys.stderr)
        self.over.set()
        for thread in threads:
            thread.join(30)
        return memory

    def _client(self, seed: int) -> None:
        random, connection = Random(seed), http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        articles = ["/"]
        while not self.over.is_set():
            kind = random.choices(list(_SHARES), list(_SHARES.values()))[0]
            path = self._path(kind, random, articles)
            start = time.perf_counter()
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read()
            except (OSError, http.client.HTTPException) as error:
                self.statuses[type(error).__name__] += 1
                connection.close()
                continue
            self.taken.append((time.perf_counter() - start) * 1000)
            self.statuses[str(response.status)] += 1
            if kind == "search":
                articles = _SLUG.findall(body.decode()) or articles

    def _path(self, kind: str, random: Random, articles: list[str]) -> str:
        text = random.choice(self._texts)
        return {
            "search": f"/search?q={text}",
            "page": f"/search?q={text}&page={random.randint(2, 5)}&sort=newest",
            "api": f"/api/v1/search?q={text}&size=20",
            "suggest": f"/api/v1/suggest?q={text[:5].partition('%')[0] or 'h'}",
            "article": f"{random.choice(articles)}?q={text}",
            "hurting": f"/search?q={random.choice(self._hurting)}",
        }[kind]

    def _slow_client(self) -> None:
        while not self.over.is_set():
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=30) as client:
                    client.sendall(b"GET /search?q=a HTTP/1.1\r\nHost: x\r\nX-Slow: ")
                    while not self.over.wait(3.0):
                        client.sendall(b"x")
            except OSError:
                continue

    def _index(self) -> None:
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "indexer",
            "index",
            "-",
            "--quiet",
            "--data",
            str(self._data),
        ]
        for batch in itertools.count():
            if self.over.wait(_INDEXED_EVERY):
                return
            lines = (
                json.dumps(
                    {"id": f"soak-{batch}-{n}", "title": f"Thông báo {batch}/{n}", "body": "Nội dung " * 50}
                )
                for n in range(10)
            )
            done = subprocess.run(command, input="\n".join(lines), text=True, capture_output=True)
            self.statuses["commits" if done.returncode == 0 else "failed commits"] += 1


def section(folder: Path, minutes: float = 30.0) -> str:
    """Return the table."""
    with tempfile.TemporaryDirectory(prefix="tracuu-soak-") as temporary:
        data = Path(temporary) / "data"
        shutil.copytree(folder / "ours-all", data)
        port = free_port()
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "indexer",
            "serve",
            "--data",
            str(data),
            "--port",
            str(port),
        ]
        server = subprocess.Popen([*command, "--workers", str(_WORKERS), "--quiet"])
        try:
            wait(port)
            soak = _Soak(port, data)
            memory = soak.run(minutes, server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
        log_mb = (data / "queries.sqlite3").stat().st_size / 1e6
    settled = memory[len(memory) // 5 :]
    rows = [
        ("requests/s", f"{len(soak.taken) / (minutes * 60):.0f}"),
        *((f"p{percent}", f"{percentile(soak.taken, percent):.1f} ms") for percent in (50, 95, 99)),
        ("slowest", f"{max(soak.taken):.0f} ms"),
        *((f"answers: {status}", f"{n:,}") for status, n in sorted(soak.statuses.items())),
        ("private memory of all processes, after a fifth of the time", f"{settled[0]:.0f} MB"),
        ("at the end", f"{settled[-1]:.0f} MB"),
        ("at most", f"{max(memory):.0f} MB"),
        ("query log", f"{log_mb:.1f} MB"),
    ]
    return (
        f"## {minutes:.0f} minutes of mixed load (`make soak`): {_CLIENTS} clients, {_SLOW_CLIENTS} slow ones, commits between,"
        f" {_WORKERS} web processes, all 86,416 articles\n\n" + table(("", "measured"), rows)
    )


if __name__ == "__main__":
    print(section(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 30.0))
