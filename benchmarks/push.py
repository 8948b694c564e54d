"""``python -m benchmarks.push [FOLDER]``: time from the response to a push until a search finds it, while others search.

It sends 20 pushes and 50 searches per second for half a minute to ``tracuu serve`` with its writer, over the index in
FOLDER/push. If there is none, an index of all other news articles is built there (3 minutes, by default in a temporary
folder).
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
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from benchmarks.corpus import WITH_BODIES, queries, records
from benchmarks.serving import running
from benchmarks.tables import table
from indexer.evaluation import percentile
from indexer.keys import KeyStore

_SECONDS = 30.0
_PUSHES, _SEARCHES, _LOOKS = 20, 40, 10
"""Rates per second; looks are searches, too: they read the ids of the newest articles to see which pushes have arrived."""
_LOOKED_AT = 60
"""Number of articles per look; it continues with older ones while a push has not been found: a slow push is not a lost one."""
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
    build(data)
    key = KeyStore(data).create("benchmark", ["write"])[1]
    with running(data) as port:
        load = _Load(port, key)
        load.run()
        missing = load.missing()
    found = sorted(load.found.values())
    pushed, answers = len(load.accepted), load.taken
    rows = [
        ["pushes accepted, and found by a search", f"{pushed:,}, {len(found):,}"],
        *([["not found, with the server's answer for each", missing]] if missing else []),
        ["response time of a push, p50 / p95 / max", _ms(answers["push"])],
        ["from the response until a search finds it, p50 / p95 / max", _ms([1000 * one for one in found])],
        [
            "searches per second, and their response time, p50 / p95 / max",
            f"{len(answers['search']) / _SECONDS:.0f}, {_ms(answers['search'])}",
        ],
        ["responses other than 200 or 202", f"{len(load.bad)}"],
    ]
    return (
        "## Pushes while others search (`python -m benchmarks.push FOLDER`); target: found within 2 s\n\n"
        + table(["", f"{_PUSHES} pushes/s, {_SEARCHES + _LOOKS} searches/s"], rows)
    )


def _ms(values: list[float]) -> str:
    if not values:
        return "–"
    return f"{percentile(values, 50):,.0f} / {percentile(values, 95):,.0f} / {max(values):,.0f} ms"


class _Load:
    def __init__(self, port: int, key: str) -> None:
        self._port = port
        self._run = round(time.time())
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self.accepted: dict[str, float] = {}
        """Id -> when its push was answered."""
        self._tasks: dict[str, str] = {}
        """Id -> path of its task."""
        self.found: dict[str, float] = {}
        """Id -> seconds from then until a search found it."""
        self.taken: defaultdict[str, list[float]] = defaultdict(list)
        self.bad: list[int] = []

    def run(self) -> None:
        # Read in advance: a generator cannot be shared by threads.
        articles = iter(_pushed())
        asked = itertools.cycle(queries())
        threads = [
            *(self._paced(_PUSHES / 4, _SECONDS, lambda c: self._push(c, next(articles))) for _ in range(4)),
            *(self._paced(_SEARCHES / 4, _SECONDS, lambda c: self._search(c, next(asked))) for _ in range(4)),
            self._paced(_LOOKS, _SECONDS + _LAST, self._look),
        ]
        for thread in threads:
            thread.join()

    def missing(self) -> str:
        """Return what the server says about pushes that no search found: their task, and the article's address."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        told = []
        for id in sorted(self.accepted.keys() - self.found.keys()):
            task = self._ask(connection, "task", "GET", self._tasks[id], headers=self._headers)[1]
            status, _ = self._ask(connection, "article", "GET", f"/api/v1/articles/{id}")
            told.append(f"{id}: task {json.loads(task)['result']}, article {status}")
        return "; ".join(told)

    def _push(self, connection: http.client.HTTPConnection, article: dict[str, Any]) -> None:
        id = f"push-{self._run}-{article['id']}"
        body = json.dumps({**article, "id": id, "published": datetime.now(UTC).isoformat()})
        status, answer = self._ask(connection, "push", "PUT", f"/api/v1/articles/{id}", body, self._headers)
        if status == 202:
            self._tasks[id] = json.loads(answer)["url"]
            self.accepted[id] = time.monotonic()

    def _search(self, connection: http.client.HTTPConnection, query: str) -> None:
        self._ask(connection, "search", "GET", f"/api/v1/search?q={quote_plus(query)}")

    def _look(self, connection: http.client.HTTPConnection) -> None:
        wanted = self.accepted.keys() - self.found.keys()
        cursor: str | None = "*"
        while cursor:
            address = f"/api/v1/search?cursor={quote_plus(cursor)}&size={_LOOKED_AT}&fields=id"
            status, read = self._ask(connection, "search", "GET", address)
            if status != 200:
                return
            answer, now = json.loads(read), time.monotonic()
            ids = {hit["id"] for hit in answer["hits"]}
            for id in ids & self.accepted.keys():
                self.found.setdefault(id, now - self.accepted[id])
            # No pushed article comes after the first article of the index itself.
            cursor = (
                answer["next_cursor"] if wanted - self.found.keys() and ids <= self.accepted.keys() else None
            )

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        kind: str,
        method: str,
        address: str,
        body: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        start = time.perf_counter()
        connection.request(method, address, body and body.encode(), headers or {})
        response = connection.getresponse()
        read = response.read()
        self.taken[kind].append((time.perf_counter() - start) * 1000)
        if response.status not in (200, 202):
            self.bad.append(response.status)
        return response.status, read

    def _paced(
        self, a_second: float, seconds: float, do: Callable[[http.client.HTTPConnection], None]
    ) -> threading.Thread:
        """Start a client with a fixed rate, independent of how long each request takes."""

        def run() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self._port)
            start = time.monotonic()
            for number in range(round(a_second * seconds)):
                time.sleep(max(0.0, start + number / a_second - time.monotonic()))
                do(connection)

        thread = threading.Thread(target=run)
        thread.start()
        return thread


def _pushed() -> list[dict[str, Any]]:
    return list(itertools.islice(records(True), WITH_BODIES, WITH_BODIES + round(_PUSHES * _SECONDS)))


def build(data: Path) -> None:
    """Index the news into ``data``, unless it exists, without the articles that are pushed later."""
    if data.exists():
        return
    # Without pushed articles: real collections contain fewer copies.
    pushed = {one["id"] for one in _pushed()}
    # An article with neither a title nor a body is refused, which is a failure of the command.
    lines = "".join(
        json.dumps(one, ensure_ascii=False) + "\n"
        for one in records()
        if one["id"] not in pushed and (one.get("title") or one.get("body"))
    )
    command = [sys.executable, "-W", "ignore", "-m", "indexer", "index", "-", "--data", str(data), "--quiet"]
    subprocess.run(command, input=lines.encode(), check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
