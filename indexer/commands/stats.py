"""Show counts and sizes of the catalog and the index."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from indexer.catalog.catalog import Catalog
from indexer.commands.output import print_json, wants_json
from indexer.engine.opening import index_path, index_size, open_engine
from indexer.errors import EngineError, FilesUnreachableError
from indexer.files.opening import open_files
from indexer.lexicon.learned import learned_abbreviations
from indexer.push.inbox import Inbox
from indexer.settings import Settings
from indexer.stored.article import unpack


def add_options(parser: argparse.ArgumentParser) -> None:
    """``tracuu stats`` has no options of its own."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print counts and sizes; *waiting* counts articles not in the index yet, *pushed* counts pushed changes in the queue.

    Exit 3 if the index or the attachments cannot be read; the contents of the catalog are printed nevertheless.
    """
    catalog = Catalog(settings.data)
    engine, problem = None, None
    try:
        engine = open_engine(settings)
    except EngineError as error:
        problem = str(error)
    sources, states, text = Counter[str](), Counter[str](), 0
    for stored in catalog.stored():
        article = unpack(stored)
        sources.update(article.sources)
        states.update(str(file.state) for file in article.files)
        text += sum(len(part.encode()) for part in (article.title, article.summary, article.body))
    held = 0
    try:
        held = open_files(settings).total_size()
    except FilesUnreachableError as error:
        problem = problem or str(error)
    result: dict[str, Any] = {
        "articles": catalog.count(),
        "indexed": engine.snapshot().count() if engine else None,
        "waiting": catalog.applied.waiting(index_path(settings).name),
        "pushed": queue[0] if (queue := Inbox(settings.data).queue()) else 0,
        "sources": dict(sources.most_common()),
        "attachments": dict(states.most_common()),
        "abbreviations": learned_abbreviations(engine.snapshot()) if engine else {},
        "engine": settings.engine,
        "bytes": {
            "text": text,
            "index": index_size(settings) if engine else 0,
            "catalog": sum(path.stat().st_size for path in settings.data.glob("catalog.sqlite3*")),
            "files": held,
        },
    }
    catalog.close()
    if problem is not None:
        result["problem"] = problem
    if wants_json(options):
        print_json(result)
        return _code(problem)
    for name, value in result.items():
        if isinstance(value, dict):
            print(f"{name}:")
            for key, number in value.items():
                print(f"  {key}: {number:,}")
        else:
            print(f"{name}: {value}")
    return _code(problem)


def _code(problem: str | None) -> int:
    return EngineError.exit_code if problem else 0
