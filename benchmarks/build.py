"""``python -m benchmarks.build FOLDER bodies|all|grown``: indexes like ``tracuu index`` and prints the seconds."""

from __future__ import annotations

import dataclasses
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import NEWS, WITH_BODIES
from benchmarks.grown import GROWN, write_grown
from benchmarks.processor import spent
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.jsonl import JsonlSource


def main() -> None:
    """Build one index."""
    folder, part = Path(sys.argv[1]), sys.argv[2]
    lines = NEWS
    if part == "grown":
        lines = folder.parent / f"news-{GROWN}.jsonl.gz"
        write_grown(lines, GROWN)
    settings = Settings(data=folder)
    start, used = time.perf_counter(), spent()
    with open_pipeline(settings) as pipeline:
        source = Part(lines, settings, WITH_BODIES if part == "bodies" else None)
        number = sum(outcome.kind == "indexed" for outcome in pipeline.index(source))
        timings = dataclasses.asdict(pipeline.timings)
    seconds, processor = time.perf_counter() - start, spent() - used
    print(json.dumps({"articles": number, "timings": timings, "seconds": seconds, "processor": processor}))


class Part:
    """The news through our own source, optionally only the first articles with a body."""

    def __init__(self, lines: Path, settings: Settings, limit: int | None) -> None:
        self.name = "news"
        self._limit = limit
        self._source = JsonlSource(lines, settings)

    def items(self) -> Iterator[Article | Problem]:
        """Yield articles."""
        number = 0
        for item in self._source.items():
            if isinstance(item, Article) and (self._limit is None or item.body):
                yield item
                number += 1
                if number == self._limit:
                    return

    def progress(self) -> float | None:
        """Not drawn."""
        return None


if __name__ == "__main__":
    main()
