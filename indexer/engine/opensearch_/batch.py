"""The changes of one commit, kept in an unnamed file until they are sent; a commit may contain 25,000 articles."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.schema import document, key_of
from indexer.engine.protocol import Entry

_CHUNK = 4_000_000
"""Maximum number of bytes of changes in one request."""
_PROBES = 16
"""Changes for each shard, so that all shards get some: the odds that one of 100 shards gets none are 1 to 100,000."""


def probes(shards: int) -> list[Json]:
    """Return the lines of a bulk request that removes articles that do not exist, from all ``shards``."""
    return [{"delete": {"_id": f"none-{number}"}} for number in range(_PROBES * shards)]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Position of the document of a change in the file."""

    start: int
    length: int


class Batch:
    """Only the last change of each article counts. The file disappears with the process, however it ends."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the batch
        self._changes: dict[str, _Kept | None] = {}
        self._end = 0

    def __len__(self) -> int:
        return len(self._changes)

    def put(self, entry: Entry) -> None:
        """Add an article. Raises OSError if it cannot be stored."""
        # A lone surrogate, which no index accepts, is dropped rather than the whole article.
        content = json.dumps(document(entry), ensure_ascii=False).encode("utf-8", "replace")
        self._file.write(content)
        self._changes[entry.id] = _Kept(self._end, len(content))
        self._end += len(content)

    def delete(self, id: str) -> None:
        """Add the removal of the article ``id``."""
        self._changes[id] = None

    def clear(self) -> None:
        """Drop all changes."""
        self._changes.clear()
        self._file.seek(0)
        self._file.truncate()
        self._end = 0

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def chunks(self, first_version: int) -> Iterator[bytes]:
        """Yield bodies of bulk requests; versions of changes start at ``first_version``."""
        lines: list[bytes] = []
        size = 0
        for number, (id, kept) in enumerate(self._changes.items()):
            # An equal version is accepted, too, so a request that arrives twice causes no conflict.
            action = {"_id": key_of(id), "version": first_version + number, "version_type": "external_gte"}
            lines.append(json.dumps({"index" if kept else "delete": action}).encode())
            if kept:
                self._file.seek(kept.start)
                lines.append(self._file.read(kept.length))
                size += kept.length
            size += len(lines[-1])
            if size >= _CHUNK:
                yield b"\n".join((*lines, b""))
                lines, size = [], 0
        if lines:
            yield b"\n".join((*lines, b""))
