"""Finds the index of the cluster that a folder names, reports its state, and removes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from indexer.disk import durable
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.state_store import StateStore, is_there
from indexer.engine.opensearch_.writer import OpenSearchWriter
from indexer.errors import ClusterError, EngineError
from indexer.opensearch_settings import OpenSearchSettings

_TRIES = 10
"""Number of attempts to come between two commits of another writer."""
INDEX_FILE = "INDEX"
"""File in the folder that names the index."""


def index_name(path: Path) -> str | None:
    """Return the index of the cluster that the folder ``path`` names; None if it names none. Raises StorageError."""
    with durable.storage_errors(path, "read"):
        try:
            return (path / INDEX_FILE).read_text(encoding="utf-8").strip() or None
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            return None


def damage(path: Path, settings: OpenSearchSettings) -> Iterator[str]:
    """Yield what the cluster lacks of the index. The nodes check its files themselves and drop a damaged copy.

    Raises EngineError if the cluster does not answer.
    """
    index = index_name(path)
    if index is None:
        yield f"{INDEX_FILE} does not name an index"
        return
    with closing(Connection(settings)) as connection:
        if StateStore(connection, settings.index, index).read() is None or not is_there(connection, index):
            yield f"the cluster has no index {index}"
            return
        shards = connection.ask("GET", f"/_cluster/health/{index}", timeout="1s", level="shards")["indices"]
    for number, shard in sorted(shards.get(index, {}).get("shards", {}).items()):
        if shard["status"] == "red":
            yield f"shard {number} of {index} is not on any available node"


def warning(path: Path, settings: OpenSearchSettings) -> str:
    """Return which copies are missing; empty if none is. Raises EngineError."""
    index = index_name(path)
    with closing(Connection(settings)) as connection:
        found = connection.ask("GET", f"/_cluster/health/{index}", timeout="1s") if index else {}
    missing, nodes = found.get("unassigned_shards", 0), found.get("number_of_data_nodes", 0)
    if not missing:
        return ""
    return f"{missing} shard copies are missing on {nodes} nodes (status {found['status']})"


def size(path: Path, settings: OpenSearchSettings) -> int:
    """Return the size of all copies in bytes, 0 if there is no index; raises EngineError."""
    index = index_name(path)
    if index is None:
        return 0
    with closing(Connection(settings)) as connection:
        try:
            found = connection.ask("GET", f"/{index}/_stats/store")
        except Refused as error:
            if error.answered == 404:
                return 0
            raise
    return int(found["_all"]["total"]["store"]["size_in_bytes"])


def remove(path: Path, settings: OpenSearchSettings) -> None:
    """Remove the index named in the folder ``path`` from the cluster; the folder stays. Raises EngineError."""
    index = index_name(path)
    if index is None:
        return
    with closing(Connection(settings)) as connection:
        StateStore(connection, settings.index, index).delete()
        try:
            connection.ask("DELETE", f"/{index}", ignore_unavailable="true")
        except Refused as error:
            # The request arrives twice if the cluster takes long to agree on it.
            if error.answered != 404:
                raise


def take_over(path: Path, settings: OpenSearchSettings) -> None:
    """Let no writer commit that began before, and publish what the shards have of it. Raises EngineError."""
    index = index_name(path)
    if index is None:
        return
    with closing(Connection(settings)) as connection:
        states = StateStore(connection, settings.index, index)
        if states.newest() is None:  # the cluster has lost it, so nobody can commit to it
            return
        for left in reversed(range(_TRIES)):
            with closing(OpenSearchWriter(connection, states, index, path, settings)) as writer:
                try:
                    writer.take_over()
                    return
                except ClusterError:
                    raise
                except EngineError:  # that writer was faster once more
                    if not left:
                        raise
