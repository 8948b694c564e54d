"""``python -m benchmarks.site FOLDER``: what the page of results adds to the search itself, and its size."""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path
from urllib.parse import quote_plus

from flask.testing import FlaskClient

from benchmarks.corpus import queries
from benchmarks.measure import times
from benchmarks.tables import table
from indexer.evaluation import percentile
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from webui import create_app

_LEVEL = 6
"""Of gzip, as web servers have it."""


def section(folder: Path) -> str:
    """Return the tables; page and search alternate in one process."""
    service = open_search(Settings(data=folder / "ours-all"))
    client = create_app(service).test_client()
    asked = queries()
    rows = times(
        {
            "the search itself": (lambda text: service.search(SearchRequest(text)), asked),
            "`/search` as a page": (lambda text: client.get(_address(text)).data, asked),
            "`/api/v1/search`": (lambda text: client.get(f"/api/v1{_address(text)}").data, asked),
        }
    )
    bare = percentile(rows["the search itself"], 95)
    shown = [
        (name, f"{percentile(ms, 50):.1f}", f"{percentile(ms, 95):.1f}", f"{percentile(ms, 95) / bare:.2f}×")
        for name, ms in rows.items()
    ]
    weights = sorted(_weight(client, _address(text)) for text in asked[:50])
    return (
        "## The site (`python -m benchmarks.site FOLDER`): all 86,416 articles; limits: p95 2.5 times the search, 60 KB\n\n"
        + table(("", "p50 ms", "p95 ms", "p95 to the search"), shown)
        + f"\n\nA page of ten results with style, scripts and pictures, compressed: p50 {percentile(weights, 50):.1f} KB,"
        f" at most {weights[-1]:.1f} KB."
    )


def _address(text: str) -> str:
    return f"/search?q={quote_plus(text)}"


def _weight(client: FlaskClient, address: str) -> float:
    """Return the compressed size in kilobytes of a page and everything it loads."""
    page = client.get(address).text
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    bodies = [page.encode(), *(client.get(one).data for one in sorted(loaded))]
    return sum(len(gzip.compress(body, _LEVEL)) for body in bodies) / 1024


if __name__ == "__main__":
    print(section(Path(sys.argv[1])))
