"""Settings -> engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.disk import durable
from indexer.engine.folders import read_folders
from indexer.engine.protocol import Engine
from indexer.settings import Settings


def open_engine(settings: Settings, create: bool = False, folder: str | None = None) -> Engine:
    """Open the configured engine in ``folder`` of the data directory, by default in the current one.

    The library of the other engine is not loaded. Raises IndexMissingError where there is no
    index and ``create`` is false, IndexVersionError where another version wrote it.
    """
    path = index_path(settings, folder)
    if settings.engine == "whoosh":
        from indexer.engine.whoosh_ import WhooshEngine

        return WhooshEngine(path, create)
    from indexer.engine.tantivy_ import TantivyEngine

    return TantivyEngine(path, create)


def index_damage(settings: Settings, folder: str | None = None) -> Iterator[str]:
    """Yield the files of an index that are not as they were written, without opening it."""
    path = index_path(settings, folder)
    with durable.storage_errors(path, "read"):
        if settings.engine == "whoosh":
            from indexer.engine.whoosh_.storage import damage as of_whoosh

            yield from of_whoosh(path)
        else:
            from indexer.engine.tantivy_.damage import damage as of_tantivy

            yield from of_tantivy(path)


def index_path(settings: Settings, folder: str | None = None) -> Path:
    """Return where the index is, by default the current one."""
    with durable.storage_errors(settings.data, "read"):
        return settings.data / (folder or read_folders(settings.data, settings.engine).current)
