"""Check everything in the data directory for damage, and say how to repair it."""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.commands.output import print_json, wants_json
from indexer.engine.opening import index_path
from indexer.errors import EngineError, StorageError
from indexer.settings import Settings
from indexer.upkeep.archive import unpacked
from indexer.upkeep.finding import Finding
from indexer.upkeep.manifest import damaged_files, read_manifest
from indexer.upkeep.verify import verify


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu verify``."""
    parser.add_argument("--backup", type=Path, metavar="FILE", help="check this backup instead")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print one line for every finding; exit 1 if there are any."""
    start = time.monotonic()
    findings = []
    for finding in _of_backup(options.backup, settings) if options.backup else verify(settings):
        findings.append(finding)
        if not wants_json(options):
            print(finding, flush=True)
    result = {**({} if options.backup else _counts(settings)), "seconds": round(time.monotonic() - start, 3)}
    if wants_json(options):
        print_json({**result, "findings": [dataclasses.asdict(finding) for finding in findings]})
    elif not findings:
        read = ", ".join(f"{value:,} {name}" for name, value in result.items())
        print(f"{read}: no damage found")
    return 1 if findings else 0


def _of_backup(path: Path, settings: Settings) -> Iterator[Finding]:
    with unpacked(path, settings.data) as folder:
        for name, problem in damaged_files(folder, read_manifest(folder)):
            yield Finding(name, problem, "make a new backup with `tracuu backup`, or use another one")


def _counts(settings: Settings) -> dict[str, float]:
    """Return what was read; nothing for a catalog that cannot be read."""
    with suppress(EngineError, StorageError), closing(Catalog(settings.data)) as catalog:
        waiting = catalog.applied.waiting(index_path(settings).name)
        return {
            "articles": catalog.count(),
            "files": len(catalog.extractions.carried_files()),
            "waiting": waiting,
        }
    return {}
