"""The index open for writing: for one batch of changes, or for several that are committed in sequence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from indexer.indexing.changes import Changes
from indexer.indexing.outcome import Timings
from indexer.indexing.stores import Stores


class Session:
    """Opens the engine's writer when there are changes to write, and keeps it open if requested."""

    def __init__(self, stores: Stores, timings: Timings, timeout: float) -> None:
        """``timeout`` is how many seconds to wait for another writer."""
        self._stores = stores
        self._timings = timings
        self._timeout = timeout
        self._kept: tuple[AbstractContextManager[Changes], Changes] | None = None

    @contextmanager
    def changes(self) -> Iterator[Changes]:
        """Yield an object that takes changes, committed when the block ends.

        If left by Ctrl-C, everything put so far is committed; if left by an error, it is dropped and replayed later.
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
            # As after an error of its own: the next call opens it again.
            self._let_go(error)
            raise

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep the index open during the block: commits in it do not wait for merges."""
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
            stack.push(lambda kind, _error, _trace: self._stores.duplicates.rollback() if kind else None)
            stack.push(lambda kind, _error, _trace: self._stores.statuses.rollback() if kind else None)
            writer = stack.enter_context(self._stores.engine.writer(self._timeout))
            changes = Changes(self._stores, writer, self._timings)
            try:
                yield changes
            except (KeyboardInterrupt, GeneratorExit) as stop:
                stopped = stop
            with self._timings.of("commit"):
                changes.commit()
                stack.close()
        if stopped is not None:
            raise stopped
