"""All sources, with the stored result of the last run of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.model import Audience
from indexer.settings import Settings
from indexer.sources.opening import check_named


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source and its last run."""

    name: str
    kind: str
    """From the settings; empty if they do not name it: it was indexed or crawled by hand, or pushed."""
    place: str
    audience: Audience
    articles: int
    run: Mapping[str, Any]
    """What `tracuu sync` last printed; empty if it never ran."""


def last_run(settings: Settings, name: str) -> dict[str, Any]:
    """Return what `tracuu sync` last printed about a source, with the time as ``at``; empty if it never ran.

    ``began`` is the start of a run that is still running or never finished.
    """
    if not (settings.data / FILE_NAME).is_file():
        return {}
    with closing(Catalog(settings.data)) as catalog:
        return _last_run(catalog, name)


def source_states(settings: Settings) -> list[SourceState]:
    """Return the configured sources in order, then others that have articles; raises SettingsError or EngineError."""
    if not (settings.data / FILE_NAME).is_file():
        return []
    with closing(Catalog(settings.data)) as catalog:
        found = []
        for source in settings.sources.values():
            run = _last_run(catalog, source.name)
            place = check_named(source).place(source)
            articles = len(catalog.places.of(source.name))
            kind = source.kind or "path"
            found.append(SourceState(source.name, kind, place, source.audience, articles, run))
        found += [
            SourceState(name, "", "", "public", len(catalog.places.of(name)), {})
            for name in sorted(set(catalog.places.all()) - settings.sources.keys())
        ]
        return found


def _last_run(catalog: Catalog, name: str) -> dict[str, Any]:
    found = catalog.places.run(name)
    return {**json.loads(found), "articles": len(catalog.places.of(name))} if found else {}
