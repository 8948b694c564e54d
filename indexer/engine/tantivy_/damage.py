"""Checks the files of a tantivy index for damage.

tantivy ends every file of a segment with a checksum, except ``meta.json``, which lists what the index consists of: a digest of
it is stored beside it while nobody writes.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from indexer.disk import durable
from indexer.errors import DamagedError

META = "meta.json"
_SEAL = "meta.digest"
_SEGMENT = re.compile("[0-9a-f]{32}")
_TAIL = struct.Struct("<II")
"""The end of a file: the length of the preceding footer, and a magic number (tantivy, ``directory/footer.rs``)."""
_MAGIC = 1337
_LONGEST_FOOTER = 10_000
_CHUNK = 1 << 20


@contextmanager
def sealing(path: Path) -> Iterator[None]:
    """Let only one writer at a time seal or begin: tantivy's own lock is released before the last writer has sealed. Raises
    OSError.
    """
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def seal(path: Path) -> None:
    """Store the digest of ``meta.json`` after the last write. Raises OSError."""
    durable.write(path / _SEAL, _digest(path))


def break_seal(path: Path) -> None:
    """Remove the digest of ``meta.json``, which is about to change. Raises OSError.

    Raises DamagedError if the file has changed before: nothing may build on it.
    """
    if _is_damaged(path):
        raise DamagedError(f"{path / META} is damaged; run `tracuu rebuild`")
    (path / _SEAL).unlink(missing_ok=True)
    durable.sync(path)


def damage(path: Path) -> Iterator[str]:
    """Yield what is wrong with the files of the index in ``path``. Raises OSError.

    A change to only ``meta.json`` after a writer was killed goes unnoticed until the next one finishes.
    """
    if _is_damaged(path):
        yield f"{META} is damaged"
    try:
        segments, deletions = _held(path)
    except DamagedError:
        yield f"{META} can't be read"
        return
    for id in segments:
        for file in sorted(path.glob(f"{id}.*")):
            if (file.suffix != ".del" or file.name in deletions) and not _is_whole(file):
                yield f"{file.name} is damaged"


def remove_leftovers(path: Path) -> None:
    """Remove what a killed or failed writer left; requires the writer's lock. Raises OSError or DamagedError.

    tantivy would remove the files of unused segments with its next commit, but fails if one of them is in its way: the name of
    a file with deletions contains the number of the operation, which recurs when the operations are repeated.
    """
    segments, deletions = _held(path)
    for file in path.iterdir():
        id, _, kind = file.name.partition(".")
        unused = _SEGMENT.fullmatch(id) and (
            id not in segments or (kind.endswith(".del") and file.name not in deletions)
        )
        if unused or file.name.startswith((".tmp", durable.TEMPORARY)):
            file.unlink(missing_ok=True)


def _held(path: Path) -> tuple[list[str], set[str]]:
    """Return the ids of the segments in the index, and the names of the files with deletions."""
    try:
        segments = json.loads((path / META).read_bytes())["segments"]
        names = [(segment["segment_id"].replace("-", ""), segment["deletes"]) for segment in segments]
        return [id for id, _ in names], {f"{id}.{deletes['opstamp']}.del" for id, deletes in names if deletes}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError(f"{path / META} is damaged; run `tracuu rebuild`") from error


def _is_damaged(path: Path) -> bool:
    try:
        return (path / _SEAL).read_bytes() != _digest(path)
    except FileNotFoundError:
        return False


def _digest(path: Path) -> bytes:
    return hashlib.sha256((path / META).read_bytes()).hexdigest().encode()


def _is_whole(path: Path) -> bool:
    """Tell whether a file matches the checksum in its footer."""
    size = path.stat().st_size
    if size < _TAIL.size:
        return False
    with path.open("rb") as file:
        file.seek(size - _TAIL.size)
        length, magic = _TAIL.unpack(file.read(_TAIL.size))
        end = size - _TAIL.size - length
        if magic != _MAGIC or length > _LONGEST_FOOTER or end < 0:
            return False
        file.seek(end)
        try:
            wanted = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        return bool(_checksum(file, end) == wanted)


def _checksum(file: BinaryIO, size: int) -> int:
    checksum = 0
    while size and (chunk := file.read(min(size, _CHUNK))):
        checksum = zlib.crc32(chunk, checksum)
        size -= len(chunk)
    return checksum
