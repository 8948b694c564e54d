"""The editors' work on queries without results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.curation.journal import Change
from indexer.curation.queries import Done, read
from indexer.query_log.report import Asked
from indexer.query_log.text import query_key
from indexer.search.pins import Pins, pin_key


@dataclass(frozen=True, slots=True)
class QueryWork:
    """A query that had no results, what it finds now, and what was done about it."""

    asked: Asked
    finds: int
    """Number of articles that it finds now."""
    pinned: int
    done: Done | None

    @property
    def is_open(self) -> bool:
        """Tell whether the query still needs attention."""
        return self.done is None and not self.pinned and not self.finds


def query_work(text: str, notes: Mapping[str, Change]) -> Done | None:
    """Return the work noted for a query, None if there is none."""
    change = notes.get(query_key(text))
    done = read(change) if change else None
    return done if done and (done.state or done.remark) else None


def work_of(asked: Asked, finds: int, pins: Pins, notes: Mapping[str, Change]) -> QueryWork:
    """Return the state of a query that had no results."""
    _, ids = pins.get(pin_key(asked.text), ("", ()))
    return QueryWork(asked, finds, len(ids), query_work(asked.text, notes))
