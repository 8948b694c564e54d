"""A table with a header (CSV, TSV): each row is a record, with its cells keyed by column names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from indexer.errors import ItemError
from indexer.setting_tables import nearest
from indexer.sources import Item, Problem
from indexer.sources.attachments import web_address
from indexer.sources.audience import KEY as AUDIENCE
from indexer.sources.audience import is_misspelt
from indexer.sources.records import Row
from indexer.sources.strict_json import parse_json
from indexer.sources.table_text import encoding_of, read_rows
from indexer.sources.tracked_file import TrackedFile

TABLE_SUFFIXES = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
_TEXTS = ("title", "title_html", "body", "body_html", "summary", "summary_html")
_SEVERAL = re.compile(r"[;|\n]")
"""Separators of files in one cell."""


class TableRows:
    """Reads a table."""

    def __init__(
        self,
        path: Path,
        field_map: Mapping[str, str],
        delimiter: str = "",
        label: str = "",
        columns: Collection[str] = (),
    ) -> None:
        """Without ``delimiter``, it is derived from the header; ``columns`` are required."""
        self._needed = columns
        self._path = path
        self._map = field_map
        self._delimiter = delimiter or ("\t" if path.name.lower().endswith((".tsv", ".tsv.gz")) else "")
        self._label = label or path.name
        self._file = TrackedFile(path)
        self._codec = ""

    def header(self) -> list[str]:
        """Return the names of the columns; raises ItemError if there is no readable header."""
        codec = self._codec or self._encoding()
        with closing(TrackedFile(self._path).chunks(self._path)) as chunks:
            row = next(read_rows(chunks, codec, self._delimiter), None)
        if row is None:
            raise ItemError("the table is empty")
        return _names(row.cells)

    def is_mapped(self) -> bool:
        """Return whether the field map turns the rows into records: its columns give an id and some text."""
        try:
            columns = self.header()
        except ItemError:
            return False
        found = {self._map[name] for name in columns if name in self._map}
        return "id" in found and not found.isdisjoint(_TEXTS)

    def rows(self) -> Iterator[Row | Item]:
        """Yield the rows in order; anything but a row is a Problem named by its line."""
        try:
            lines = read_rows(self._file.chunks(self._path), self._codec or self._encoding(), self._delimiter)
            first = next(lines, None)
            if first is None:
                raise ItemError("the table is empty")
            columns = _names(first.cells)
            check_columns(columns, self._map, self._needed)
            for row in lines:
                cells = row.cells
                if len(cells) != len(columns) and (len(cells) < len(columns) or any(cells[len(columns) :])):
                    reason = f"the row has {len(cells)} cells, but the header has {len(columns)}"
                    # Missing or extra cells may have moved its id to any position.
                    named = tuple(map(str.strip, cells)) if self._may_be_staff(columns, cells) else ()
                    yield Problem(f"{self._label}:{row.line}", reason, named=named)
                else:
                    yield row.line, cleaned(dict(zip(columns, cells, strict=False)), self._map)
        except ItemError as error:
            yield Problem(self._label, str(error))

    def progress(self) -> float | None:
        """Return the share of bytes read."""
        return self._file.progress()

    def _may_be_staff(self, columns: Sequence[str], cells: Sequence[str]) -> bool:
        """Return whether a row whose cells do not fit the columns may say that it is staff-only."""
        ours = [self._map.get(name, name) for name in columns]
        said = any(name == AUDIENCE or is_misspelt(name) for name in ours)
        return said and not any(cell.strip().casefold() == "public" for cell in cells)

    def _encoding(self) -> str:
        with closing(TrackedFile(self._path).chunks(self._path)) as chunks:
            self._codec = encoding_of(chunks)
        return self._codec


def check_columns(columns: Sequence[str], field_map: Mapping[str, str], needed: Collection[str]) -> None:
    """Raise ItemError if the rows of a table cannot be records: no id, no text, or a missing column of ``needed``."""
    for foreign in needed:
        if foreign not in columns:
            raise ItemError(f"field_map names a missing column {foreign!r}; {nearest(foreign, columns)}")
    known = {field_map.get(name, name) for name in columns}
    if "id" not in known:
        raise ItemError(f"there is no id column; map one to id in field_map: {_listed(columns)}")
    if known.isdisjoint(_TEXTS):
        raise ItemError(f"there is no column for a title or a body; map one in field_map: {_listed(columns)}")


def cleaned(record: dict[str, Any], field_map: Mapping[str, str]) -> dict[str, Any]:
    """Return a row as a record: without empty cells, and with a list for several files in one cell, given as JSON or not."""
    record = {name: None if isinstance(one, str) and not one.strip() else one for name, one in record.items()}
    for name, value in record.items():
        if field_map.get(name, name) == "attachments" and isinstance(value, str):
            record[name] = _files(value.strip())
    return record


def _files(text: str) -> object:
    if text.startswith("["):
        try:
            return parse_json(text.encode())
        except ItemError:  # a name in brackets
            pass
    return [_file(part) for one in _SEVERAL.split(text) if (part := one.strip())]


def _file(text: str) -> dict[str, str]:
    return {"url" if web_address(text) else "path": text}


def _names(cells: Sequence[str]) -> list[str]:
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ItemError(f"two columns have the same name: {', '.join(map(repr, twice))}")
    return names


def _listed(columns: Collection[str]) -> str:
    return ", ".join(map(repr, columns))[:300]
