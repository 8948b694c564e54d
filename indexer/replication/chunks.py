"""Files as lists of chunks that are named by their SHA-256, so that of a changed file only what changed is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK = 64 << 10
"""Bytes of a chunk; the last one of a file may be shorter. SQLite changes pages of 4 KB in place, so smaller chunks would send
less, but each is a request of its own."""
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class ChunkList:
    """The chunks of a file, in order."""

    size: int
    """Size of the file in bytes."""
    packed: bytes
    """The digests of the chunks, one after the other, 32 bytes each."""

    @property
    def digest(self) -> str:
        """The name of the list; two files with the same list have the same content."""
        return hashlib.sha256(self.packed).hexdigest()

    def names(self) -> Iterator[str]:
        """Yield the name of each chunk, in order."""
        for start in range(0, len(self.packed), _DIGEST):
            yield self.packed[start : start + _DIGEST].hex()

    def is_sound(self) -> bool:
        """Tell whether there are as many chunks as a file of this size has."""
        return len(self.packed) == -(-self.size // CHUNK) * _DIGEST

    def length(self, number: int) -> int:
        """Return the length in bytes of the chunk ``number``, from 0."""
        return min(CHUNK, self.size - number * CHUNK)


def cut(path: Path) -> ChunkList:
    """Return the chunks of the file ``path``, which does not change meanwhile; raises OSError."""
    packed, size = bytearray(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            packed += hashlib.sha256(chunk).digest()
            size += len(chunk)
    return ChunkList(size, bytes(packed))


def chunk_name(content: bytes) -> str:
    """Return the name of a chunk, or of a packed list of chunks."""
    return hashlib.sha256(content).hexdigest()
