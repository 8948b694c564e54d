"""Export files of other systems as sources: WordPress, feeds and tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.defaults import Defaults
from indexer.sources.feed import FeedRows
from indexer.sources.record import RecordReader
from indexer.sources.records import RecordSource
from indexer.sources.table import TABLE_SUFFIXES, TableRows
from indexer.sources.wordpress import POST_TYPES, WordPressRows
from indexer.sources.xml_kinds import XML_SUFFIXES, kind_of_file

_UPLOADS = ("wp-content/uploads", "uploads")
"""Default location, beside an export, of a copy of WordPress's uploads."""


def export_at(
    path: Path, settings: Settings, defaults: Defaults, label: str = "", beside: Sequence[Problem] = ()
) -> RecordSource | None:
    """Return the source for a file, by name and content; None if it is none.

    A table counts only if the field map can turn its rows into records; otherwise it is a document.
    """
    name = path.name.lower()
    if name.endswith(XML_SUFFIXES):
        kind = kind_of_file(path)
        if kind == "wordpress":
            return wordpress(path, settings, defaults, label=label, beside=beside)
        return feed(path, settings, defaults, label, beside) if kind == "feed" else None
    if name.endswith(TABLE_SUFFIXES) and settings.field_map:
        rows = TableRows(path, settings.field_map, label=label)
        return _of(path, rows, settings, defaults, label, beside) if rows.is_mapped() else None
    return None


def wordpress(
    path: Path,
    settings: Settings,
    defaults: Defaults,
    uploads: Path | None = None,
    post_types: Sequence[str] = POST_TYPES,
    label: str = "",
    beside: Sequence[Problem] = (),
) -> RecordSource:
    """Return a WordPress export: a file, or a folder with the files into which it was split."""
    folder = path if path.is_dir() else path.parent
    files = (
        sorted(one for one in path.iterdir() if one.name.lower().endswith(XML_SUFFIXES))
        if path.is_dir()
        else [path]
    )
    uploads = uploads or next((one for name in _UPLOADS if (one := folder / name).is_dir()), None)
    rows = WordPressRows(files, uploads, post_types, settings.field_map)
    reader = RecordReader(settings, folder, defaults, locate=rows.locate)
    return RecordSource(str(path.absolute()), rows, reader, label or path.name, "{}[{}]", beside)


def feed(
    path: Path, settings: Settings, defaults: Defaults, label: str = "", beside: Sequence[Problem] = ()
) -> RecordSource:
    """Return an RSS or Atom file as a source."""
    reader = RecordReader(settings, path.parent, defaults)
    return RecordSource(str(path.absolute()), FeedRows(path), reader, label or path.name, "{}[{}]", beside)


def table(
    path: Path,
    settings: Settings,
    defaults: Defaults,
    delimiter: str = "",
    columns: Collection[str] = (),
    beside: Sequence[Problem] = (),
) -> RecordSource:
    """Return a table whose rows are always records; ``columns`` are required."""
    rows = TableRows(path, settings.field_map, delimiter, columns=columns)
    return _of(path, rows, settings, defaults, "", beside)


def _of(
    path: Path, rows: TableRows, settings: Settings, defaults: Defaults, label: str, beside: Sequence[Problem]
) -> RecordSource:
    reader = RecordReader(settings, path.parent, defaults)
    return RecordSource(str(path.absolute()), rows, reader, label or path.name, beside=beside)
