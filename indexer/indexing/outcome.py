"""The outcome of a source's items, and the time taken by each stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from indexer.extract.reasons import sentences
from indexer.indexing.workers import AnalysedBatch
from indexer.stored.article import StoredFile

Progress = Callable[[int], None]
"""Called with the number of finished articles."""


def unseen(number: int) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one item."""

    kind: Literal["indexed", "unchanged", "removed", "failed", "missing", "notice", "unread", "refused"]
    """``notice``: it was interpreted. ``unread``: files of a type that nothing reads. ``refused``: nothing was removed, because
    it would have been too much at once."""
    item: str
    problem: str | None = None
    """The sentence to report."""
    group: str = ""
    """Equal for all notices that a report counts together."""
    number: int = 1
    """Number of unread files."""


@dataclass(slots=True)
class Timings:
    """Seconds per stage. ``analyse`` is CPU time in the workers, parallel to the others."""

    read: float = 0.0
    check: float = 0.0
    attachments: float = 0.0
    analyse: float = 0.0
    accept: float = 0.0
    duplicates: float = 0.0
    statuses: float = 0.0
    put: float = 0.0
    commit: float = 0.0

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Add the wall time of the block to ``stage``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            setattr(self, stage, getattr(self, stage) + time.perf_counter() - start)


def drained(outcomes: list[Outcome]) -> Iterator[Outcome]:
    """Yield the content of ``outcomes``, which is empty afterwards."""
    yield from outcomes
    outcomes.clear()


def problems_of(batch: AnalysedBatch) -> Iterator[Outcome]:
    """Yield attachments that are missing or could not be read; their articles are indexed all the same."""
    for item in batch.items:
        yield from problems_of_files(item.entry.id, item.files)


def problems_of_files(id: str, files: Sequence[StoredFile]) -> Iterator[Outcome]:
    """Yield those of ``files``, carried by the article ``id``, that are missing or could not be read."""
    for file in files:
        if file.state == "failed":
            yield Outcome("failed", f"{id}: {file.name}", "; ".join(sentences(file.problems)))
        elif file.state == "missing":
            yield Outcome("missing", f"{id}: {file.name}")
