"""``python -m benchmarks.register FOLDER``: the register of the gazette, laws and demo portal, and two laws side by side.

The figures are CPU time, which does not depend on other work: for 300 random requests to the register, and for pairs of
texts with much, little or nothing in common. The index is built in FOLDER if it is not there yet.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from benchmarks import results
from benchmarks.corpus import CORPORA
from benchmarks.tables import table
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.comparison.comparison import compare
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.sources import Item
from indexer.sources.jsonl import JsonlSource
from webui import create_app

_SEED = 20_261_129
_FIELDS = {
    "so_hieu": "number", "loai": "type", "co_quan": "issuer", "ngay_ban_hanh": "published", "ngay_hieu_luc": "effective",
    "nguoi_ky": "signer",
}  # fmt: skip
_ASKED = {
    "type": ("Thông tư", "Quyết định", "Nghị định", "Luật"),
    "issuer": ("Bộ Tài chính", "QUỐC HỘI", "Bộ Y tế"),
    "year": ("2010", "2014", "2016", "2025"),
    "q": ("thue", "ngân sách", "quy định phí"),
    "sort": ("oldest", "number", "cited"),
    "scope": ("all", "missing"),
    "page": ("2", "7", "19"),
}
_REQUESTS = 300
_SHARE = 0.35
"""Share of requests that have each of the parameters above."""


class _Source:
    name = "register"

    def items(self) -> Iterator[Item]:
        settings = Settings(field_map=_FIELDS)
        names = ("laws_fulltext", "legal_docs")
        return chain.from_iterable(
            JsonlSource(CORPORA / f"{name}.jsonl.gz", settings).items() for name in names
        )

    def progress(self) -> None:
        """Unknown; nothing is drawn."""


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def section(folder: Path) -> str:
    """Return the figures as a section of ``RESULTS.md``."""
    settings = Settings(data=folder / "ours-register", rate_limit=0)
    if not (settings.data / "catalog.sqlite3").exists():
        with open_pipeline(settings) as pipeline:
            list(pipeline.index(_Source()))
    service = open_search(settings)
    client = create_app(service).test_client()
    first = _milliseconds(lambda: client.get("/directives"))
    scopes = json.loads(client.get("/api/v1/directives?size=1").data)["scopes"]
    chance = random.Random(_SEED)
    asked = [
        {name: chance.choice(values) for name, values in _ASKED.items() if chance.random() < _SHARE}
        for _ in range(_REQUESTS)
    ]
    took = sorted(_milliseconds(lambda one=one: client.get("/directives", query_string=one)) for one in asked)  # type: ignore[misc]
    listed = _milliseconds(lambda: client.get("/directives.csv?scope=all").data)
    rows = [
        (
            "documents that are held, and those that are only cited",
            f"{scopes['held']:,}, {scopes['missing']:,}",
        ),
        ("the first page after a commit", f"{first:,.0f} ms"),
        (f"{_REQUESTS} pages, p50", f"{statistics.median(took):.0f} ms"),
        (f"{_REQUESTS} pages, p95", f"{took[int(0.95 * _REQUESTS)]:.0f} ms"),
        ("all documents as CSV", f"{listed:,.0f} ms"),
        *((name, f"{_milliseconds(lambda pair=pair: compare(*pair)):,.0f} ms") for name, pair in _texts()),  # type: ignore[misc]
    ]
    head = "## The register (`python -m benchmarks.register FOLDER`): gazette and laws; comparisons of two texts\n\n"
    return head + table(("", "CPU time"), rows)


def _texts() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield pairs of texts with a description."""
    source = JsonlSource(CORPORA / "laws_fulltext.jsonl.gz", Settings(field_map=_FIELDS))
    bodies = sorted((one.body for one in source.items() if isinstance(one, Article)), key=len, reverse=True)
    long, other = "\n".join(bodies[:2]), "\n".join(bodies[2:6])
    chance = random.Random(_SEED)
    words = long.split(" ")
    changed = " ".join("đã sửa" if chance.random() < 0.005 else word for word in words)
    yield (
        f"comparing a text of {len(long.split()):,} words with itself, 1 word in 200 changed",
        (long, changed),
    )
    yield f"comparing it with another text of {len(other.split()):,} words", (long, other)
    one = " ".join(long.split()[:100_000])
    yield (
        "comparing 100,000 words without a line break with themselves, 1 in 200 changed",
        (
            one,
            " ".join("x" if chance.random() < 0.005 else word for word in one.split(" ")),
        ),
    )
    noise = ["".join(chance.choice("ab \n") for _ in range(1_000_000)) for _ in range(2)]
    yield "comparing two texts of a million random letters", (noise[0], noise[1])


if __name__ == "__main__":
    results.put([section(Path(sys.argv[1]))])
