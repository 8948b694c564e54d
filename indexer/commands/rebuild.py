"""Build a new index from the catalog, check it, and switch to it."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.commands.given import given_settings
from indexer.commands.output import Progress, print_json, wants_json
from indexer.errors import UsageError
from indexer.settings import Settings, settings_file
from indexer.upkeep.golden import read_golden
from indexer.upkeep.other_engines import kept_engines
from indexer.upkeep.rebuild import rebuild, roll_back


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu rebuild``."""
    parser.add_argument(
        "--golden",
        type=Path,
        metavar="FILE",
        help='file with lines {"query": …, "ids": […], "within": 10}; the new index must find these ids',
    )
    parser.add_argument(
        "--rollback", action="store_true", help="go back to the index from before the last rebuild"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="number of processes that analyse articles")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Rebuild or go back; exit 1 if the new index fails its checks or lacks damaged texts."""
    if options.rollback and options.golden:
        raise UsageError("--rollback can't be combined with --golden")
    start = time.monotonic()
    progress = Progress(options)
    usual = given_settings(options, without=("engine",))
    # Who names the engine in every command has no index of the one in the settings.
    beside = usual.engine != settings.engine and usual.engine in kept_engines(settings)
    if options.rollback:
        folders = roll_back(settings, lambda number: progress.show(number, None), beside)
        progress.end()
        if wants_json(options):
            print_json({"index": folders.current, "previous": folders.previous})
        else:
            print(
                f"using the index in {folders.current} again; {folders.previous} is kept until the next rebuild."
                " Run the command again to return to it"
            )
        return 0
    golden = read_golden(options.golden) if options.golden else ()
    catalog = Catalog(settings.data)
    total = catalog.count()
    catalog.close()
    made = rebuild(settings, golden, lambda number: progress.show(number, number / (total or 1)), beside)
    progress.end()
    seconds = round(time.monotonic() - start, 3)
    if wants_json(options):
        print_json(
            {
                "index": made.index,
                "engine": settings.engine,
                "articles": made.articles,
                "golden": len(golden),
                "seconds": seconds,
                "problems": made.problems,
            }
        )
    else:
        print(f"{made.articles} articles in the new index {made.index} in {seconds} s")
        for engine in made.removed:
            print(f"the index of {engine}, kept until now, is removed")
        if beside:
            file = settings_file(getattr(options, "config", None)) or "tracuu.toml"
            print(
                f'to use it, set engine = "{settings.engine}" in {file} and reload the service (`systemctl reload tracuu`,'
                f" or SIGHUP); the index of {usual.engine} is kept until the next rebuild, as the way back"
            )
        for problem in made.problems:
            print(f"  {problem}", file=sys.stderr)
    return 1 if made.problems else 0
