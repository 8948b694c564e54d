"""The index that is current at every moment, as one engine: it outlives rebuilds."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress

from indexer.engine.clauses import Clause
from indexer.engine.opening import index_path, open_engine
from indexer.engine.protocol import Engine, EngineRequest, EngineResponse, PageHit, Writer
from indexer.errors import EngineError, IndexMissingError, IndexVersionError
from indexer.settings import Settings

_TRIES = 3
"""Rebuilds that may switch between a look at where the index is and opening it."""


class FollowingEngine:
    """See :class:`indexer.engine.protocol.Engine`. After a rebuild :meth:`refresh` goes over to the new index.

    With ``patient``, an index of another version is no error until something is asked of it: it may be rebuilt
    meanwhile. Requests that go on in other threads keep the index that they have.
    """

    def __init__(self, settings: Settings, patient: bool = False) -> None:
        self.name: str = settings.engine
        self._settings = settings
        self._turn = threading.Lock()
        self._place: tuple[str, int] | None = None
        self._engine: Engine | None = None
        self._failure: EngineError | None = None
        try:
            self._follow()
        except IndexVersionError as error:
            if not patient:
                raise
            self._failure = error

    def _follow(self) -> bool:
        """Open the current index unless it is open; tell whether it was not."""
        place = self._current()
        if place == self._place and self._failure is None:
            return False
        with self._turn:
            for last in (False,) * (_TRIES - 1) + (True,):
                try:
                    # The old one is not closed here: others may be reading it, and the last of them closes it.
                    self._engine = open_engine(self._settings, folder=place[0])
                    break
                except IndexMissingError:
                    before, place = place, self._current()
                    if last or place == before:
                        raise
            self._place, self._failure = place, None
        return True

    def _current(self) -> tuple[str, int]:
        """Return the folder of the index, and what tells it from another of the same name."""
        path = index_path(self._settings)
        with suppress(FileNotFoundError):
            return path.name, path.stat().st_ino
        return path.name, 0

    def _opened(self) -> Engine:
        if self._engine is None:
            raise self._failure or IndexMissingError(self._settings.data)
        return self._engine

    @property
    def generation(self) -> str:
        return f"{self._place} {self._opened().generation}"

    def writer(self, timeout: float = 0.0) -> AbstractContextManager[Writer]:
        return self._opened().writer(timeout)

    def search(self, request: EngineRequest) -> EngineResponse:
        return self._opened().search(request)

    def pages(self, ids: Sequence[str], clause: Clause, limit: int) -> list[PageHit]:
        return self._opened().pages(ids, clause, limit)

    def page(self, id: str, file: int, page: int) -> bytes | None:
        return self._opened().page(id, file, page)

    def documents(self, ids: Iterable[str]) -> dict[str, bytes]:
        return self._opened().documents(ids)

    def by_slug(self, slug: str) -> bytes | None:
        return self._opened().by_slug(slug)

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        return self._opened().terms(field, prefix, limit)

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        return self._opened().frequencies(field, terms)

    def count(self) -> int:
        return self._opened().count()

    def refresh(self) -> bool:
        return self._follow() or self._opened().refresh()

    def close(self) -> None:
        if self._engine is not None:
            self._engine.close()
