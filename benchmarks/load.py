"""``python -m benchmarks.load PORT``: four clients request ``/search`` on this machine for ten seconds."""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from urllib.parse import quote_plus

from benchmarks.corpus import queries
from indexer.evaluation import percentile

_CLIENTS = 4
_SECONDS = 10.0


def main() -> None:
    """Print requests per second, p95, and the number of responses other than 200."""
    port, asked = int(sys.argv[1]), queries()
    taken: list[float] = []
    bad: list[int] = []
    end = time.monotonic() + _SECONDS

    def client(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        at = first
        while time.monotonic() < end:
            start = time.perf_counter()
            connection.request("GET", f"/search?q={quote_plus(asked[at % len(asked)])}")
            response = connection.getresponse()
            response.read()
            taken.append((time.perf_counter() - start) * 1000)
            if response.status != 200:
                bad.append(response.status)
            at += _CLIENTS

    threads = [threading.Thread(target=client, args=(number,)) for number in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures = {"rate": len(taken) / _SECONDS, "p50": percentile(taken, 50), "p95": percentile(taken, 95)}
    print(json.dumps({**figures, "requests": len(taken), "bad": len(bad)}))


if __name__ == "__main__":
    main()
