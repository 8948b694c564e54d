"""The index open for writing: for one batch of changes, or for several that commit one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from indexer.catalog.catalog import Catalog
from indexer.duplicates.store import DuplicateStore
from indexer.engine.protocol import Engine
from indexer.indexing.changes import Changes
from indexer.indexing.outcome import Timings
from indexer.suggest.store import SuggestionWriter


class Session:
    """Opens the engine's writer when there are changes to write, and keeps it open where it is told to."""

    def __init__(
        self,
        catalog: Catalog,
        engine: Engine,
        suggestions: SuggestionWriter,
        duplicates: DuplicateStore,
        timings: Timings,
        index: str,
        timeout: float,
    ) -> None:
        """``index`` is the name of the folder of ``engine``; ``timeout`` the seconds to wait for another writer."""
        self._catalog = catalog
        self._engine = engine
        self._suggestions = suggestions
        self._duplicates = duplicates
        self._timings = timings
        self._index = index
        self._timeout = timeout
        self._kept: tuple[AbstractContextManager[Changes], Changes] | None = None

    @contextmanager
    def changes(self) -> Iterator[Changes]:
        """Yield what takes changes; they are committed when the block ends.

        Left by Ctrl-C, what was put is committed; left by an error, it is dropped and replayed later.
        """
        if self._kept is None:
            with self._opened() as changes:
                yield changes
            return
        _, changes = self._kept
        try:
            yield changes
            with self._timings.of("commit"):
                changes.commit()
        except BaseException as error:
            # Left as by an error of its own: the next call opens it anew.
            self._let_go(error)
            raise

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep the index open through the block: what is done in it commits without waiting for merges."""
        opened = self._opened()
        self._kept = opened, opened.__enter__()
        try:
            yield
        finally:
            self._let_go(None)

    def _let_go(self, error: BaseException | None) -> None:
        if self._kept is not None:
            (opened, _), self._kept = self._kept, None
            opened.__exit__(type(error) if error else None, error, error.__traceback__ if error else None)

    @contextmanager
    def _opened(self) -> Iterator[Changes]:
        stopped: BaseException | None = None
        with ExitStack() as stack:
            stack.push(lambda kind, _error, _trace: self._duplicates.rollback() if kind else None)
            writer = stack.enter_context(self._engine.writer(self._timeout))
            changes = Changes(
                self._catalog, writer, self._suggestions, self._duplicates, self._timings, self._index
            )
            try:
                yield changes
            except (KeyboardInterrupt, GeneratorExit) as stop:
                stopped = stop
            with self._timings.of("commit"):
                changes.commit()
                stack.close()
        if stopped is not None:
            raise stopped
