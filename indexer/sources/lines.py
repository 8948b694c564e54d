"""Bytes -> numbered lines, unpacked where they are under gzip, in bounded memory."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from indexer.errors import ItemError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_LINE = 64 * 2**20
"""Bytes of a line, by the contract."""

_CHUNK = 2**20
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class TooLong:
    """Stands for a line over the limit."""


@dataclass(frozen=True, slots=True)
class BadEnd:
    """The stream broke off within this line."""

    reason: str


class _Unpacked(io.RawIOBase):
    """A gzip stream that hands on what it has: ``GzipFile.read`` loses what precedes damage."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        data = self._file.read1(len(view))
        view[: len(data)] = data
        return len(data)


def read_lines(stream: BinaryIO, limit: int = MAX_LINE) -> Iterator[tuple[int, bytes | TooLong | BadEnd]]:
    """Yield ``(number from 1, line)`` of ``stream``; gzip is recognised by its first bytes, not by a name.

    A line over ``limit`` bytes is passed over in pieces of a megabyte. Damage to the stream
    ends it with a BadEnd; every whole line before it has been yielded.
    """
    packed = io.BufferedReader(cast(io.RawIOBase, stream), _CHUNK)
    number = 0
    try:
        lines = _unpacked(packed)
        while line := lines.readline(limit + 1):
            number += 1
            if len(line) > limit and not line.endswith(b"\n"):
                del line
                while (rest := lines.readline(_CHUNK)) and not rest.endswith(b"\n"):
                    pass
                yield number, TooLong()
            else:
                yield number, line
    except (EOFError, OSError, zlib.error) as error:
        yield number + 1, BadEnd(_reason(error))
    finally:
        # The stream is its owner's to close; a BufferedReader would close it when collected.
        packed.detach()


def read_chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of ``stream`` in pieces of up to a megabyte, unpacked where it is under gzip; raises ItemError for damage."""
    packed = io.BufferedReader(cast(io.RawIOBase, stream), _CHUNK)
    try:
        data = _unpacked(packed)
        while chunk := data.read1(_CHUNK):
            yield chunk
    except (EOFError, OSError, zlib.error) as error:
        raise ItemError(f"{_reason(error)}; everything before that was used") from None
    finally:
        packed.detach()


def _unpacked(packed: io.BufferedReader[io.RawIOBase]) -> io.BufferedReader[io.RawIOBase]:
    if packed.peek(2)[:2] != _GZIP_MAGIC:
        return packed
    return io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=packed)), _CHUNK)


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "the compressed file is incomplete"
    if isinstance(error, zlib.error | gzip.BadGzipFile):
        return f"the compressed file is damaged ({error})"
    return f"the rest of the file can't be read: {error}"
