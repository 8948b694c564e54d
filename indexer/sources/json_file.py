"""Articles from a ``.json`` file: a list of records, an object around one such list, or one record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.errors import ItemError
from indexer.settings import Settings
from indexer.sources import Item, Problem
from indexer.sources.bounded import read_bounded
from indexer.sources.defaults import Defaults
from indexer.sources.record import RecordReader
from indexer.sources.records import Row, read_records
from indexer.sources.strict_json import parse_json

LARGEST = 64 * 2**20
"""Maximum size of a file in bytes, since it is held in memory as a whole; JSON lines have no such limit."""


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
        """``label`` is how problems name the file, by default its name; ``beside`` is yielded first."""
        self.name = str(path.absolute())
        self._path = path
        self._beside = beside
        self._label = label or path.name
        self._reader = RecordReader(settings, path.parent, defaults)
        self._mapped = settings.field_map
        self._loaded: list[object] | None = None
        self._done = 0
        self._total = 0

    def items(self) -> Iterator[Item]:
        """Yield the articles in file order; nothing if :meth:`holds_records` is False."""
        yield from self._beside
        try:
            records = self._records()
        except ItemError as error:
            yield Problem(self._label, str(error))
            return
        self._loaded = None
        self._total = len(records)
        yield from read_records(self._rows(records), self._reader, self._label, "{}[{}]")

    def holds_records(self) -> bool:
        """Return whether the file contains records; also True if it is unreadable, which is a problem."""
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

    def _rows(self, records: Sequence[object]) -> Iterator[Row]:
        for number, record in enumerate(records, 1):
            self._done = number
            yield number, record

    def _load(self) -> list[object]:
        value = parse_json(read_bounded(self._path, LARGEST, "the file", "; write it as JSON lines (.jsonl)"))
        if isinstance(value, dict):
            if self._has_id(value):
                return [value]
            # As many CMSs wrap their list: {"articles": [...], "total": 12}.
            lists = [one for one in value.values() if isinstance(one, list) and any(map(self._has_id, one))]
            return lists[0] if len(lists) == 1 else []
        is_list = isinstance(value, list) and any(isinstance(one, dict) for one in value)
        return value if is_list else []

    def _has_id(self, value: object) -> bool:
        return isinstance(value, dict) and (
            "id" in value or any(self._mapped.get(name) == "id" for name in value)
        )
