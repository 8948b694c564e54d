"""A pushed change, alone or as a line of a bulk request, and its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

PushKind = Literal["put", "delete"]
Result = Literal["indexed", "unchanged", "removed", "unknown", "superseded", "failed"]
RESULTS: tuple[Result, ...] = get_args(Result)
"""``unknown``: there was nothing to delete. ``superseded``: a later change to the article replaced it."""
Status = Literal["accepted", "done", "failed"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Task:
    """A change and its outcome; times are in seconds since 1970."""

    number: int
    slug: str
    """Empty for a line that names no article."""
    kind: PushKind
    accepted: float
    finished: float | None = None
    result: Result | None = None
    """None while it is waiting."""
    problems: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """The current status."""
        return "accepted" if self.result is None else "failed" if self.result == "failed" else "done"


@dataclass(frozen=True, slots=True)
class Bulk:
    """Changes that were accepted together as one task."""

    number: int
    accepted: float
    finished: float | None
    """None while any of them is waiting."""
    waiting: int
    results: Mapping[Result, int]
    """Numbers of changes by outcome, without those waiting."""

    @property
    def status(self) -> Status:
        """The current status: failed if any line failed."""
        if self.waiting:
            return "accepted"
        return "failed" if self.results.get("failed") else "done"


@dataclass(frozen=True, slots=True)
class BulkLine:
    """A change in a bulk."""

    line: int
    """Counted from 1, including empty lines."""
    id: str | None
    """Id of the article, None if the line names none."""
    task: Task


@dataclass(frozen=True, slots=True)
class Push:
    """A waiting change; ``body`` is empty for a deletion."""

    task: int
    slug: str
    kind: PushKind
    body: bytes
    damaged: bool = False
    """Whether it differs from what was accepted, so that it must not be written."""
