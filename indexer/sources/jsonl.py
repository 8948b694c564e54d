"""Articles from JSON lines: a ``.jsonl`` file, the same under gzip, or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from indexer.errors import ItemError
from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.lines import MAX_LINE, BadEnd, TooLong, read_lines
from indexer.sources.record import Reading, RecordReader
from indexer.sources.strict_json import parse_json


class JsonlSource:
    """One JSONL file, or standard input where ``path`` is None.

    Reads each line once and holds no more than one (at most 64 MiB) in memory, with some
    100 bytes for each id seen. Of articles with the same id the first is used.
    """

    def __init__(self, path: Path | None, settings: Settings, stream: BinaryIO | None = None) -> None:
        self.name = str(path.absolute()) if path else "-"
        self._path = path
        self._stream = stream
        self._label = path.name if path else "stdin"
        self._reader = RecordReader(settings, path.parent if path else None)
        self._raw: BinaryIO | None = None
        self._size: int | None = None
        self._done = False

    def items(self) -> Iterator[Article | Problem]:
        """Yield the articles in the file's order; a bad line is a Problem named ``file:line``."""
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

    def _read(self, stream: BinaryIO) -> Iterator[Article | Problem]:
        first_seen: dict[int, int] = {}
        """64-bit hash of an id -> its line; that two ids of ten million share one has odds of 1 : 400,000."""
        for number, line in read_lines(stream):
            item = f"{self._label}:{number}"
            if isinstance(line, TooLong):
                yield Problem(item, f"the line is longer than {MAX_LINE // 2**20} MiB and was skipped")
            elif isinstance(line, BadEnd):
                yield Problem(item, f"{line.reason}; everything before this line was used")
            elif not line.isspace():
                try:
                    reading = self._parse(line)
                except ItemError as error:
                    yield Problem(item, str(error))
                    continue
                first = first_seen.setdefault(hash(reading.article.id), number)
                if first != number:
                    yield Problem(item, f"duplicate id {reading.article.id!r}, first at line {first}")
                    continue
                yield reading.article
                for problem in reading.problems:
                    yield Problem(f"{item} ({reading.article.id})", problem)

    def _parse(self, line: bytes) -> Reading:
        return self._reader.read(parse_json(line))
