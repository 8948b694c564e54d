"""The indexes of engines that the settings do not name: after a move, the way back; before one, what is moved to."""

from __future__ import annotations

from contextlib import closing, suppress

from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.disk import durable
from indexer.engine.folders import read_folders
from indexer.engine.opening import index_path
from indexer.errors import DamagedError
from indexer.settings import ENGINES, EngineName, Settings
from indexer.upkeep.check import Check

_KEPT = (
    "the next `tracuu rebuild` removes it; until then, setting engine and reloading the service moves to it"
)


def kept_engines(settings: Settings) -> list[EngineName]:
    """Return the other engines that have an index in the data directory. Raises StorageError."""
    return [engine for engine in ENGINES if engine != settings.engine and _folder(settings, engine)]


def engine_ahead(settings: Settings, catalog: Catalog) -> EngineName | None:
    """Return the engine whose index has changes that the one of the settings lacks; None if none has."""
    own = catalog.applied.of(index_path(settings).name)
    found = {engine: catalog.applied.of(_folder(settings, engine) or "") for engine in kept_engines(settings)}
    newest = max(found, key=found.__getitem__, default=None)
    return newest if newest and found[newest] > own else None


def other_engines(settings: Settings) -> Check:
    """Say which other engines have an index here, and what for."""
    kept = kept_engines(settings)
    if not kept or not (settings.data / FILE_NAME).is_file():
        return Check("other engines", "ok", "no index")
    with closing(Catalog(settings.data)) as catalog:
        found = [
            f"{engine} has an index that lacks {catalog.applied.waiting(_folder(settings, engine) or ''):,} changes"
            for engine in kept
        ]
    return Check("other engines", "ok", ", ".join(found), _KEPT)


def _folder(settings: Settings, engine: EngineName) -> str | None:
    """Return the folder of the current index of an engine; None if there is none, or none that can be used."""
    with suppress(DamagedError), durable.storage_errors(settings.data, "read"):
        name = read_folders(settings.data, engine).current
        return name if (settings.data / name).is_dir() else None
    return None
