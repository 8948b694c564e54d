"""``python -m benchmarks.large_copies DATA``: copies of a large catalog for other machines, by real parts on a small scale.

Speeds are measured with the catalog of the data directory DATA, which is only read, and with an object store on loopback. The
bookkeeping of the writer is measured with catalogs of 1 and 10 GB whose chunks are only names.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import cast

from benchmarks.measure import memory_mb
from benchmarks.tables import table
from indexer.catalog.format import FILE_NAME
from indexer.disk.sqlite.snapshots import copy_database
from indexer.files.bucket import Bucket
from indexer.replication.chunks import CHUNK, ChunkList, chunk_name, cut
from indexer.replication.copy_store import AT_ONCE, CopyStore
from indexer.replication.manifest import Copy
from indexer.replication.publisher import REST
from indexer.replication.sent_objects import SentObjects
from tests.files.gateway import BUCKET, Gateway, missing

_GB = (1, 10, 90)
_MEASURED = 10
"""Size in GB up to which the bookkeeping is measured; beyond, it is taken to grow in proportion."""
_OBJECTS = 2_000
_CHANGED = 100
_TERM = 1


def main() -> None:
    """Print the table."""
    if reason := missing():
        sys.exit(reason)
    print(section(Path(sys.argv[1])))


def section(data: Path) -> str:
    """Return both tables."""
    copying, hashing = _local(data)
    putting, listing, getting = _store()
    rows = []
    for size in _GB:
        with ProcessPoolExecutor(1) as process:  # for its peak
            memory, noting = process.submit(_bookkeeping, min(size, _MEASURED)).result()
        times = max(1, size / _MEASURED)
        megabytes, chunks = size * 1024, size * (1 << 30) / CHUNK
        once = megabytes / copying + megabytes / hashing + noting * times
        rows.append(
            (
                f"{size} GB",
                f"{chunks:,.0f}",
                f"{chunks * 32 / 1e6:,.1f} MB",
                f"{chunks / putting / 60:,.0f} min",
                f"{chunks / getting / 60:,.0f} min",
                f"{chunks / listing:,.0f} s",
                f"{once:,.0f} s",
                f"{once * (REST + 1) / 60:,.0f} min",
                f"{memory * times:,.0f} MB",
            )
        )
    head = (
        "catalog", "chunks", "list of a copy", "first copy sent", "fetched", "listing at the writer's start",
        "one later copy", "between two copies", "memory of the writer's process",
    )  # fmt: skip
    told = (
        f"Here: {copying:,.0f} MB/s of a snapshot, {hashing:,.0f} MB/s into digests, {putting:,.0f} chunks/s put and {getting:,.0f}"
        f" fetched ({AT_ONCE} at once), {listing:,.0f} objects/s listed; all with the store on the same two processors."
    )
    return f"{table(head, rows)}\n\n{told}"


def _local(data: Path) -> tuple[float, float]:
    """Return the MB/s of a snapshot of the catalog and of its digests."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / FILE_NAME
        copying = _seconds(lambda: copy_database(data / FILE_NAME, copy))
        hashing = _seconds(lambda: cut(copy))
        megabytes = copy.stat().st_size / (1 << 20)
    return megabytes / copying, megabytes / hashing


def _store() -> tuple[float, float, float]:
    """Return how many chunks a second are put, listed and fetched."""
    gateway = Gateway()
    gateway.start()
    try:
        store = CopyStore(Bucket(BUCKET, gateway.settings()), "large/")
        contents = [os.urandom(CHUNK) for _ in range(_OBJECTS)]
        chunks = {chunk_name(content): content for content in contents}

        def a_second(action: Callable[[str], object]) -> float:
            def run() -> None:
                with ThreadPoolExecutor(AT_ONCE) as pool:
                    list(pool.map(action, chunks))

            return _OBJECTS / _seconds(run)

        putting = a_second(lambda name: store.put(name, chunks[name], _TERM))
        listing = _OBJECTS / _seconds(lambda: store.sizes(_TERM))
        getting = a_second(lambda name: store.get(name, _TERM))
        return putting, listing, getting
    finally:
        gateway.stop()


class _Nowhere:
    """A store that keeps nothing."""

    def sizes(self, term: int) -> dict[str, int]:
        return {}

    def put(self, name: str, content: bytes, term: int) -> None:
        pass

    def remove(self, names: Iterable[str], term: int) -> None:
        pass


def _bookkeeping(size: float) -> tuple[float, float]:
    """Return the peak memory in MB that sending a catalog of ``size`` GB takes, and the seconds that one of its later copies
    takes, of which a few chunks are new.
    """
    number = int(size * (1 << 30) / CHUNK)
    before = memory_mb(os.getpid())
    digests = bytearray(os.urandom(32 * number))
    objects = SentObjects(cast(CopyStore, _Nowhere()), _TERM)
    objects.begin(None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        path.touch()
        for _ in range(3):
            for at in range(_CHANGED):
                digests[32 * at : 32 * at + 32] = os.urandom(32)
            start = time.perf_counter()
            chunks = ChunkList(number * CHUNK, bytes(digests))
            objects.send("catalog", {path: chunks})
            objects.named([Copy(FILE_NAME, "catalog", "standby", chunks.size, chunks.digest, 0o600)])
            objects.release("catalog")
            seconds = time.perf_counter() - start
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before, seconds


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
