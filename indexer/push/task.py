"""A change that was pushed, alone or as a line of many, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

PushKind = Literal["put", "delete"]
Result = Literal["indexed", "unchanged", "removed", "unknown", "superseded", "failed"]
RESULTS: tuple[Result, ...] = get_args(Result)
"""``unknown``: there was nothing to delete. ``superseded``: a later change of the article was taken in its place."""
Status = Literal["accepted", "done", "failed"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Task:
    """One change and what became of it; moments are seconds since 1970."""

    number: int
    slug: str
    """Empty for a line that names no article."""
    kind: PushKind
    accepted: float
    finished: float | None = None
    result: Result | None = None
    """None as long as it waits."""
    problems: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """How it stands."""
        return "accepted" if self.result is None else "failed" if self.result == "failed" else "done"


@dataclass(frozen=True, slots=True)
class Bulk:
    """Many changes that were accepted together, as one task."""

    number: int
    accepted: float
    finished: float | None
    """None as long as one of them waits."""
    waiting: int
    results: Mapping[Result, int]
    """How many became what; none of those that wait."""

    @property
    def status(self) -> Status:
        """How it stands: failed where any line is."""
        if self.waiting:
            return "accepted"
        return "failed" if self.results.get("failed") else "done"


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One change of a bulk."""

    line: int
    """From 1, empty lines counted."""
    id: str | None
    """Of the article, None where the line names none."""
    task: Task


@dataclass(frozen=True, slots=True)
class Push:
    """One change that waits; ``body`` is empty for a deletion."""

    task: int
    slug: str
    kind: PushKind
    body: bytes
    damaged: bool = False
    """It is not what was accepted, so it must not be written."""
