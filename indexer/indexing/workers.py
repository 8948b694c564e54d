"""Analysis in worker processes: batches are sent out, and analysed batches come back in the same order."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from indexer.engine.protocol import Entry
from indexer.indexing.analysis import analysed, seconds_of, start_of, stored_article
from indexer.model import Article, Extraction
from indexer.stored.article import StoredFile, pack
from indexer.suggest.offers import Offer, offer_of

_MOST_USEFUL = 4
"""Number of workers beyond which the single writer is the bottleneck."""
_IN_FLIGHT = 2
"""Number of batches per worker that are waiting or in progress: enough to avoid idling, few enough for memory."""

Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Job:
    """An article with the texts of its attachments."""

    article: Article
    hash: bytes
    files: tuple[StoredFile, ...] = ()
    texts: tuple[Extraction | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysed:
    """The result of one job."""

    job_hash: bytes
    entry: Entry
    files: tuple[StoredFile, ...]
    shingles: tuple[int, ...]
    """See :mod:`indexer.duplicates.shingles`."""
    offer: Offer | None
    """What it contributes to completions; None if it is staff-only."""


@dataclass(frozen=True, slots=True)
class AnalysedBatch:
    """A batch with the CPU seconds it took."""

    items: tuple[Analysed, ...]
    seconds: float


def analyse(timezone: str, jobs: list[Job]) -> AnalysedBatch:
    """Analyse one batch in this process."""
    start = time.process_time()
    zone = ZoneInfo(timezone)
    items = []
    for job in jobs:
        stored = stored_article(job.article, job.files, job.texts, zone)
        second = seconds_of(job.article.published or start_of(stored.published, zone))
        entry, shingles = analysed(stored, pack(stored), second, job.texts)
        items.append(Analysed(job.hash, entry, job.files, shingles, offer_of(stored)))
    return AnalysedBatch(tuple(items), time.process_time() - start)


def in_processes(
    batches: Iterable[list[Given]], work: Callable[[list[Given]], Made], workers: int
) -> Iterator[tuple[list[Given], Made]]:
    """Yield each batch with the result of ``work``, in order; without ``workers``, in this process.

    A worker that dies costs only time: its batches are processed here.
    """
    if workers == 0:
        for batch in batches:
            yield batch, work(batch)
        return
    waiting: deque[tuple[list[Given], Future[Made]]] = deque()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker) as pool:
        try:
            for batch in batches:
                if not batch:
                    yield batch, work(batch)
                    continue
                if len(waiting) >= workers * _IN_FLIGHT:
                    yield _result(*waiting.popleft(), work)
                waiting.append((batch, _submit(pool, batch, work)))
            while waiting:
                yield _result(*waiting.popleft(), work)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _submit(
    pool: ProcessPoolExecutor, batch: list[Given], work: Callable[[list[Given]], Made]
) -> Future[Made]:
    try:
        return pool.submit(work, batch)
    except BrokenProcessPool as error:
        failed: Future[Made] = Future()
        failed.set_exception(error)
        return failed


def _result(
    batch: list[Given], future: Future[Made], work: Callable[[list[Given]], Made]
) -> tuple[list[Given], Made]:
    try:
        return batch, future.result()
    except BrokenProcessPool:
        return batch, work(batch)


def worker_count(setting: int) -> int:
    """Return how many processes may work in parallel: ``setting``, or one per processor."""
    return setting or os.cpu_count() or 1


def analysis_workers(setting: int) -> int:
    """Return how many processes analyse: ``setting``, or one per processor as long as the writer keeps up.

    The writer beside them takes half a processor: on two processors, 20,000 articles with bodies took 67 s with one worker, and
    56 s with two.
    """
    return setting or min(_MOST_USEFUL, worker_count(0))


def _start_worker() -> None:
    # Ctrl-C is for the parent, which ends its workers when it is done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent cannot end its workers, which would wait for it forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
