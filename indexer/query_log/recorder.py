"""Takes notes while serving, in nobody's way: a thread writes them in batches."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from indexer.background import BackgroundWriter
from indexer.errors import TraCuuError
from indexer.query_log.masking import mask
from indexer.query_log.store import Clicked, QueryLog, Searched
from indexer.settings import Settings

_SECONDS = 2.0
"""From a note to its batch: so much a kill may cost."""
_MOST_WAITING = 5_000
"""Notes that wait; more are dropped and counted, since the search matters more than its log."""
_PRUNED_EVERY = 3600.0
"""Seconds."""
_MINUTE = 60
_log = logging.getLogger("tracuu.query_log")


class Recorder:
    """Notes searches and clicks of one process; written in batches."""

    def __init__(self, settings: Settings, dropped: Callable[[], None] = lambda: None) -> None:
        """``dropped`` is called for each note that could not be kept."""
        self._settings, self._dropped = settings, dropped
        self._log = QueryLog(settings.data)
        self._notes = BackgroundWriter[Searched | Clicked](
            "query log", self._write, most=_MOST_WAITING, batch=_MOST_WAITING, seconds=_SECONDS
        )
        self._pruned: float | None = None
        self._failing = False

    def searched(self, text: str, total: int, filtered: bool, ms: float) -> None:
        """Note a search; whole minutes, so that notes can't be matched with other logs."""
        self._note(Searched(_minute(), mask(text), total, filtered, round(ms, 1)))

    def clicked(self, text: str, position: int) -> None:
        """Note that the result at ``position`` of a search was followed."""
        self._note(Clicked(_minute(), mask(text), position))

    def close(self) -> None:
        """Write what is left."""
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
