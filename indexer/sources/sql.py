"""The rows of a query as articles. Where a column says when a row was changed, a run reads what has changed since the last.

What is gone is known from a run that reads all, at least once in a while (``full``), or each time from a query that lists
the ids (``ids``). A mark is where a run came to; it is worth nothing where the settings have changed since.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from indexer.disk.durable import storage_errors
from indexer.disk.scratch import scratch_folder
from indexer.errors import ItemError, SettingsError, UsageError
from indexer.settings import Settings
from indexer.source_settings import FIELD_TARGETS, SourceSettings
from indexer.sources import Item, Partly, Problem, Unchanged
from indexer.sources.audience import KEY as AUDIENCE
from indexer.sources.database import Database, check_query
from indexer.sources.defaults import Defaults
from indexer.sources.options import Options
from indexer.sources.record import RecordReader
from indexer.sources.records import Row, read_records
from indexer.sources.table import check_columns, cleaned

_DAY = 86_400
_OVERLAP = timedelta(minutes=10)
"""By which a run reads back behind its mark: for what was being written then, and committed later."""
_AHEAD = timedelta(days=1)
"""Beyond the clock here from which on a moment is a slip, and no mark."""


@dataclass(frozen=True, slots=True)
class SqlSettings:
    """How a database is asked."""

    database: Database
    query: str
    since: str
    ids: str
    full: int
    """Seconds after which all is read again."""

    @staticmethod
    def of(source: SourceSettings) -> SqlSettings:
        """Read the settings of a source; raises SettingsError and UsageError."""
        options, where = Options(source), f"[sources.{source.name}]"
        url, query, ids = options.text("url", True), options.text("query", True), options.text("ids")
        password = _password(options.text("password_file"), options.text("password_env"), where)
        try:
            check_query(query)
            if ids:
                check_query(ids)
            database = Database(url, password)
        except SettingsError as error:
            raise SettingsError(f"{where}: {error}") from None
        except UsageError as error:
            raise UsageError(f"{where}: {error}") from None
        return SqlSettings(database, query, options.text("since"), ids, options.seconds("full", _DAY))


class SqlSource:
    """The articles of one query."""

    def __init__(self, source: SourceSettings, settings: Settings, defaults: Defaults) -> None:
        """Raises SettingsError and UsageError, also where the database can't be reached."""
        self.name = source.name
        self._sql = SqlSettings.of(source)
        self._sql.database.check()
        self._needed = source.field_map
        self._map = settings.field_map
        self._audience = (AUDIENCE, *(name for name, ours in self._map.items() if ours == AUDIENCE))
        folder = Path(source.path) if source.path else None
        if folder and not folder.is_dir():
            raise UsageError(
                f"[sources.{source.name}] path: {folder} is not a folder; name the folder of the attachments"
            )
        self._reader = RecordReader(settings, folder, defaults)
        self._zone = settings.zone
        said = [source.options, sorted(self._map.items()), defaults, settings.timezone]
        self._digest = hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()
        self._after: object = None
        self._full_at: float | None = None
        self._newest: Any = None
        self._ended = False
        self._done = self._total = 0

    def resume(self, mark: object) -> None:
        """Read what has changed since ``mark`` only, where it is one of these settings and not too old."""
        try:
            full_at = float(mark["full"]) if isinstance(mark, dict) and mark["of"] == self._digest else None
            after = _unmarked(mark["since"]) if full_at is not None and isinstance(mark, dict) else None
        except (KeyError, TypeError, ValueError):
            return
        now = datetime.now(self._zone).timestamp()
        if (
            self._sql.since
            and full_at is not None
            and after is not None
            and 0 <= now - full_at < self._sql.full
        ):
            self._full_at, self._after, self._newest = full_at, after, after

    def mark(self) -> object:
        """Return where the run came to; None where it did not end, or nothing says when rows were changed."""
        if not self._ended or self._newest is None:
            return None
        return {"of": self._digest, "full": self._full_at, "since": _marked(self._newest)}

    def items(self) -> Iterator[Item]:
        """Yield the articles; before the first, the database has been read, so that it is not held up by what they cost."""
        began = datetime.now(self._zone)
        with scratch_folder() as folder:
            place = folder / "rows.jsonl"
            with storage_errors(place, "written"):
                problem = self._fetch(place, began)
            seen: set[str] = set()
            with place.open("rb") as lines:
                for item in read_records(self._rows(lines), self._reader, self.name, "{}[{}]"):
                    if (id := getattr(item, "id", None)) is not None:
                        seen.add(id)
                    yield item
        if problem:
            yield Problem(self.name, problem)
            return
        if self._after is None:
            self._full_at = began.timestamp()
        elif self._sql.ids:
            yield from self._others(seen)
        else:
            yield Partly()
        self._ended = True

    def progress(self) -> float | None:
        """Return the share of the rows that were made articles, None while the database is read."""
        return self._done / self._total if self._total else None

    def _fetch(self, place: Path, began: datetime) -> str:
        """Write what the database answers to ``place``; return what went wrong, if anything did."""
        after = self._after - _OVERLAP if isinstance(self._after, datetime) else self._after
        with place.open("w", encoding="utf-8") as file:
            try:
                for row in self._sql.database.rows(self._sql.query, self._sql.since, after):
                    if not self._total:
                        check_columns(list(row), self._map, self._needed)
                    if self._sql.since:
                        self._note(row[self._sql.since], began)
                    file.write(json.dumps(self._record(row)) + "\n")
                    self._total += 1
            except ItemError as error:
                return f"{error}; the {self._total} rows before that were used" if self._total else str(error)
        return ""

    def _record(self, row: Mapping[str, Any]) -> dict[str, Any]:
        record = {name: _plain(one) for name, one in row.items()}
        for name in self._audience:
            if record.get(name) is None is not row.get(name):
                record[name] = repr(row[name])  # bytes that are no text don't say nothing: nobody knows what
        return record

    def _rows(self, lines: Iterator[bytes]) -> Iterator[Row]:
        for number, line in enumerate(lines, 1):
            self._done = number
            record = cleaned(json.loads(line), self._map)
            if self._sql.since not in (*self._map, *FIELD_TARGETS):
                record.pop(self._sql.since, None)  # a change of nothing else is none
            for name in ("id", *(foreign for foreign, ours in self._map.items() if ours == "id")):
                # The type of its column, and nothing to be told of each row.
                if isinstance(record.get(name), int) and not isinstance(record[name], bool):
                    record[name] = str(record[name])
            yield number, record

    def _others(self, seen: set[str]) -> Iterator[Item]:
        try:
            for row in self._sql.database.rows(self._sql.ids):
                id = str(_plain(next(iter(row.values()))))
                if id not in seen:
                    yield Unchanged(id)
        except ItemError as error:
            yield Problem(self.name, f"ids: {error}")

    def _note(self, value: Any, began: datetime) -> None:
        """Remember the newest value of ``since``; no zeros for a date, and no moment that is still to come."""
        if value is None or (isinstance(value, str) and value.startswith("0000")):
            return
        if (
            isinstance(value, datetime)
            and value > (began if value.tzinfo else began.replace(tzinfo=None)) + _AHEAD
        ):
            return
        if self._newest is None or (type(value) is type(self._newest) and value > self._newest):
            self._newest = value


def _password(file: str, variable: str, where: str) -> str:
    """Return the password that a file or an environment variable holds; empty where neither is named."""
    if file and variable:
        raise SettingsError(f"{where} has both password_file and password_env; remove one of them")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise UsageError(f"{where} password_file: {file} can't be read: {reason}") from None
    if variable and variable not in os.environ:
        raise UsageError(f"{where} password_env: the environment variable {variable} is not set")
    return os.environ[variable] if variable else ""


def _plain(value: Any) -> Any:
    """Return a value of a database as JSON has it; bytes that are no text as nothing."""
    if isinstance(value, memoryview | bytearray):
        value = bytes(value)
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return value if isinstance(value, str | int | float | None) else str(value)


_MARKS: dict[str, Any] = {
    "datetime": datetime.fromisoformat, "date": date.fromisoformat, "int": int, "float": float, "str": str, "Decimal": Decimal,
}  # fmt: skip


def _marked(value: Any) -> list[str] | None:
    kind = type(value).__name__
    return [kind, value.isoformat() if isinstance(value, date) else str(value)] if kind in _MARKS else None


def _unmarked(mark: Any) -> object:
    kind, text = mark
    return _MARKS[kind](text)
