"""Records searches without delaying them: a thread writes them in batches."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from indexer.background import BackgroundWriter
from indexer.errors import TraCuuError
from indexer.query_log.masking import mask
from indexer.query_log.outbox import Outbox
from indexer.query_log.store import Clicked, QueryLog, Searched
from indexer.role_settings import READING_ROLES
from indexer.settings import Settings

_SECONDS = 2.0
"""Seconds between a record and its batch; a kill may lose that much."""
_MOST_WAITING = 5_000
"""Maximum number of waiting records; further ones are dropped and counted, since searching matters more than the log."""
_PRUNED_EVERY = 3600.0
"""Interval in seconds."""
_MINUTE = 60
_log = logging.getLogger("tracuu.query_log")


class Recorder:
    """Records the searches and clicks of one process; written in batches."""

    def __init__(self, settings: Settings, dropped: Callable[[], None] = lambda: None) -> None:
        """``dropped`` is called for each record that could not be stored."""
        self._settings, self._dropped = settings, dropped
        # In these roles the log of the data directory is a copy of the writer's, or none.
        hands_in = settings.role in READING_ROLES
        self._log: QueryLog | Outbox = Outbox(settings.data) if hands_in else QueryLog(settings.data)
        self._notes = BackgroundWriter[Searched | Clicked](
            "query log", self._write, most=_MOST_WAITING, batch=_MOST_WAITING, seconds=_SECONDS
        )
        self._pruned: float | None = None
        self._failing = False

    def searched(self, text: str, total: int, filtered: bool, ms: float) -> None:
        """Record a search; times are rounded to minutes, so that records cannot be matched with other logs."""
        self._note(Searched(_minute(), mask(text), total, filtered, round(ms, 1)))

    def clicked(self, text: str, position: int) -> None:
        """Record that the result at ``position`` of a search was opened."""
        self._note(Clicked(_minute(), mask(text), position))

    def close(self) -> None:
        """Write the remaining records."""
        self._notes.close()

    def _note(self, note: Searched | Clicked) -> None:
        if not self._notes.add(note):
            self._dropped()

    def _write(self, notes: list[Searched | Clicked]) -> None:
        try:
            self._log.add(
                [note for note in notes if isinstance(note, Searched)],
                [note for note in notes if isinstance(note, Clicked)],
            )
            if self._pruned is None or time.monotonic() - self._pruned > _PRUNED_EVERY:
                self._log.prune(self._settings.query_log_days, self._settings.query_log_entries)
                self._pruned = time.monotonic()
            self._failing = False
        except TraCuuError as error:
            for _ in notes:
                self._dropped()
            if not self._failing:
                _log.error("%s", error)
            self._failing = True


def _minute() -> int:
    return int(time.time()) // _MINUTE * _MINUTE
