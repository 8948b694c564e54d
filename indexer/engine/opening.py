"""Opens the engine selected by the settings, and answers questions about an index without opening it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from indexer.disk import durable
from indexer.engine.folders import existing_folders, is_folder, pointer_name, read_folders
from indexer.engine.protocol import Engine
from indexer.engine.version import MARKER
from indexer.settings import EngineName, Settings


def open_engine(settings: Settings, create: bool = False, folder: str | None = None) -> Engine:
    """Open the configured engine in ``folder`` of the data directory, by default the current one.

    The libraries of other engines are not loaded. Raises IndexMissingError if there is no index and ``create`` is false,
    IndexVersionError if another version wrote it, ClusterError if its machines do not respond.
    """
    path = index_path(settings, folder)
    match settings.engine:
        case "tantivy":
            from indexer.engine.tantivy_ import TantivyEngine

            return TantivyEngine(path, create)
        case "whoosh":
            from indexer.engine.whoosh_ import WhooshEngine

            return WhooshEngine(path, create)
        case "opensearch":
            from indexer.engine.opensearch_ import OpenSearchEngine

            return OpenSearchEngine(path, settings.opensearch, create)
        case other:
            assert_never(other)


def embedded(settings: Settings) -> Settings:
    """Return ``settings`` with an engine that needs no other machine, for temporary indexes."""
    return settings if _is_local(settings.engine) else replace(settings, engine="tantivy")


def index_damage(settings: Settings, folder: str | None = None) -> Iterator[str]:
    """Yield the damage of an index without opening it: damaged files, or shards that no machine has.

    Raises ClusterError if its machines do not respond.
    """
    path = index_path(settings, folder)
    with durable.storage_errors(path, "read"):
        match settings.engine:
            case "tantivy":
                from indexer.engine.tantivy_.damage import damage as of_tantivy

                yield from of_tantivy(path)
            case "whoosh":
                from indexer.engine.whoosh_.storage import damage as of_whoosh

                yield from of_whoosh(path)
            case "opensearch":
                from indexer.engine.opensearch_.administration import damage as of_opensearch

                yield from of_opensearch(path, settings.opensearch)
            case other:
                assert_never(other)


def index_warning(settings: Settings) -> str:
    """Return what should be fixed although the current index answers, such as missing copies; empty if nothing.

    Raises ClusterError.
    """
    if _is_local(settings.engine):
        return ""
    from indexer.engine.opensearch_.administration import warning

    return warning(index_path(settings), settings.opensearch)


def index_size(settings: Settings) -> int:
    """Return the size of the current index in bytes, including all copies; 0 if there is none. Raises ClusterError."""
    path = index_path(settings)
    if _is_local(settings.engine):
        return sum(map(_size, path.rglob("*")))
    from indexer.engine.opensearch_.administration import size

    return size(path, settings.opensearch)


def index_files(settings: Settings) -> list[Path]:
    """Return the files that a copy of the current index consists of; none if it is on other machines."""
    if not _is_local(settings.engine):
        return []
    files = sorted(index_path(settings).iterdir())
    return [file for file in files if file.is_file() and not file.name.endswith((".lock", "WRITELOCK"))]


def pointer_files(settings: Settings) -> tuple[str, ...]:
    """Return the names in the data directory of the files with which another machine finds the current index: last the one that
    makes it the current one, which may not exist. None if the index is on this machine only.
    """
    if _is_local(settings.engine):
        return ()
    from indexer.engine.opensearch_.administration import INDEX_FILE

    folder = index_path(settings).name
    return f"{folder}/{MARKER}", f"{folder}/{INDEX_FILE}", pointer_name(settings.engine)


def remove_index(settings: Settings, path: Path) -> None:
    """Remove the index in the folder ``path``, whichever engine created it; a missing one is not an error.

    Raises ClusterError if it is on machines that do not respond; then all of it stays.
    """
    if is_folder("opensearch", path.name) and path.is_dir():
        from indexer.engine.opensearch_.administration import remove

        remove(path, settings.opensearch)
    durable.remove(path)


def take_over_index(settings: Settings) -> bool:
    """Let no other machine commit to the current index that began to before; return whether there is an index that other machines
    share. One that is only here may be older than anything, so it is removed.

    Raises EngineError, StorageError.
    """
    if not _is_local(settings.engine):
        from indexer.engine.opensearch_.administration import take_over

        take_over(index_path(settings), settings.opensearch)
        return True
    with durable.storage_errors(settings.data, "cleaned of an old index"):
        durable.remove(settings.data / pointer_name(settings.engine))
        for name in existing_folders(settings.data, settings.engine):
            remove_index(settings, settings.data / name)
    return False


def index_path(settings: Settings, folder: str | None = None) -> Path:
    """Return the path of the index, or of the file that refers to it, by default of the current one."""
    with durable.storage_errors(settings.data, "read"):
        return settings.data / (folder or read_folders(settings.data, settings.engine).current)


def _is_local(engine: EngineName) -> bool:
    """Return whether all of an index is in its folder, so that no other machine has to respond."""
    match engine:
        case "tantivy" | "whoosh":
            return True
        case "opensearch":
            return False
        case other:
            assert_never(other)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:  # a commit takes some away
        return 0
