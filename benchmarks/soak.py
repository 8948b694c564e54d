"""``python -m benchmarks.soak FOLDER [MINUTES]`` (``make soak``): half an hour of everything at once.

Eight clients search, page, read articles, view pages of attachments and type; some send expensive queries, others half a
request and wait. Articles are pushed, some with an attachment, and deleted; others are indexed from a file; and every two
minutes, something is restarted or killed: all web processes on request, one of them, or the writer. The figures are requests by
status, p50 to p99, memory minute by minute, and the outcome of every accepted change.
"""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import os
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

from benchmarks import results
from benchmarks.corpus import queries
from benchmarks.hurting import hurting
from benchmarks.measure import command_line, family, memory_mb
from benchmarks.serving import free_port, wait
from benchmarks.tables import table
from indexer.evaluation import percentile
from indexer.keys import KeyStore
from indexer.push.inbox import Inbox

_MINUTES = 30.0
_CLIENTS = 8
_THINK_SECONDS = 0.15
"""Seconds between a response and the client's next request: a busy day rather than overload, which another benchmark covers."""
_SLOW_CLIENTS = 20
_WORKERS = 2
_INDEXED_EVERY = 20.0
"""Seconds between commits of a few new articles."""
_PUSHED_EVERY = 0.4
"""Seconds between pushed changes: articles, some of which are changed again or deleted."""
_WITH_FILE = 25
"""One in this many pushes has an attachment."""
_HARMED_EVERY = 120.0
_BROKEN_SECONDS = 3.0
"""Seconds after killing a web process for which broken connections are attributed to it."""
_SETTLED_SECONDS = 120.0
"""Seconds at the end for changes that are still waiting."""
_FILE = Path("demo/portal/chuyen-doi-so/ke-hoach-74-chuyen-doi-so/74-UBND-KH.pdf")
_SHARES = {"search": 50, "page": 10, "api": 10, "suggest": 15, "article": 11, "picture": 2, "hurting": 2}
_SLUG = re.compile(r'href="(/articles/[A-Za-z0-9._~-]+)\?')


class _Soak:
    def __init__(self, port: int, data: Path, server: int) -> None:
        self._port, self._data, self._server = port, data, server
        self._key = KeyStore(data).create("soak", ["write"])[1]
        self._killed = -_BROKEN_SECONDS
        self.pushed: dict[str, bool] = {}
        """Id -> whether the article should exist, according to the last accepted change to it."""
        self._with_file: list[str] = []
        self.harmed: Counter[str] = Counter()
        self._texts = [quote_plus(text) for text in queries()]
        self._hurting = [quote_plus(request.text) for _, request in hurting()]
        self.taken: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.over = threading.Event()

    def run(self, minutes: float) -> list[float]:
        """Load for ``minutes``; return the private memory of the server's processes in MB, minute by minute."""
        work: list[Callable[[], None]] = [self._index, self._push, self._harm]
        work += [lambda seed=seed: self._client(seed) for seed in range(_CLIENTS)]  # type: ignore[misc]
        work += [self._slow_client for _ in range(_SLOW_CLIENTS)]
        threads = [threading.Thread(target=one, daemon=True) for one in work]
        for thread in threads:
            thread.start()
        memory = []
        for minute in range(max(1, round(minutes))):
            time.sleep(60 if minutes >= 1 else 60 * minutes)
            # Not the pages of the index, which the kernel keeps as long as there is room.
            memory.append(sum(memory_mb(pid, private=True) for pid in family(self._server)))
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
                broken = time.monotonic() - self._killed < _BROKEN_SECONDS
                self.statuses["interrupted by a kill" if broken else type(error).__name__] += 1
                connection.close()
                continue
            self.taken.append((time.perf_counter() - start) * 1000)
            self.over.wait(_THINK_SECONDS)
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
            "picture": f"/articles/{random.choice(self._with_file or ['-'])}/files/0/pages/1/picture?q={text}",
            "hurting": f"/search?q={random.choice(self._hurting)}",
        }[kind]

    def _push(self) -> None:
        """Put articles; put one in four again, and delete one in four."""
        random, file = Random(0), base64.b64encode(_FILE.read_bytes()).decode()
        for number in itertools.count():
            if self.over.wait(_PUSHED_EVERY):
                return
            again = random.choice(list(self.pushed)) if number > 20 and number % 2 else None
            id = again or f"pushed-{number}"
            if again and number % 4 == 1:
                if self._accepted("DELETE", id, None):
                    self.pushed[id] = False
                continue
            article = {
                "title": f"Thông báo số {number}/TB-UBND",
                "body": f"Nội dung thay đổi {number}. " * 40,
            }
            if number % _WITH_FILE == 0:
                article["attachments"] = [{"name": _FILE.name, "base64": file}]  # type: ignore[assignment]
            if self._accepted("PUT", id, article):
                self.pushed[id] = True
                if "attachments" in article:
                    self._with_file.append(id)

    def _accepted(self, method: str, id: str, article: object) -> bool:
        """Send a change until it is answered; repeating it has no further effect. Tell whether it was accepted."""
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
                body = None if article is None else json.dumps(article)
                connection.request(method, f"/api/v1/articles/{id}", body, headers)
                status = connection.getresponse().status
                connection.close()
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)
                continue
            self.statuses[f"{method} {status}"] += 1
            if status == 202:
                return True
            if status not in (429, 503):
                return False
            time.sleep(1.0)

    def kept(self) -> tuple[int, int]:
        """Return for how many articles the last accepted change is in effect at the end, and for how many it is not."""
        inbox, deadline = Inbox(self._data), time.monotonic() + _SETTLED_SECONDS
        while inbox.count() and time.monotonic() < deadline:
            time.sleep(0.5)
        connection, good = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60), 0
        for id, there in self.pushed.items():
            connection.request("GET", f"/api/v1/articles/{id}")
            response = connection.getresponse()
            response.read()
            good += response.status == (200 if there else 404)
        return good, len(self.pushed) - good

    def _harm(self) -> None:
        for what in itertools.cycle(("web processes replaced", "web process killed", "writer killed")):
            if self.over.wait(_HARMED_EVERY):
                return
            children = family(self._server)[1:]
            web = next(pid for pid in children if "write" not in command_line(pid))
            writer = next((pid for pid in children if "write" in command_line(pid)), None)
            if what == "web processes replaced":
                os.kill(self._server, signal.SIGHUP)
            elif what == "web process killed":
                self._killed = time.monotonic()
                os.kill(family(web)[1], signal.SIGKILL)
            elif writer:
                os.kill(writer, signal.SIGKILL)
            self.harmed[what] += 1

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


def section(folder: Path, minutes: float = _MINUTES) -> str:
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
        # All requests come from one address.
        environment = {**os.environ, "TRACUU_RATE_LIMIT": "0", "TRACUU_KEY_RATE_LIMIT": "0"}
        server = subprocess.Popen([*command, "--workers", str(_WORKERS), "--quiet"], env=environment)
        try:
            wait(port)
            soak = _Soak(port, data, server.pid)
            memory = soak.run(minutes)
            good, bad = soak.kept()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
        log_mb = (data / "queries.sqlite3").stat().st_size / 1e6
    settled = memory[len(memory) // 5 :]
    rows = [
        ("requests/s", f"{len(soak.taken) / (minutes * 60):.0f}"),
        *((f"p{percent}", f"{percentile(soak.taken, percent):.1f} ms") for percent in (50, 95, 99)),
        ("slowest", f"{max(soak.taken):.0f} ms"),
        *((f"result: {status}", f"{n:,}") for status, n in sorted(soak.statuses.items())),
        *((what, f"{n:,}") for what, n in soak.harmed.items()),
        ("pushed articles whose last accepted change was in effect at the end", f"{good:,}"),
        ("pushed articles whose last accepted change was not", f"{bad:,}"),
        ("private memory of all processes, after a fifth of the time", f"{settled[0]:.0f} MB"),
        ("private memory at the end", f"{settled[-1]:.0f} MB"),
        ("maximum private memory", f"{max(memory):.0f} MB"),
        ("query log", f"{log_mb:.1f} MB"),
    ]
    return (
        f"## {minutes:.0f} minutes of mixed load (`make soak`): {_CLIENTS} clients, {_SLOW_CLIENTS} slow ones, with pushes,"
        " commits and kills in between,"
        f" {_WORKERS} web processes, all 86,416 articles\n\n" + table(("", "measured"), rows)
    )


if __name__ == "__main__":
    lasting = float(sys.argv[2]) if len(sys.argv) > 2 else _MINUTES
    made = section(Path(sys.argv[1]), lasting)
    print(made)
    if lasting >= _MINUTES:
        results.put([made])
