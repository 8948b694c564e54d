"""Remove articles by id, or all articles of a source."""

from __future__ import annotations

import argparse
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.commands.output import print_json, wants_json
from indexer.errors import UsageError
from indexer.indexing.opening import open_pipeline
from indexer.settings import Settings
from indexer.stored.article import unpack


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu remove``."""
    parser.add_argument("ids", nargs="*", metavar="ID")
    parser.add_argument("--source", metavar="S", help="remove every article of this source")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Remove; exit 1 if an id is unknown."""
    if bool(options.ids) == bool(options.source):
        raise UsageError("nothing was named to remove; give ids or one --source")
    Catalog(
        settings.data
    ).close()  # raises an error if there is no data directory yet, before anything is created
    with open_pipeline(settings) as pipeline:
        ids = list(dict.fromkeys(options.ids)) or _of_source(settings.data, options.source)
        removed = pipeline.remove(ids)
    unknown = [id for id in ids if id not in set(removed)]
    if not options.ids and not ids:
        unknown = [options.source]
    if wants_json(options):
        print_json({"removed": len(removed), "unknown": unknown})
    else:
        print(f"{len(removed)} removed" + (f", unknown: {', '.join(unknown)}" if unknown else ""))
    return 1 if unknown else 0


def _of_source(data: Path, source: str) -> list[str]:
    catalog = Catalog(data)
    try:
        articles = map(unpack, catalog.stored())
        return [article.id for article in articles if source in article.sources]
    finally:
        catalog.close()
