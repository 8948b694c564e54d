"""Attachments as objects of an S3-compatible store, which several machines can read."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from indexer.disk import durable
from indexer.errors import ItemError
from indexer.files.bucket import PART, Bucket
from indexer.files.near import NearFiles
from indexer.files.object_reader import ObjectReader
from indexer.files.owner import Owner
from indexer.files.store import SHA256, digest_of


@dataclass(frozen=True, slots=True)
class FileInBucket:
    """One object; see :class:`~indexer.files.store.KeptFile`."""

    store: ObjectStore
    sha256: str
    size: int
    modified: float

    def open(self) -> BinaryIO:
        """Return its bytes, which are requested as they are read."""
        return self.store.reader(self.sha256, self.size)

    @contextmanager
    def at_hand(self) -> Iterator[Path]:
        """Yield the path of a local copy."""
        with self.store.at_hand(self.sha256) as path:
            yield path


class ObjectStore:
    """``<prefix>/ab/<sha256>`` in a bucket; see :class:`~indexer.files.store.FileStore`.

    Nothing else in the bucket is touched. Recently read or written files are cached in ``<data>/cache/files``.
    """

    def __init__(self, bucket: Bucket, prefix: str, data: Path, cache_bytes: int) -> None:
        """``prefix`` ends with a slash, or is empty."""
        self._bucket = bucket
        self._prefix = prefix
        self._data = data
        self._near = NearFiles(data / "cache" / "files", cache_bytes)
        self._owner = Owner(bucket, self._prefix, data)

    def called(self, sha256: str) -> str:
        """Return its address."""
        return f"s3://{self._bucket.name}/{self._key(sha256)}"

    def add(self, content: bytes | Path) -> str:
        """Store ``content``; return its SHA-256. If two processes add the same file, one of them stores it."""
        digest = digest_of(content)
        if self._bucket.find(self._key(digest)):
            return digest
        self._owner.check()
        # A copy, so that exactly the digested bytes are sent, and the next reader finds them in the cache.
        with self._near.room() as copy:
            with durable.storage_errors(copy, "written"):
                if isinstance(content, bytes):
                    copy.write_bytes(content)
                elif _copied(content, copy) != digest:
                    raise ItemError("the file changed while it was read")
            self._bucket.create(self._key(digest), copy)
            self._near.keep(digest, copy)
        return digest

    def claim(self) -> None:
        """Raise StorageError if the files belong to another data directory."""
        self._owner.check()

    def take_over(self) -> None:
        """Make this data directory the owner of the files, whichever was before."""
        self._owner.take_over()

    def find(self, sha256: str) -> FileInBucket | None:
        """Return the file with this digest; None if it does not exist."""
        found = self._bucket.find(self._key(sha256))
        return FileInBucket(self, sha256, found.size, found.modified) if found else None

    def reader(self, sha256: str, size: int) -> BinaryIO:
        """Return a reader of the object with this digest, which has ``size`` bytes."""
        return cast(BinaryIO, ObjectReader(self._bucket, self._key(sha256), size))

    @contextmanager
    def at_hand(self, sha256: str) -> Iterator[Path]:
        """Yield the path of a verified copy of the file; there is no file at the path if the store has none."""
        with self._near.found(sha256) as path:
            if path is not None:
                yield path
                return
        with self._near.room() as path:
            with durable.storage_errors(path, "written"):
                got = self._fetched(sha256, path)
            if got == sha256:
                self._near.keep(sha256, path)
            else:
                path.unlink(missing_ok=True)
            yield path

    def damage(self, sha256: str) -> str | None:
        """Read the object; return what is wrong with it, or None."""
        digest = hashlib.sha256()
        try:
            for part in self._parts(sha256):
                digest.update(part)
        except FileNotFoundError:
            return "it is missing"
        return None if digest.hexdigest() == sha256 else "it is damaged"

    def copy_to(self, sha256: str, target: Path) -> str | None:
        """Copy the object to ``target`` durably; return the digest of what was read, or None if the object does not exist."""
        durable.make_folder(target.parent)
        try:
            with durable.written(target) as out:
                return _written(self._parts(sha256), out)
        except FileNotFoundError:
            return None

    def remove(self, sha256: str) -> None:
        """Remove the object with this digest if it exists."""
        # Each time anew: a machine that was only slow must not remove what its successor has.
        self._owner.check(anew=True)
        self._bucket.remove(self._key(sha256))
        self._near.forget(sha256)

    def digests(self) -> Iterator[str]:
        """Yield the digests of all objects whose key ends with a digest."""
        return (digest for digest, _ in self._all())

    def unused(self, carried: set[str]) -> Iterator[str]:
        """Yield the addresses of objects whose digest is not among ``carried``."""
        return (self.called(digest) for digest in self.digests() if digest not in carried)

    def remove_unused(self, carried: set[str]) -> None:
        """Remove the objects that :meth:`unused` yields."""
        for digest in [one for one in self.digests() if one not in carried]:
            self.remove(digest)

    def total_size(self) -> int:
        """Return the total size in bytes of all objects whose key ends with a digest."""
        return sum(size for _, size in self._all())

    def _key(self, sha256: str) -> str:
        return f"{self._prefix}{sha256[:2]}/{sha256}"

    def _all(self) -> Iterator[tuple[str, int]]:
        for one in self._bucket.all(self._prefix):
            digest = one.key.rpartition("/")[2]
            if SHA256.fullmatch(digest) and one.key == self._key(digest):
                yield digest, one.size

    def _parts(self, sha256: str) -> Iterator[bytes]:
        found = self._bucket.find(self._key(sha256))
        if found is None:
            raise FileNotFoundError(sha256)
        for start in range(0, found.size, PART):
            yield self._bucket.read(self._key(sha256), start, min(PART, found.size - start))

    def _fetched(self, sha256: str, path: Path) -> str | None:
        try:
            with path.open("wb") as out:
                return _written(self._parts(sha256), out)
        except FileNotFoundError:
            return None


def _copied(source: Path, target: Path) -> str:
    try:
        with source.open("rb") as content, target.open("wb") as out:
            shutil.copyfileobj(content, out, PART)
    except FileNotFoundError as error:
        raise ItemError(f"can't be read: {error.strerror}") from error
    return digest_of(target)


def _written(parts: Iterator[bytes], out: BinaryIO) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
        out.write(part)
    return digest.hexdigest()
