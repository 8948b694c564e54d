"""Where articles come from. A source yields articles and, between them, what it could not use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from indexer.model import Article


@dataclass(frozen=True, slots=True)
class Problem:
    """An item that could not be used: ``item`` names it (``news.jsonl:17``), ``problem`` says why."""

    item: str
    problem: str


class Source(Protocol):
    """One place of articles."""

    name: str
    """Stable name of the place; ``--prune`` compares what was indexed under it before."""

    def items(self) -> Iterator[Article | Problem]:
        """Yield what is there, in a stable order; one bad item never ends the others."""

    def progress(self) -> float | None:
        """Return the share read so far in 0..1, None where the end is not known."""
