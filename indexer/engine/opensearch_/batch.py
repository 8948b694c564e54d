"""The changes of one commit, kept in a file without a name until they are sent: a commit may be of 25,000 articles."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.engine.opensearch_.schema import document, key_of
from indexer.engine.protocol import Entry

_CHUNK = 4_000_000
"""Bytes of changes of one request."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the document of a change lies in the file."""

    start: int
    length: int


class Batch:
    """The last change of each article counts. The file goes with the process, however it ends."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the batch
        self._changes: dict[str, _Kept | None] = {}
        self._end = 0

    def __len__(self) -> int:
        return len(self._changes)

    def put(self, entry: Entry) -> None:
        """Add an article. Raises OSError where it can't be kept."""
        # A letter that is half of a pair, which no index takes, is lost rather than the article.
        content = json.dumps(document(entry), ensure_ascii=False).encode("utf-8", "replace")
        self._file.write(content)
        self._changes[entry.id] = _Kept(self._end, len(content))
        self._end += len(content)

    def delete(self, id: str) -> None:
        """Add that the article ``id`` is to go."""
        self._changes[id] = None

    def clear(self) -> None:
        """Forget all."""
        self._changes.clear()
        self._file.seek(0)
        self._file.truncate()
        self._end = 0

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def chunks(self, first_version: int) -> Iterator[bytes]:
        """Yield bodies of bulk requests; changes have versions from ``first_version`` on."""
        lines: list[bytes] = []
        size = 0
        for number, (id, kept) in enumerate(self._changes.items()):
            # A version not only greater but as great will do: a request that arrives twice is no conflict.
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
