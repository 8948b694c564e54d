"""Decodes request bodies piece by piece, including gzip of any size."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import cast

from indexer.errors import EncodingError, TooLargeError

ENCODINGS = "gzip, identity"
"""Supported values of ``Content-Encoding``."""
_GZIP = ("gzip", "x-gzip")
_MAGIC = b"\x1f\x8b"
Read = Callable[[int], bytes]
"""Reads at most the given number of bytes; returns none at the end."""


def decoded(read: Read, encoding: str, most_mb: int, limit: str) -> io.BufferedReader:
    """Return the body provided by ``read``, without its ``Content-Encoding``.

    Reading raises EncodingError if it is not encoded as declared, and TooLargeError beyond ``most_mb`` MB of decompressed data,
    so a gzip bomb costs no more than that; ``limit`` names the limit.
    """
    said = encoding.strip().lower()
    if said not in (*_GZIP, "", "identity"):
        raise EncodingError(f"Content-Encoding {encoding[:40]!r} is not supported; use one of {ENCODINGS}")
    source = io.BufferedReader(_Body(read))
    packed = source.peek(len(_MAGIC))[: len(_MAGIC)] == _MAGIC
    if said in _GZIP:
        source = io.BufferedReader(_Body(_unpacking(gzip.GzipFile(fileobj=source))))
    elif packed:
        raise EncodingError("the body is gzip, but the header is missing; send Content-Encoding: gzip")
    return io.BufferedReader(_Body(_limited(source.read1, most_mb, limit)))


class _Body(io.RawIOBase):
    """A file-like view of data read piece by piece."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill part of ``buffer``."""
        view = memoryview(cast(bytearray, buffer))
        found = self._read(len(view))
        view[: len(found)] = found
        return len(found)


def _unpacking(packed: gzip.GzipFile) -> Read:
    def read(size: int) -> bytes:
        try:
            return packed.read1(size)
        except (gzip.BadGzipFile, zlib.error) as error:
            raise EncodingError(f"Content-Encoding is gzip, but the body is not: {error}") from None
        except EOFError:
            raise EncodingError("the gzip data in the body is incomplete") from None

    return read


def _limited(source: Read, most_mb: int, limit: str) -> Read:
    left = most_mb << 20

    def read(size: int) -> bytes:
        nonlocal left
        found = source(size)
        left -= len(found)
        if left < 0:
            raise TooLargeError(f"the body is larger than {most_mb:,} MB, {limit}")
        return found

    return read
