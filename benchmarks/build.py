"""``python -m benchmarks.build ours|whoosh_pyvi|fts5 FOLDER bodies|all``: index, print the seconds."""

from __future__ import annotations

import dataclasses
import importlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import NEWS, WITH_BODIES, records
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.jsonl import JsonlSource


def main() -> None:
    """Build one index."""
    which, folder, part = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    limit = WITH_BODIES if part == "bodies" else None
    start = time.perf_counter()
    result: dict[str, object] = {}
    if which == "ours":
        settings = Settings(data=folder)
        with open_pipeline(settings) as pipeline:
            number = sum(outcome.kind == "indexed" for outcome in pipeline.index(Part(settings, limit)))
            result = {"articles": number, "timings": dataclasses.asdict(pipeline.timings)}
    else:
        peer = importlib.import_module(f"benchmarks.peers.{which}")
        peer.build(folder, records(only_bodies=limit is not None, limit=limit))
    print(json.dumps({**result, "seconds": time.perf_counter() - start}))


class Part:
    """The news through our own source, on wish the first articles with a body."""

    def __init__(self, settings: Settings, limit: int | None) -> None:
        self.name = "news"
        self._limit = limit
        self._source = JsonlSource(NEWS, settings)

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
