"""``python -m benchmarks.peers.measuring build|ask NAME COLLECTION FOLDER``: measures one peer on one collection; prints JSON."""

from __future__ import annotations

import json
import math
import os
import shutil
import sys
import time
from pathlib import Path

from benchmarks.corpus import queries
from benchmarks.measure import family, folder_mb, memory_mb
from benchmarks.peers.found import judge
from benchmarks.peers.inputs import TIMED, documents
from benchmarks.peers.named import PEERS
from benchmarks.peers.protocol import Peer, Searcher
from benchmarks.processor import spent, spent_with_servers
from indexer.evaluation import percentile

_ROUNDS = 2


def main() -> None:
    """Build an index, or query an existing one and leave nothing behind: two processes, to measure the memory of each."""
    what, name, collection, place = sys.argv[1:]
    peer, folder = PEERS[name](), Path(place).resolve() / f"{name}-{collection}"
    if what == "build":
        figures = _build(peer, folder, collection)
    else:
        with peer.opened(folder) as searcher:
            figures = _times(searcher) if collection in TIMED else judge(collection, searcher)
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_suffix(".log").unlink(missing_ok=True)
    print(json.dumps(figures))


def _build(peer: Peer, folder: Path, collection: str) -> dict[str, float]:
    shutil.rmtree(folder, ignore_errors=True)
    start, used = time.perf_counter(), spent()
    peer.build(folder, documents(collection))
    seconds, processor = time.perf_counter() - start, spent() - used
    return {"seconds": seconds, "processor": processor, "disk_mb": folder_mb(folder)}


def _times(searcher: Searcher) -> dict[str, float]:
    """Return the milliseconds per page in wall time and CPU time, the best of several rounds for each query."""
    asked = queries()
    clock, processor = [math.inf] * len(asked), [math.inf] * len(asked)
    snippets = hits = values = 0
    for counted in range(_ROUNDS + 1):
        for at, text in enumerate(asked):
            used, start = spent_with_servers(), time.perf_counter()
            page = searcher.page(text)
            taken = (time.perf_counter() - start) * 1000
            if counted:
                clock[at] = min(clock[at], taken)
                processor[at] = min(processor[at], (spent_with_servers() - used) * 1000)
        snippets, hits, values = snippets + page.snippets, hits + len(page.ids), values + page.facet_values
    if not (hits and snippets and values):
        raise RuntimeError("no hits, snippets or facet values: the peer is not set up correctly")
    return {
        "p50": percentile(clock, 50),
        "p95": percentile(clock, 95),
        "processor_p50": percentile(processor, 50),
        "processor_p95": percentile(processor, 95),
        "resident_mb": sum(memory_mb(pid) for pid in family(os.getpid())),
    }


if __name__ == "__main__":
    main()
