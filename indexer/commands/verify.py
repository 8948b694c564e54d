"""Read everything in the data directory: find what is damaged, and say what mends it."""

from __future__ import annotations

import argparse
import dataclasses
import time
from contextlib import closing, suppress

from indexer.catalog import Catalog
from indexer.commands.output import print_json, wants_json
from indexer.engine.opening import index_path
from indexer.errors import EngineError, StorageError
from indexer.settings import Settings
from indexer.upkeep.verify import verify


def add_options(parser: argparse.ArgumentParser) -> None:
    """``tracuu verify`` has no options of its own."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print one line for every finding; exit 1 where there is one."""
    start = time.monotonic()
    findings = []
    for finding in verify(settings):
        findings.append(finding)
        if not wants_json(options):
            print(finding, flush=True)
    result = {**_counts(settings), "seconds": round(time.monotonic() - start, 3)}
    if wants_json(options):
        print_json({**result, "findings": [dataclasses.asdict(finding) for finding in findings]})
    elif not findings:
        print(", ".join(f"{value:,} {name}" for name, value in result.items()) + ": all as it was written")
    return 1 if findings else 0


def _counts(settings: Settings) -> dict[str, float]:
    """Return what was read; nothing of a catalog that can't be."""
    with suppress(EngineError, StorageError), closing(Catalog(settings.data)) as catalog:
        waiting = catalog.waiting(index_path(settings).name)
        return {"articles": catalog.count(), "files": len(catalog.carried_files()), "waiting": waiting}
    return {}
