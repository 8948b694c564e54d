"""Bodies as they are sent -> the bytes that are meant, a piece at a time: of gzip, too, however much is in it."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import cast

from indexer.errors import EncodingError, TooLargeError

ENCODINGS = "gzip, identity"
"""Of ``Content-Encoding``."""
_GZIP = ("gzip", "x-gzip")
_MAGIC = b"\x1f\x8b"
Read = Callable[[int], bytes]
"""At most so many bytes, none at the end."""


def decoded(read: Read, encoding: str, most_mb: int, limit: str) -> io.BufferedReader:
    """Return the body that ``read`` gives, without its ``Content-Encoding``.

    Reading it raises EncodingError where it is not encoded as it says, and TooLargeError beyond ``most_mb`` MB of what was
    decompressed, which ``limit`` says what it is the limit of: a gzip bomb costs no more than that.
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
    """What is read piece by piece, as a file."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill some of ``buffer``."""
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
