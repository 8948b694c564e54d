"""The copies in the object store: ``<prefix>/copies/<term>.json``, and ``<prefix>/chunks/<term>/<sha256>`` for chunks and lists.

Chunks have the term in their key, too: a writer that was replaced without knowing removes only what it put itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from indexer.errors import StorageError
from indexer.files.bucket import Bucket
from indexer.replication.chunks import ChunkList, chunk_name
from indexer.replication.manifest import Copy, Manifest, packed, unpacked

AT_ONCE = 8
"""Objects that are sent, fetched or removed side by side: a store answers each request after some milliseconds, however small
it is."""
_MANIFEST = re.compile(r"(\d+)\.json")


class ChunkGoneError(StorageError):
    """A chunk is not there any more: the writer has published newer copies meanwhile."""


class CopyStore:
    """The copies under ``prefix``; safe to use from several threads. All methods raise FilesUnreachableError."""

    def __init__(self, bucket: Bucket, prefix: str) -> None:
        """``prefix`` ends with a slash, or is empty."""
        self._bucket = bucket
        self._prefix = prefix

    def manifest(self, term: int) -> Manifest | None:
        """Return the newest manifest of ``term``; None if nothing was published yet. Raises StorageError if it can't be read."""
        found = self._bucket.get(self._manifest_key(term))
        return unpacked(found[0]) if found else None

    def newest(self, term: int) -> Manifest | None:
        """Return the complete manifest of ``term``, or else of the last term before it that has one."""
        for number in sorted((one for one in self.terms() if one <= term), reverse=True):
            found = self.manifest(number)
            if found and found.complete:
                return found
        return None

    def put_manifest(self, manifest: Manifest) -> None:
        """Make ``manifest`` the newest of its term."""
        self._bucket.put(self._manifest_key(manifest.term), packed(manifest))

    def terms(self) -> list[int]:
        """Return the terms that have a manifest."""
        found = (_MANIFEST.fullmatch(key) for key, _ in self._under("copies/"))
        return [int(match[1]) for match in found if match]

    def chunks_of(self, copy: Copy, term: int) -> ChunkList:
        """Return the chunks of a copy; raises ChunkGoneError, StorageError."""
        chunks = ChunkList(copy.size, self.get(copy.chunks, term))
        if not chunks.is_sound():
            raise StorageError(f"the copy of {copy.name} in the object store is damaged; {_MEND}")
        return chunks

    def get(self, name: str, term: int) -> bytes:
        """Return a chunk or a list; raises ChunkGoneError if it is gone, StorageError if it is damaged."""
        found = self._bucket.get(self._chunk_key(term, name))
        if found is None:
            raise ChunkGoneError(f"the copies of term {term} lack {name}; {_MEND}")
        if chunk_name(found[0]) != name:
            raise StorageError(f"s3://{self._bucket.name}/{self._chunk_key(term, name)} is damaged; {_MEND}")
        return found[0]

    def put(self, name: str, content: bytes, term: int) -> None:
        """Store a chunk or a list."""
        self._bucket.put(self._chunk_key(term, name), content)

    def sizes(self, term: int) -> dict[str, int]:
        """Return the names of all chunks and lists of ``term``, with their sizes in bytes."""
        return dict(self._under(f"chunks/{term}/"))

    def remove(self, names: Iterable[str], term: int) -> None:
        """Remove chunks and lists if they exist."""
        self._remove(self._chunk_key(term, name) for name in names)

    def forget_before(self, term: int) -> None:
        """Remove everything of the terms before ``term``."""
        keys = [f"{self._prefix}copies/{key}" for key, _ in self._under("copies/") if _term(key) < term]
        keys += [f"{self._prefix}chunks/{key}" for key, _ in self._under("chunks/") if _term(key) < term]
        self._remove(keys)

    def _remove(self, keys: Iterable[str]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._bucket.remove, keys))

    def _under(self, folder: str) -> Iterator[tuple[str, int]]:
        start = f"{self._prefix}{folder}"
        for one in self._bucket.all(start):
            if one.key.startswith(start):
                yield one.key.removeprefix(start), one.size

    def _manifest_key(self, term: int) -> str:
        return f"{self._prefix}copies/{term}.json"

    def _chunk_key(self, term: int, name: str) -> str:
        return f"{self._prefix}chunks/{term}/{name}"


_MEND = "restart the writer's `tracuu publish` if this lasts"


def _term(key: str) -> int:
    """Return the term at the beginning of a key; a later one than any if it has none."""
    match = re.match(r"(\d+)[./]", key)
    return int(match[1]) if match else 1 << 62
