"""What becomes of the items of a source, and what their stages take."""

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
"""Told how many articles are done."""


def unseen(number: int) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item."""

    kind: Literal["indexed", "unchanged", "removed", "failed", "missing", "notice", "unread", "refused"]
    """``notice``: it was read otherwise than written. ``unread``: files of a kind that nothing reads. ``refused``: nothing
    was removed, since it would have been too much at once."""
    item: str
    problem: str | None = None
    """What is to be said of it."""
    group: str = ""
    """The same for all notices that a report counts together."""
    number: int = 1
    """Of the files that are unread."""


@dataclass(slots=True)
class Timings:
    """Seconds per stage. ``analyse`` is processor time in the workers, beside the others."""

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
    """Yield what is in ``outcomes``, which is empty then."""
    yield from outcomes
    outcomes.clear()


def problems_of(batch: AnalysedBatch) -> Iterator[Outcome]:
    """Yield the attachments that are missing or could not be read; their articles are indexed all the same."""
    for item in batch.items:
        yield from problems_of_files(item.entry.id, item.files)


def problems_of_files(id: str, files: Sequence[StoredFile]) -> Iterator[Outcome]:
    """Yield those of ``files``, which the article ``id`` carries, that are missing or could not be read."""
    for file in files:
        if file.state == "failed":
            yield Outcome("failed", f"{id}: {file.name}", "; ".join(sentences(file.problems)))
        elif file.state == "missing":
            yield Outcome("missing", f"{id}: {file.name}")
