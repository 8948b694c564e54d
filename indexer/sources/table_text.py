"""A table as a file of text: its encoding, its delimiter, and its rows one at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.errors import ItemError
from indexer.vietnamese.legacy import decode, mend

LARGEST = 64 * 2**20
"""Characters of a cell, as bytes of a line of JSONL."""
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SAMPLE = 2**20
"""Bytes around what is no UTF-8 that tell which older encoding it is in."""
_OLDER = {"windows-1258": "cp1258", "TCVN3": "cp1252", "VNI": "cp1252", "windows-1252": "cp1252"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row, and the line that it begins in, from 1."""

    line: int
    cells: list[str]


def encoding_of(chunks: Iterable[bytes]) -> str:
    """Return the codec that a file is to be read with: by its mark, UTF-8 where all of it is, else an older one.

    Of the older ones TCVN3 and VNI come as Windows-1252, which :func:`read_rows` mends.
    """
    check = codecs.getincrementaldecoder("utf-8")()
    first = True
    for chunk in chunks:
        if first:
            first = False
            for mark, codec in _MARKS:
                if chunk.startswith(mark):
                    return codec
        try:
            check.decode(chunk)
        except UnicodeDecodeError as error:
            sample = chunk[max(0, error.start - _SAMPLE // 2) :][:_SAMPLE]
            # Mostly UTF-8 with a few broken bytes, as in pages.
            few = sample.decode("utf-8", "replace").count("\ufffd") * 50 < len(sample)
            return "utf-8" if few else _OLDER.get(decode(sample).encoding or "", "cp1258")
    return "utf-8"


def delimiter_of(header: str) -> str:
    """Return the delimiter of a table: the one that stands in the line of its header most often, outside quotation marks."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS.values(), key=outside.count)


def read_rows(chunks: Iterable[bytes], codec: str, delimiter: str = "") -> Iterator[TableRow]:
    """Yield the rows of a table with a header, empty lines left out; in bounded memory.

    Without ``delimiter`` the header tells it, or a first line ``sep=;``, as Excel reads it. Raises ItemError where the
    rest can't be read.
    """
    csv.field_size_limit(LARGEST)
    lines = _lines(chunks, codec)
    first = next(lines, "")
    before = 0
    if first[:4].lower() == "sep=" and len(first.strip("\r\n")) == 5:
        delimiter = delimiter or first[4]
        first, before = next(lines, ""), 1

    def whole() -> Iterator[str]:
        yield first
        yield from lines

    reader = csv.reader(whole(), delimiter=delimiter or delimiter_of(first))
    line = before + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ItemError(
                f"the table can't be read from line {line} on: {error}; everything before that was used"
            ) from None
        if cells is None:
            return
        if any(cells):
            yield TableRow(line, cells)
        line = before + reader.line_num + 1


def _lines(chunks: Iterable[bytes], codec: str) -> Iterator[str]:
    """Yield lines with their ends, text of old fonts mended."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    rest = ""
    old: bool | None = True if codec == "cp1252" else None
    """Whether the text is of an old font; of Unicode the first piece tells, since looking takes longer than reading."""
    for chunk in chunks:
        text = rest + decoder.decode(chunk)
        # A carriage return alone ends the lines of old Macs; the last may be half of a line end.
        end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
        if not end and len(text) > LARGEST:
            raise ItemError(f"a line is longer than {LARGEST // 2**20} MiB; everything before it was used")
        rest = text[end:]
        if end:
            whole = text[:end]
            old = _is_old(whole) if old is None else old
            yield from _divided(mend([whole])[0].text if old else whole)
    if rest := rest + decoder.decode(b"", final=True):
        yield from _divided(mend([rest])[0].text if old is not False else rest)


def _is_old(text: str) -> bool:
    return mend([text])[0].encoding not in (None, "NFD")


def _divided(text: str) -> Iterator[str]:
    yield from io.StringIO(text, newline="")
