"""Opens the source for a place on the command line, or for a source in the settings.

To add a kind of source, write a function that takes :class:`SourceSettings` and :class:`Settings`, and add it to :data:`KINDS`.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from indexer.errors import SettingsError, UsageError
from indexer.setting_tables import nearest
from indexer.settings import Settings
from indexer.source_settings import COMMON, SourceSettings
from indexer.sources import Problem, Source
from indexer.sources.database import place_of as database_place
from indexer.sources.defaults import Defaults
from indexer.sources.exports import export_at, feed, table, wordpress
from indexer.sources.folder import FolderSource
from indexer.sources.folder_defaults import FolderDefaults
from indexer.sources.folder_scan import LINES_SUFFIXES
from indexer.sources.json_file import JsonSource
from indexer.sources.jsonl import JsonlSource
from indexer.sources.named import Named
from indexer.sources.nested import source_above, sources_below
from indexer.sources.options import Options
from indexer.sources.page import DOCUMENT_NAME, PAGE_SUFFIXES, is_html_page
from indexer.sources.site.options import INSTEAD, OPTIONS, site_of
from indexer.sources.site.source import SiteSource
from indexer.sources.table_text import DELIMITERS
from indexer.sources.wordpress import POST_TYPES

SQL_OPTIONS = ("url", "query", "since", "ids", "full", "password_file", "password_env")
_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source: how to open it, and which settings it has besides the common ones."""

    open: Callable[[SourceSettings, Settings], Source]
    options: tuple[str, ...] = ()
    place: Callable[[SourceSettings], str] = lambda source: source.path or ", ".join(source.address)
    """Returns where its articles come from, for display."""
    at_path: bool = True
    """Tells whether its articles are at ``path``."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """Names of its settings in other programs -> the names used here."""
    check: Callable[[SourceSettings], object] = lambda _: None
    """Raises SettingsError for invalid values."""
    is_open: Callable[[SourceSettings, Settings, datetime], bool] = lambda *_: True
    """Tells whether it may be read at a given local time."""


def open_source(path: str, settings: Settings) -> Source:
    """Return the source at ``path``: a folder, records (``-`` for JSONL on standard input), a page or a document.

    Settings for a source at that place or above it apply; a configured source below it is left out. Raises UsageError if
    nothing is there, it may not be read, or it is none of these.
    """
    above = source_above(Path(path), settings) if path != "-" and "\0" not in path else None
    if above is None:
        return _opened(path, settings, Defaults(), ())
    if above.field_map:
        settings = replace(settings, field_map=above.field_map)
    kind = check_named(above)
    if (
        kind.open is not _at_path
        and kind.at_path
        and Path(path).resolve() == Path(_newest(above.path)).resolve()
    ):
        return kind.open(above, settings)
    return _opened(path, settings, defaults_of(above), above.leave_out)


def open_named(source: SourceSettings, settings: Settings) -> Source:
    """Return a configured source by name; raises SettingsError or UsageError with the reason if it cannot be opened."""
    kind = check_named(source)
    if source.field_map:
        settings = replace(settings, field_map=source.field_map)
    opened = kind.open(source, settings)
    return opened if opened.name == source.name else Named(source.name, opened, source.path)


def check_named(source: SourceSettings) -> Kind:
    """Return the kind of a source; raises SettingsError if it has none, or settings unknown to its kind."""
    where = f"[sources.{source.name}]"
    kind = KINDS.get(source.kind)
    if kind is None:
        known = [name for name in KINDS if name]
        raise SettingsError(f"{where} kind {source.kind!r} is not known; {nearest(source.kind, known)}")
    for key in source.options:
        if key not in kind.options:
            mended = f"did you mean {kind.instead[key]}?" if key in kind.instead else None
            mended = mended or nearest(key, (*COMMON, *kind.options))
            raise SettingsError(f"{where} {key!r} is not a known setting; {mended}")
    kind.check(source)
    return kind


def defaults_of(source: SourceSettings) -> Defaults:
    """Return the defaults that the settings of a source give for its articles."""
    return Defaults(source.audience, source.source, source.category)


def _at_path(source: SourceSettings, settings: Settings) -> Source:
    return _opened(_newest(_path(source)), settings, defaults_of(source), source.leave_out)


def _wordpress(source: SourceSettings, settings: Settings) -> Source:
    options = Options(source)
    uploads, types = options.text("uploads"), options.texts("post_types", POST_TYPES)
    place = _readable(_newest(_path(source)))
    defaults, problems = _within(place, source)
    folder = Path(uploads) if uploads else None
    if folder and not folder.is_dir():
        raise UsageError(f"[sources.{source.name}] uploads: {uploads} is not a folder")
    return wordpress(place, settings, defaults, folder, types, beside=problems)


def _feed(source: SourceSettings, settings: Settings) -> Source:
    place = _readable(_newest(_path(source)))
    defaults, problems = _within(place, source)
    return feed(place, settings, defaults, beside=problems)


def _table(source: SourceSettings, settings: Settings) -> Source:
    delimiter = Options(source).one_of("delimiter", DELIMITERS)
    place = _readable(_newest(_path(source)))
    defaults, problems = _within(place, source)
    return table(place, settings, defaults, delimiter, source.field_map, problems)


def _sql(source: SourceSettings, settings: Settings) -> Source:
    # Imported here because it takes 0.2 s, which only database users should spend.
    from indexer.sources.sql import SqlSource

    return SqlSource(source, settings, defaults_of(source))


def _is_open(source: SourceSettings, settings: Settings, moment: datetime) -> bool:
    return site_of(source, settings)[0].open_at(moment)


def open_site(source: SourceSettings, settings: Settings) -> SiteSource:
    """Return a configured source that is a site; raises SettingsError, and UsageError if Scrapy is not installed."""
    site, own = site_of(source, settings)
    return SiteSource(site, own, defaults_of(source))


KINDS: dict[str, Kind] = {
    "": Kind(_at_path),
    "path": Kind(_at_path),
    "wordpress": Kind(_wordpress, ("uploads", "post_types")),
    "feed": Kind(_feed),
    "table": Kind(_table, ("delimiter",)),
    "sql": Kind(_sql, SQL_OPTIONS, lambda source: database_place(source.options.get("url")), at_path=False),
    "site": Kind(
        open_site,
        tuple(OPTIONS),
        at_path=False,
        instead=INSTEAD,
        check=lambda source: site_of(source, Settings()),
        is_open=_is_open,
    ),
}
"""Kinds by the value of ``kind``; without it, the path decides."""


def _path(source: SourceSettings) -> str:
    if not source.path:
        hint = '; use kind = "site" to crawl its address' if source.address else ""
        raise SettingsError(f"[sources.{source.name}] needs a path{hint}")
    return source.path


def _readable(path: str) -> Path:
    """Return the place at ``path``; raises UsageError if nothing is there or it may not be read."""
    place = Path(path)
    try:
        there, is_folder = place.exists(), place.is_dir()
    except (OSError, ValueError) as error:
        raise UsageError(f"{path!a} can't be opened: {error}") from None
    if not there:
        raise UsageError(
            f"{path} does not exist; name a folder, a .jsonl file, an export, a page or a document"
        )
    if not os.access(place, os.R_OK | (os.X_OK if is_folder else 0)):
        raise UsageError(f"no permission to read {path}; give this user the right to read it")
    return place


def _within(place: Path, source: SourceSettings) -> tuple[Defaults, list[Problem]]:
    """Return the defaults for a file of a source; folders above it determine its audience."""
    folder = FolderDefaults(place.resolve(), defaults_of(source))
    return folder.of(""), folder.problems


def _newest(path: str) -> str:
    """Return the last file, by name, that matches the pattern ``path``: exports have their date in their names."""
    if not _PATTERN & set(path) or Path(path).exists():
        return path
    found = sorted(glob.glob(path))  # noqa: PTH207 - a pattern may begin at the root
    if not found:
        raise UsageError(f"no file matches the pattern {path}")
    return found[-1]


def _opened(path: str, settings: Settings, defaults: Defaults, leave_out: tuple[str, ...]) -> Source:
    if path == "-":
        return JsonlSource(None, settings, defaults=defaults)
    place = _readable(path)
    is_file = place.is_file()
    if place.is_dir():
        leave_out = (*leave_out, *sources_below(place, settings))
        return FolderSource(place, settings, defaults=defaults, leave_out=leave_out)
    name = place.name.lower()
    # Treat the file as a folder containing nothing else; folders above it determine its audience.
    folder = FolderDefaults(place.resolve(), defaults)
    if name.endswith(LINES_SUFFIXES):
        return JsonlSource(place, settings, defaults=folder.of(""), beside=folder.problems)
    if name.endswith(".json"):
        return JsonSource(place, settings, folder.of(""), beside=folder.problems)
    if is_file and (export := export_at(place, settings, folder.of(""), beside=folder.problems)):
        return export
    if is_file and (name.endswith(PAGE_SUFFIXES) or DOCUMENT_NAME.fullmatch(name) or is_html_page(place)):
        return FolderSource(place.parent, settings, place, defaults)
    raise UsageError(
        f"{path} can't be indexed; name a folder, a .jsonl, .jsonl.gz, .ndjson or .json file, an export of WordPress,"
        f" an RSS or Atom feed, a page ({', '.join(PAGE_SUFFIXES)}) or a document such as .pdf or .docx"
    )
