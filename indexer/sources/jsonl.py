"""Articles from JSON lines: a ``.jsonl`` file, the same under gzip, or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from indexer.errors import ItemError
from indexer.settings import Settings
from indexer.sources import Item, Problem
from indexer.sources.defaults import Defaults
from indexer.sources.lines import MAX_LINE, BadEnd, TooLong, read_lines
from indexer.sources.record import RecordReader
from indexer.sources.records import Row, read_records, unread
from indexer.sources.strict_json import parse_json


class JsonlSource:
    """One JSONL file, or standard input where ``path`` is None.

    Reads each line once and holds no more than one (at most 64 MiB) in memory, with some
    100 bytes for each id seen. Of articles with the same id the first is used.
    """

    def __init__(
        self,
        path: Path | None,
        settings: Settings,
        stream: BinaryIO | None = None,
        defaults: Defaults | None = None,
        label: str | None = None,
        beside: Sequence[Problem] = (),
    ) -> None:
        """``label`` is what problems call the file: its name where nothing else is given; ``beside`` are told first."""
        self.name = str(path.absolute()) if path else "-"
        self._path = path
        self._beside = beside
        self._stream = stream
        self._label = label or (path.name if path else "stdin")
        self._reader = RecordReader(settings, path.parent if path else None, defaults)
        self._raw: BinaryIO | None = None
        self._size: int | None = None
        self._done = False

    def items(self) -> Iterator[Item]:
        """Yield the articles in the file's order; a bad line is a Problem named ``file:line``."""
        yield from self._beside
        if self._path is None:
            yield from self._read(self._stream or sys.stdin.buffer)
        else:
            try:
                raw = self._path.open("rb", buffering=0)
            except OSError as error:
                yield Problem(self._label, f"the file can't be opened: {error.strerror}")
                return
            with raw:
                self._raw, self._size = raw, os.fstat(raw.fileno()).st_size
                yield from self._read(raw)
                self._raw = None
        self._done = True

    def progress(self) -> float | None:
        """Return the share of the file's bytes read, None for standard input or before the start."""
        if self._done:
            return 1.0
        if self._raw is None or not self._size:
            return None
        return min(1.0, self._raw.tell() / self._size)

    def _read(self, stream: BinaryIO) -> Iterator[Item]:
        return read_records(self._rows(stream), self._reader, self._label)

    def _rows(self, stream: BinaryIO) -> Iterator[Row | Item]:
        for number, line in read_lines(stream):
            item = f"{self._label}:{number}"
            if isinstance(line, TooLong):
                yield Problem(item, f"the line is longer than {MAX_LINE // 2**20} MiB and was skipped")
            elif isinstance(line, BadEnd):
                yield Problem(item, f"{line.reason}; the lines before it were used")
            elif not line.isspace():
                try:
                    yield number, parse_json(line)
                except ItemError as error:
                    yield unread(item, error, self._reader.mentioned.ids_for_staff(line))
