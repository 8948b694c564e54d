"""How the service stands, for those who look after it: index, sizes, versions."""

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
    """What is indexed, and how much room it takes, in bytes."""

    engine: str
    indexed: int
    """Articles of the index."""
    accepted: int
    """Articles of the catalog."""
    waiting: int
    """Changes of the catalog that the index does not hold yet."""
    generation: str
    written: float
    """When it was written last: seconds since 1970."""
    version: int
    size: int
    catalog_size: int
    free: int
    """Of the disk."""


def index_state(settings: Settings, searcher: Searcher) -> IndexState:
    """Return how the index stands from which ``searcher`` answers; raises EngineError, StorageError."""
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
    """Return what runs here: name and version of each part."""
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
    """Tell whether Tesseract is here."""
    return tesseract_missing() is None


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _size(files: Iterable[Path]) -> int:
    """Return the bytes of those of ``files`` that are still there: a commit takes some away."""
    size = 0
    for file in files:
        with suppress(FileNotFoundError):
            size += file.stat().st_size
    return size
