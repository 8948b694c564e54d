"""Opens the data directory for writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from indexer.catalog.catalog import Catalog
from indexer.disk.locks import writer_lock
from indexer.duplicates.store import DuplicateStore
from indexer.engine.opening import index_path, open_engine
from indexer.errors import IndexMissingError
from indexer.extract.sandbox import open_sandbox
from indexer.indexing.leftovers import remove_leftovers
from indexer.indexing.outcome import Progress, unseen
from indexer.indexing.pipeline import Pipeline
from indexer.indexing.statuses import StatusStore
from indexer.indexing.stores import Stores
from indexer.indexing.workers import worker_count
from indexer.register.writer import RegisterWriter
from indexer.replication.membership import Writing
from indexer.settings import Settings
from indexer.suggest.store import SuggestionWriter


@contextmanager
def open_pipeline(
    settings: Settings, index: str | None = None, progress: Progress = unseen, *, yields: bool = False
) -> Iterator[Pipeline]:
    """Open the data directory for writing, replaying what a crash kept out of the index.

    ``index`` names the folder of an index other than the current one; ``yields`` promises a short block: other writers wait for
    its end. Raises IndexBusyError, IndexVersionError, DamagedError or StorageError; NotWriterError or ReplacedError if another
    machine is the writer.
    """
    with ExitStack() as stack:
        clean = False
        ended = stack.enter_context(
            writer_lock(settings.data, settings.lock_timeout, yields, cleaned=lambda: clean)
        )
        # Under the lock: who makes this machine the writer, or another one, holds it, too.
        writing = Writing(settings)
        catalog = Catalog(settings.data, create=True)
        stack.callback(catalog.close)
        clean = remove_leftovers(settings, catalog, writing, ended)
        # Another index than the current one is being built or brought up to date: it has no register yet.
        register = RegisterWriter(settings.data) if index is None else None
        if register is not None:
            stack.callback(register.close)
        index = index or index_path(settings).name
        try:
            engine = open_engine(settings, folder=index)
        except IndexMissingError:
            # A deleted folder is rebuilt from the catalog, even if this is killed before it is done.
            catalog.applied.set(index, 0)
            engine = open_engine(settings, create=True, folder=index)
        stack.callback(engine.close)
        suggestions = SuggestionWriter(settings.data)
        stack.callback(suggestions.close)
        duplicates = DuplicateStore(settings.data, catalog)
        stack.callback(duplicates.close)
        statuses = StatusStore(settings.data, settings.today())
        stack.callback(statuses.close)
        sandbox = stack.enter_context(open_sandbox(settings, worker_count(settings.workers)))
        stores = Stores(catalog, engine, index, suggestions, duplicates, statuses, register, writing)
        pipeline = Pipeline(settings, stores, sandbox)
        pipeline.replay(progress)
        if settings.role != "alone" and ended:
            # What could not be removed at once. After a kill, what was read for articles that are still to come is worth keeping.
            pipeline.forget_files()
        if register is not None:
            register.follow(engine.snapshot())
        yield pipeline
