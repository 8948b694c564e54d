"""Numbers of subscribers per search, without addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.alerts.store.schema import AlertDatabase

_BY_SEARCH = """SELECT query,
    sum(confirmed IS NOT NULL AND NOT paused), sum(confirmed IS NULL), sum(confirmed IS NOT NULL AND paused),
    sum(kind = 'webhook'), max(sent), coalesce(sum(waiting), 0)
    FROM alerts JOIN recipients ON recipients.id = recipient
    LEFT JOIN (SELECT alert, count(*) AS waiting FROM outbox GROUP BY alert) ON alert = alerts.id
    GROUP BY query ORDER BY 2 DESC, count(*) DESC, query LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search with its numbers of subscribers."""

    query: str
    active: int
    unconfirmed: int
    paused: int
    """Subscribers whose mail was returned too often."""
    webhooks: int
    """Programs among all of them."""
    sent: int | None
    """When something was last sent, in seconds since 1970."""
    waiting: int
    """Number of messages to send."""


def saved_searches(database: AlertDatabase, limit: int) -> Sequence[Saved]:
    """Return the ``limit`` searches with most subscribers; raises StorageError."""
    with database.reading() as db:
        return [Saved(*row) for row in db.execute(_BY_SEARCH, (limit,))] if db else []
