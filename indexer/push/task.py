"""A change that was pushed, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PushKind = Literal["put", "delete"]
Result = Literal["indexed", "unchanged", "removed", "unknown", "superseded", "failed"]
RESULTS: tuple[Result, ...] = get_args(Result)
"""``unknown``: there was nothing to delete. ``superseded``: a later change of the article was taken in its place."""


@dataclass(frozen=True, slots=True)
class Task:
    """One change and what became of it; moments are seconds since 1970."""

    number: int
    slug: str
    kind: PushKind
    accepted: float
    finished: float | None = None
    result: Result | None = None
    """None as long as it waits."""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Push:
    """One change that waits; ``body`` is empty for a deletion."""

    task: int
    slug: str
    kind: PushKind
    body: bytes
    damaged: bool = False
    """It is not what was accepted, so it must not be written."""
