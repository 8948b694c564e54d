"""Postings of a term as bytes, and the term dictionary that contains them.

Whoosh's own posting lists cost several Python calls per posting, written or read (36 articles/s on the news); a list packed as
arrays costs a few calls in total.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from operator import sub
from typing import Any

from indexer.engine.whoosh_.library import OrderedHashReader, OrderedHashWriter
from indexer.engine.whoosh_.schema import FIELD_KEYS

_HEADER = struct.Struct("<I3c")
"""Number of documents, and how gaps, frequencies and positions are packed."""
_LEFT_OUT = b"-"
_EXTENSION = ".terms"


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents in ascending order with the frequency of a term in each."""

    documents: Sequence[int]
    frequencies: Sequence[int]
    positions: Sequence[int] = ()
    """For positional fields: ``frequencies[0]`` positions in the first document, and so on."""

    def encode(self) -> bytes:
        """Return the bytes that :func:`decode` reads."""
        documents = self.documents
        gaps = _packed([documents[0], *map(sub, islice(documents, 1, None), documents)])
        often = _packed(self.frequencies) if max(self.frequencies) > 1 else (_LEFT_OUT, b"")
        places = _packed(self.positions) if self.positions else (_LEFT_OUT, b"")
        header = _HEADER.pack(len(documents), gaps[0], often[0], places[0])
        return b"".join((header, gaps[1], often[1], places[1]))


def decode(encoded: bytes, positions: bool = False) -> Postings:
    """Return the postings in ``encoded``, with positions if requested and present."""
    number, gap_code, often_code, place_code = _HEADER.unpack_from(encoded)
    gaps, at = _unpacked(gap_code, encoded, _HEADER.size, number)
    documents = array("I", accumulate(gaps))
    if often_code == _LEFT_OUT:
        frequencies = array("B", b"\1") * number
    else:
        frequencies, at = _unpacked(often_code, encoded, at, number)
    if not positions or place_code == _LEFT_OUT:
        return Postings(documents, frequencies)
    return Postings(documents, frequencies, _unpacked(place_code, encoded, at, sum(frequencies))[0])


def _packed(numbers: Sequence[int]) -> tuple[bytes, bytes]:
    highest = max(numbers)
    code = "B" if highest < 1 << 8 else "H" if highest < 1 << 16 else "I"
    return code.encode(), array(code, numbers).tobytes()


def _unpacked(code: bytes, encoded: bytes, start: int, number: int) -> tuple[array[int], int]:
    numbers: array[int] = array(code.decode())
    end = start + number * numbers.itemsize
    numbers.frombytes(encoded[start:end])
    return numbers, end


def term_key(field: str, term: str) -> bytes:
    """Return the key of ``term``: keys are ordered by field, then by term in UTF-8."""
    return FIELD_KEYS[field] + term.encode()


def write_terms(storage: Any, segment: Any, terms: Iterable[tuple[bytes, bytes]]) -> None:
    """Write the dictionary of ``segment``: keys in ascending order with their encoded postings."""
    writer = OrderedHashWriter(segment.create_file(storage, _EXTENSION))
    writer.add_all(terms)
    writer.close()


class TermsReader:
    """Reads the dictionary of one segment."""

    def __init__(self, files: Any, segment: Any) -> None:
        name = segment.make_filename(_EXTENSION)
        self._file = files.open_file(name)
        self._hash = OrderedHashReader(self._file, files.file_length(name))

    def get(self, key: bytes) -> bytes | None:
        """Return the encoded postings of ``key``."""
        try:
            return bytes(self._hash[key])
        except KeyError:
            return None

    def frequencies(self, prefix: bytes) -> Iterator[tuple[bytes, int]]:
        """Yield the keys that start with ``prefix`` in order, with their document frequencies."""
        get, unpack, size = self._file.get, _HEADER.unpack, _HEADER.size
        for at, length, start, _ in self._hash.ranges_from(prefix):
            key = get(at, length)
            if not key.startswith(prefix):
                return
            yield key, unpack(get(start, size))[0]

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield every key in order with its encoded postings."""
        yield from self._hash.items()
