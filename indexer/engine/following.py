"""An engine that always uses the current index, across rebuilds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress

from indexer.engine.opening import index_path, open_engine
from indexer.engine.protocol import Engine, Foreseen, Snapshot, Writer
from indexer.errors import ClusterError, CopiesMissingError, IndexMissingError, IndexVersionError
from indexer.role_settings import READING_ROLES
from indexer.settings import Settings

_TRIES = 3
"""Maximum number of rebuilds that may switch between looking up the index and opening it."""
_FAILED_SECONDS = 1.0
"""Seconds for which machines that did not respond are not asked for a new index again, so that waiting threads do not add up."""


class FollowingEngine:
    """See :class:`indexer.engine.protocol.Engine`. After a rebuild, its snapshots use the new index.

    With ``patient``, an index of another version, or one on machines that do not respond, is not an error until it is queried,
    since it may be rebuilt, and they may be started, in the meantime; neither is a missing one on a machine that gets it from the
    writer. Snapshots in use keep the index they were taken from.
    """

    def __init__(self, settings: Settings, patient: bool = False) -> None:
        self.name: str = settings.engine
        self._settings = settings
        self._turn = threading.Lock()
        self._place: tuple[str, int] | None = None
        self._engine: Engine | None = None
        self._failed: ClusterError | None = None
        self._failed_at = 0.0
        try:
            self._follow()
        except (IndexVersionError, ClusterError, CopiesMissingError):
            if not patient:
                raise

    def _follow(self) -> Engine:
        """Return the current index, opened; threads take turns, so that each index is opened once and none is reopened."""
        with self._turn:
            place = self._current()
            if self._engine is not None and place == self._place:
                return self._engine
            if self._failed and time.monotonic() - self._failed_at < _FAILED_SECONDS:
                raise self._failed.with_traceback(None)
            for last in (False,) * (_TRIES - 1) + (True,):
                try:
                    engine = open_engine(self._settings, folder=place[0])
                    break
                except ClusterError as error:
                    self._failed, self._failed_at = error, time.monotonic()
                    raise
                except IndexMissingError:
                    before, place = place, self._current()
                    if last or place == before:
                        if self._settings.role in READING_ROLES and self._engine is None:
                            raise CopiesMissingError(self._settings.data) from None
                        raise
            # The old index is not closed here: others may be reading it, and the last of them closes it.
            self._engine, self._place, self._failed = engine, place, None
            return engine

    def _current(self) -> tuple[str, int]:
        """Return the folder of the index, and what distinguishes it from another with the same name."""
        path = index_path(self._settings)
        with suppress(FileNotFoundError):
            return path.name, path.stat().st_ino
        return path.name, 0

    def snapshot(self, questions: Iterable[Foreseen] = ()) -> Snapshot:
        engine = self._follow()
        try:
            return engine.snapshot(questions)
        except IndexMissingError:
            # It was replaced by another in the same folder, or will be.
            with self._turn:
                if self._engine is engine:
                    self._engine = None
            raise

    def writer(self, timeout: float = 0.0) -> AbstractContextManager[Writer]:
        return self._follow().writer(timeout)

    def close(self) -> None:
        if self._engine is not None:
            self._engine.close()
