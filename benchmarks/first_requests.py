"""``python -m benchmarks.first_requests FOLDER``: the first page after a start, and the first after each commit, beside usual ones.

Each query is asked first in a new situation, and then again; only the ratio of the two counts. It works on the index in FOLDER/push
(see :mod:`benchmarks.push`, which builds it).
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks import push
from benchmarks.corpus import queries
from benchmarks.serving import running
from benchmarks.tables import table
from indexer.evaluation import percentile
from indexer.keys import KeyStore

_STARTS, _COMMITS = 8, 25
_AGAIN = 5
"""Later requests per query; their median is the usual time."""
_PAUSE = 1.5
"""Seconds between commits."""


def main() -> int:
    """Measure and print."""
    print(section(Path(sys.argv[1])))
    return 0


def section(folder: Path) -> str:
    """Return the table."""
    data = folder / "push"
    push.build(data)
    asked = iter(queries())
    starts = []
    for _ in range(_STARTS):
        with running(data) as port:
            starts.append(_first_and_usual(port, next(asked)))
    key = KeyStore(data).create("first requests", ["write"])[1]
    commits = []
    with running(data) as port:
        # Both processes have answered before.
        for _ in range(4 * _AGAIN):
            _page(port, next(asked))
        for number in range(_COMMITS):
            _commit(port, key, number)
            commits.append(_first_and_usual(port, next(asked)))
            time.sleep(_PAUSE)
    rows = [("after a start", *_cells(starts)), ("after a commit", *_cells(commits))]
    return (
        "## First requests (`python -m benchmarks.first_requests FOLDER`): the first page by HTTP after a start or a commit,"
        " and the same page later; target: 3× at most\n\n"
        + table(
            ("the first page", "number", "first, p50 / max", "later, p50", "ratio, p50 / p90 / max"), rows
        )
    )


def _cells(pairs: list[tuple[float, float]]) -> tuple[str, ...]:
    first, later = zip(*pairs, strict=True)
    ratios = [one / other for one, other in pairs]
    return (
        str(len(pairs)),
        f"{percentile(first, 50):.1f} / {max(first):.1f} ms",
        f"{percentile(later, 50):.1f} ms",
        f"{percentile(ratios, 50):.1f} / {percentile(ratios, 90):.1f} / {max(ratios):.1f}×",
    )


def _first_and_usual(port: int, query: str) -> tuple[float, float]:
    """Return the milliseconds of a page when it is asked first, and their median later."""
    first = _page(port, query)
    return first, statistics.median(_page(port, query) for _ in range(_AGAIN))


def _page(port: int, query: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    start = time.perf_counter()
    connection.request("GET", f"/search?q={quote_plus(query)}")
    response = connection.getresponse()
    response.read()
    taken = (time.perf_counter() - start) * 1000
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"a page answered {response.status}")
    return taken


def _commit(port: int, key: str, number: int) -> None:
    """Push an article; return when its task says that it can be found, which no search has shown to the processes yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    article = {
        "title": f"Thông báo số {number} về lịch tiếp công dân",
        "body": "Lịch tiếp công dân của Ủy ban nhân dân.",
    }
    connection.request(
        "PUT", f"/api/v1/articles/first-{number}-{time.time_ns()}", json.dumps(article), headers
    )
    task = json.loads(connection.getresponse().read())["url"]
    while True:
        connection.request("GET", task, headers=headers)
        if json.loads(connection.getresponse().read())["result"] not in (None, "waiting"):
            connection.close()
            return
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main())
