"""Articles from a ``.json`` file: a list of records, or one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.errors import ItemError
from indexer.settings import Settings
from indexer.sources import Item, Problem
from indexer.sources.bounded import read_bounded
from indexer.sources.defaults import Defaults
from indexer.sources.jsonl import items_of, unread
from indexer.sources.record import RecordReader
from indexer.sources.strict_json import parse_json

LARGEST = 64 * 2**20
"""Bytes of a file, which is held in memory whole; JSON lines may have any length."""


class JsonSource:
    """One JSON file."""

    def __init__(
        self,
        path: Path,
        settings: Settings,
        defaults: Defaults | None = None,
        label: str | None = None,
        beside: Sequence[Problem] = (),
    ) -> None:
        """``label`` is what problems call the file: its name where nothing else is given; ``beside`` are told first."""
        self.name = str(path.absolute())
        self._path = path
        self._beside = beside
        self._label = label or path.name
        self._reader = RecordReader(settings, path.parent, defaults)
        self._mapped = settings.field_map.values()
        self._loaded: list[object] | None = None
        self._done = 0
        self._total = 0

    def items(self) -> Iterator[Item]:
        """Yield the articles in the file's order; nothing where :meth:`holds_records` is False."""
        yield from self._beside
        try:
            records = self._records()
        except ItemError as error:
            yield Problem(self._label, str(error))
            return
        seen: set[str] = set()
        self._loaded = None
        self._total = len(records)
        for number, record in enumerate(records, 1):
            self._done = number
            item = f"{self._label}[{number}]"
            try:
                reading = self._reader.read(record)
            except ItemError as error:
                yield unread(item, error)
                continue
            id = reading.article.id
            if id in seen:
                yield Problem(item, f"duplicate id {id!r}", id, staff=reading.article.audience == "staff")
                continue
            seen.add(id)
            yield from items_of(reading, item)

    def holds_records(self) -> bool:
        """Whether the file is a list of objects, or one with an id; True as well where it can't be read, which is a problem."""
        try:
            records = self._records()
        except ItemError:
            return True
        return bool(records)

    def progress(self) -> float | None:
        """Return the share of records read, None before the start."""
        return self._done / self._total if self._total else None

    def _records(self) -> list[object]:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> list[object]:
        value = parse_json(read_bounded(self._path, LARGEST, "the file", "; write it as JSON lines (.jsonl)"))
        if isinstance(value, list):
            return value if any(isinstance(one, dict) for one in value) else []
        is_record = isinstance(value, dict) and ("id" in value or "id" in self._mapped)
        return [value] if is_record else []
