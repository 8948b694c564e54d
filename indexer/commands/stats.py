"""Count what is in the catalog and the index."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from indexer.catalog import Catalog
from indexer.commands.output import print_json, wants_json
from indexer.engine.opening import open_engine
from indexer.learned import learned_abbreviations
from indexer.settings import Settings
from indexer.stored import unpack


def add_options(parser: argparse.ArgumentParser) -> None:
    """``tracuu stats`` has no options of its own."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print counts and sizes; what the index does not hold yet is *waiting*."""
    catalog = Catalog(settings.data)
    engine = open_engine(settings)
    sources, states, text = Counter[str](), Counter[str](), 0
    for stored in catalog.stored():
        article = unpack(stored)
        sources.update(article.sources)
        states.update(str(file.state) for file in article.files)
        text += sum(len(part.encode()) for part in (article.title, article.summary, article.body))
    result = {
        "articles": catalog.count(),
        "indexed": engine.count(),
        "waiting": catalog.waiting(engine.name),
        "sources": dict(sources.most_common()),
        "attachments": dict(states.most_common()),
        "abbreviations": learned_abbreviations(engine),
        "engine": engine.name,
        "bytes": {
            "text": text,
            "index": _size(settings.data / engine.name),
            "catalog": sum(path.stat().st_size for path in settings.data.glob("catalog.sqlite3*")),
            "files": _size(settings.data / "files"),
        },
    }
    catalog.close()
    if wants_json(options):
        print_json(result)
        return 0
    for name, value in result.items():
        if isinstance(value, dict):
            print(f"{name}:")
            for key, number in value.items():
                print(f"  {key}: {number:,}")
        else:
            print(f"{name}: {value}")
    return 0


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
