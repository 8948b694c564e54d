"""``python -m benchmarks.scaling FOLDER [ARTICLES ...]``: how indexing scales with the number of articles and processes.

Every cell of the table is one run, whose figures are stored as JSON in FOLDER; existing ones are not repeated. The articles are
those of :mod:`benchmarks.grown`. A chart, ``scaling.svg``, is written beside ``RESULTS.md``.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.curves import Curve, picture
from benchmarks.grown import write_grown
from benchmarks.measure import child, folder_mb
from benchmarks.tables import table
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.sources.jsonl import JsonlSource

ARTICLES = (20_000, 86_416, 345_000)
WORKERS = (1, 2, 4)
_USUAL = 2
_MANY = 100_000
"""Number of articles above which only ``_USUAL`` processes are measured: each run takes a quarter of an hour."""
PICTURE = Path(__file__).with_name("scaling.svg")
_MARK = "trilambang"
"""A word that no article contains, by which the changed one is found."""


def section(folder: Path, articles: tuple[int, ...] = ARTICLES) -> str:
    """Return the tables, and write the picture; cells that FOLDER has are not run again."""
    cells = [
        (number, workers, cell(folder, number, workers))
        for number in articles
        for workers in (WORKERS if number <= _MANY else (_USUAL,))
    ]
    rows = [
        (f"{number:,}", str(workers), f"{one['seconds']:.0f}", f"{one['processor']:.0f}",
         f"{1000 * one['seconds'] / number:.2f}", f"{one['peak_mb']:,}", f"{one['disk_mb']:,.0f}")
        for number, workers, one in cells
    ]  # fmt: skip
    changes = [(number, one) for number, workers, one in cells if workers == _USUAL]
    curves = [
        Curve(
            f"{workers} workers" if workers > 1 else "1 worker",
            tuple((number, one["seconds"]) for number, w, one in cells if w == workers),
        )
        for workers in WORKERS
    ]
    PICTURE.write_text(picture("Articles", "Seconds", curves), encoding="utf-8")
    return (
        "## Scaling (`python -m benchmarks.scaling FOLDER`): the news and articles made of its clauses\n\n"
        + table(
            (
                "articles",
                "workers",
                "seconds",
                "CPU seconds",
                "ms an article",
                "peak MB, all processes",
                "disk MB",
            ),
            rows,
        )
        + f"\n\n![Seconds by articles]({PICTURE.name})\n\n"
        + table(
            ("articles", "one changed: seconds until found", "the same file again: seconds"),
            [(f"{number:,}", f"{one['changed']:.2f}", f"{one['unchanged']:.1f}") for number, one in changes],
        )
    )


def cell(folder: Path, number: int, workers: int) -> dict[str, Any]:
    """Return the figures for indexing ``number`` articles with ``workers`` processes; run once."""
    note = folder / f"scaling-{number}-{workers}.json"
    if not note.is_file():
        articles = folder / f"grown-{number}.jsonl.gz"
        write_grown(articles, number)
        data = folder / f"scaling-{number}-{workers}"
        shutil.rmtree(data, ignore_errors=True)
        print(f"{number:,} articles, {workers} workers …", file=sys.stderr)
        figures = child("benchmarks.scaling", "run", str(articles), str(data), str(workers))
        figures["disk_mb"] = folder_mb(data)
        if workers == _USUAL:
            figures |= child("benchmarks.scaling", "change", str(articles), str(data), str(workers)) | {
                "peak_mb": figures["peak_mb"]
            }
        shutil.rmtree(data)
        note.write_text(json.dumps(figures))
    return dict(json.loads(note.read_text()))


def _run(articles: Path, data: Path, workers: int) -> dict[str, Any]:
    settings = Settings(data=data, workers=workers)
    start = time.perf_counter()
    with open_pipeline(settings) as pipeline:
        number = sum(one.kind == "indexed" for one in pipeline.index(JsonlSource(articles, settings)))
        timings = dataclasses.asdict(pipeline.timings)
    seconds = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    return {"articles": number, "seconds": seconds, "processor": processor, "timings": timings}


def _change(articles: Path, data: Path, workers: int) -> dict[str, Any]:
    """Read the same file again; then change one article and wait until it is found, like a pushed one."""
    settings = Settings(data=data, workers=workers)
    start = time.perf_counter()
    with open_pipeline(settings) as pipeline:
        indexed = sum(one.kind == "indexed" for one in pipeline.index(JsonlSource(articles, settings)))
    unchanged = time.perf_counter() - start
    if indexed:
        raise RuntimeError(f"{indexed} articles of an unchanged file were indexed again")
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        first = json.loads(next(lines))
    article = Article(first["id"], f"{first['title']} {_MARK}", first["summary"] or "", first["body"] or "")
    service = open_search(settings)
    with open_pipeline(settings) as pipeline, pipeline.kept_open():
        pipeline.warm()
        start = time.perf_counter()
        for _ in pipeline.index(_One(article)):
            pass
        found = service.search(SearchRequest(_MARK)).total
        changed = time.perf_counter() - start
    if found != 1:
        raise RuntimeError("the changed article is not found")
    return {"unchanged": unchanged, "changed": changed}


class _One:
    """A source of one article."""

    def __init__(self, article: Article) -> None:
        self.name = "news"
        self._article = article

    def items(self) -> Iterator[Article]:
        yield self._article

    def progress(self) -> float | None:
        return None


def main() -> None:
    """Print the tables, or run one part of a cell."""
    first, *rest = sys.argv[1:]
    if first in ("run", "change"):
        articles, data, workers = rest
        print(json.dumps((_run if first == "run" else _change)(Path(articles), Path(data), int(workers))))
    else:
        Path(first).mkdir(parents=True, exist_ok=True)
        print(section(Path(first), tuple(map(int, rest)) or ARTICLES))


if __name__ == "__main__":
    main()
