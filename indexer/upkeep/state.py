"""The state of the service, for its operators: index, sizes and versions."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indexer import __version__
from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.catalog.format import VERSION as CATALOG_VERSION
from indexer.disk.sqlite.connections import SQLITE_VERSION
from indexer.engine.fields import INDEX_VERSION
from indexer.engine.opening import index_path, index_size
from indexer.extract.tesseract import tesseract_missing
from indexer.search.searcher import Searcher
from indexer.settings import Settings

_LIBRARIES = ("tantivy", "whoosh", "kreuzberg", "pyvi", "Flask", "gunicorn")


@dataclass(frozen=True, slots=True)
class IndexState:
    """What is indexed, and how much space it takes in bytes."""

    engine: str
    indexed: int
    """Number of articles in the index."""
    accepted: int
    """Number of articles in the catalog."""
    waiting: int
    """Number of changes that the index does not have yet."""
    generation: str
    written: float
    """Time of the last write, in seconds since 1970."""
    version: int
    size: int
    catalog_size: int
    free: int
    """Free space on the disk."""


def index_state(settings: Settings, searcher: Searcher) -> IndexState:
    """Return the state of the index used by ``searcher``; raises EngineError or StorageError."""
    snapshot, path = searcher.index.snapshot, index_path(settings)
    with closing(Catalog(settings.data)) as catalog:
        accepted, waiting = catalog.count(), catalog.applied.waiting(path.name)
    return IndexState(
        settings.engine,
        snapshot.count(),
        accepted,
        waiting,
        snapshot.generation,
        snapshot.written,
        INDEX_VERSION,
        index_size(settings),
        _size(settings.data.glob(f"{FILE_NAME}*")),
        shutil.disk_usage(settings.data).free,
    )


def versions() -> list[tuple[str, str]]:
    """Return name and version of each component."""
    found = [
        ("Tra Cứu", __version__),
        ("Python", platform.python_version()),
        ("SQLite", ".".join(map(str, SQLITE_VERSION))),
        *((name, _version(name)) for name in _LIBRARIES),
        ("index", str(INDEX_VERSION)),
        ("catalog", str(CATALOG_VERSION)),
    ]
    return [(name, number) for name, number in found if number]


def reads_scans() -> bool:
    """Tell whether Tesseract is installed."""
    return tesseract_missing() is None


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _size(files: Iterable[Path]) -> int:
    """Return the total size in bytes of those ``files`` that still exist: a commit removes some."""
    size = 0
    for file in files:
        with suppress(FileNotFoundError):
            size += file.stat().st_size
    return size
