"""``python -m benchmarks.bulk [ARTICLES]``: many articles pushed in one stream, until the last of them is found.

10,000 news articles with their texts are sent as lines of one request to ``tracuu serve`` with its writer, over an index of the
demo portal: first a fifth of them as gzip, then all of them uncompressed, then the same again, which changes nothing. It takes
two minutes on two processors without other load.
"""

from __future__ import annotations

import gzip
import http.client
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.corpus import records
from benchmarks.serving import running
from benchmarks.tables import table
from indexer.keys import KeyStore

_ARTICLES = 10_000
_PORTAL = Path(__file__).resolve().parents[1] / "demo" / "portal"


def section(articles: int = _ARTICLES) -> str:
    """Return the table."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        command = [
            sys.executable,
            "-m",
            "indexer",
            "index",
            str(_PORTAL),
            "--data",
            str(data),
            "--quiet",
            "--no-ocr",
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        key = KeyStore(data).create("benchmark", ["write"])[1]
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/x-ndjson"}
        with running(data) as port:
            zipped = {**headers, "Content-Encoding": "gzip"}
            rows = [
                ["titles and summaries", *_pushed(port, headers, _lines("c", articles, texts=False))],
                ["with texts, gzip", *_pushed(port, zipped, gzip.compress(_lines("b", articles // 5)))],
                ["with texts", *_pushed(port, headers, _lines("a", articles))],
                ["the same articles again", *_pushed(port, headers, _lines("a", articles))],
            ]
    return (
        f"## {articles:,} articles in one stream (`python -m benchmarks.bulk`); targets: 1,000 accepted/s, found within 40 s\n\n"
        + table(["", "lines", "MB sent", "seconds until all are stored", "accepted/s", "seconds until all are found", "results"], rows)
    )  # fmt: skip


def _lines(prefix: str, number: int, texts: bool = True) -> bytes:
    return b"".join(
        json.dumps({**one, "id": f"{prefix}/{one['id']}"}, ensure_ascii=False).encode() + b"\n"
        for one in records(texts, number)
    )


def _pushed(port: int, headers: dict[str, str], body: bytes) -> list[str]:
    """Push ``body``; return how long that takes, and the time until its task is done, when searches find all of it."""
    start = time.perf_counter()
    status, task = _asked(port, "POST", "/api/v1/articles", headers, body)
    taken = time.perf_counter() - start
    if status != 202:
        raise RuntimeError(f"{status}: {task}")
    while task["status"] == "accepted":
        time.sleep(0.2)
        _, task = _asked(port, "GET", f"{task['url']}?size=1", headers)
    done = time.perf_counter() - start
    results = ", ".join(
        f"{name} {count:,}" for name, count in task["counts"].items() if count and name != "lines"
    )
    lines = f"{task['counts']['lines']:,}"
    return [
        lines,
        f"{len(body) / 1e6:.1f}",
        f"{taken:.1f}",
        f"{task['counts']['lines'] / taken:,.0f}",
        f"{done:.0f}",
        results,
    ]


def _asked(
    port: int, method: str, url: str, headers: dict[str, str], body: bytes = b""
) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request(method, url, body or None, headers)
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return response.status, answer


if __name__ == "__main__":
    print(section(int(sys.argv[1]) if len(sys.argv) > 1 else _ARTICLES))
