"""``python -m benchmarks.push [FOLDER]``: from the answer to a push until a search finds it, while others search.

20 pushes and 50 searches a second for half a minute, against ``tracuu serve``, which keeps the writer, over an index of
20,000 articles of the news, which is built in FOLDER (a temporary one by default) and used again if it is there.
"""

from __future__ import annotations

import http.client
import itertools
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks.corpus import WITH_BODIES, queries, records
from benchmarks.measure import percentile
from benchmarks.serving import running
from benchmarks.tables import table
from indexer.keys import KeyStore

_SECONDS = 30.0
_PUSHES, _SEARCHES, _LOOKS = 20, 40, 10
"""A second; looks are searches, too: they read the ids of the newest hundred articles, those of the last five seconds."""
_LAST = 10.0
"""Seconds to wait for the last ones."""


def main() -> int:
    """Measure and print."""
    if len(sys.argv) > 1:
        print(section(Path(sys.argv[1])))
    else:
        with tempfile.TemporaryDirectory() as folder:
            print(section(Path(folder)))
    return 0


def section(folder: Path) -> str:
    """Return the table."""
    data = folder / "push"
    if not data.exists():
        _build(data)
    key = KeyStore(data).create("benchmark", ["write"])[1]
    with running(data) as port:
        load = _Load(port, key)
        load.run()
        there = load.there()
    found = sorted(load.found.values())
    pushed, answers = len(load.accepted), load.taken
    rows = [
        ["pushes accepted, seen by the looks, there in the end", f"{pushed:,}, {len(found):,}, {there:,}"],
        ["answer to a push, p50 / p95 / max", _ms(answers["push"])],
        ["from the answer until a search finds it, p50 / p95 / max", _ms([1000 * one for one in found])],
        [
            "searches a second, p50 / p95 / max",
            f"{len(answers['search']) / _SECONDS:.0f}, {_ms(answers['search'])}",
        ],
        ["answers that were no 200 or 202", f"{len(load.bad)}"],
    ]
    return "## Pushes while others search\n\n" + table(
        ["", f"{_PUSHES} pushes/s, {_SEARCHES + _LOOKS} searches/s"], rows
    )


def _ms(values: list[float]) -> str:
    if not values:
        return "–"
    return f"{percentile(values, 50):,.0f} / {percentile(values, 95):,.0f} / {max(values):,.0f} ms"


class _Load:
    def __init__(self, port: int, key: str) -> None:
        self._port = port
        self._key = key
        self.accepted: dict[str, float] = {}
        """Id -> when its push was answered."""
        self.found: dict[str, float] = {}
        """Id -> seconds from then until a search found it."""
        self.taken: dict[str, list[float]] = {"push": [], "search": []}
        self.bad: list[int] = []

    def run(self) -> None:
        # Read before: one generator is not for several threads.
        number = round(_PUSHES * _SECONDS)
        articles = iter(list(itertools.islice(records(True), WITH_BODIES, WITH_BODIES + number)))
        asked = itertools.cycle(queries())
        threads = [
            *(self._paced(_PUSHES / 4, _SECONDS, lambda c: self._push(c, next(articles))) for _ in range(4)),
            *(self._paced(_SEARCHES / 4, _SECONDS, lambda c: self._search(c, next(asked))) for _ in range(4)),
            self._paced(_LOOKS, _SECONDS + _LAST, self._look),
        ]
        for thread in threads:
            thread.join()

    def there(self) -> int:
        """Return how many of what was accepted can be read, each by its address."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        count = 0
        for id in self.accepted:
            connection.request("GET", f"/api/v1/articles/{id}")
            response = connection.getresponse()
            count += response.status == 200 and json.loads(response.read())["id"] == id
        return count

    def _push(self, connection: http.client.HTTPConnection, article: dict[str, object]) -> None:
        id = f"push-{article['id']}"
        body = json.dumps({**article, "id": id, "published": datetime.now(UTC).isoformat()})
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        self._ask(connection, "push", "PUT", f"/api/v1/articles/{id}", body, headers)
        self.accepted[id] = time.monotonic()

    def _search(self, connection: http.client.HTTPConnection, query: str) -> None:
        self._ask(connection, "search", "GET", f"/api/v1/search?q={quote_plus(query)}")

    def _look(self, connection: http.client.HTTPConnection) -> None:
        address = "/api/v1/search?cursor=*&size=100&fields=id"
        answer = json.loads(self._ask(connection, "search", "GET", address))
        now = time.monotonic()
        for hit in answer["hits"]:
            if hit["id"] in self.accepted:
                self.found.setdefault(hit["id"], now - self.accepted[hit["id"]])

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        kind: str,
        method: str,
        address: str,
        body: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> bytes:
        start = time.perf_counter()
        connection.request(method, address, body and body.encode(), headers or {})
        response = connection.getresponse()
        read = response.read()
        self.taken[kind].append((time.perf_counter() - start) * 1000)
        if response.status not in (200, 202):
            self.bad.append(response.status)
        return read

    def _paced(
        self, a_second: float, seconds: float, do: Callable[[http.client.HTTPConnection], None]
    ) -> threading.Thread:
        """Start a client that does it so often, each time as if the one before had taken no time."""

        def run() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self._port)
            start = time.monotonic()
            for number in range(round(a_second * seconds)):
                time.sleep(max(0.0, start + number / a_second - time.monotonic()))
                do(connection)

        thread = threading.Thread(target=run)
        thread.start()
        return thread


def _build(data: Path) -> None:
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records(True, WITH_BODIES))
    command = [sys.executable, "-W", "ignore", "-m", "indexer", "index", "-", "--data", str(data), "--quiet"]
    subprocess.run(command, input=lines.encode(), check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
