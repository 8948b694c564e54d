"""The stores of a data directory that is open for writing."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.catalog.catalog import Catalog
from indexer.duplicates.store import DuplicateStore
from indexer.engine.protocol import Engine
from indexer.indexing.statuses import StatusStore
from indexer.register.writer import RegisterWriter
from indexer.replication.membership import Writing
from indexer.suggest.store import SuggestionWriter


@dataclass(frozen=True, slots=True)
class Stores:
    """The catalog, and the stores that follow it."""

    catalog: Catalog
    engine: Engine
    index: str
    """Name of the folder of ``engine``, under which the catalog records its position."""
    suggestions: SuggestionWriter
    duplicates: DuplicateStore
    statuses: StatusStore
    register: RegisterWriter | None
    """None for an index that is not the current one."""
    writing: Writing
