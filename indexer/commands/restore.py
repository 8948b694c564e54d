"""Restore the data directory from a backup."""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time
from pathlib import Path

from indexer.commands.output import Progress, print_json, wants_json
from indexer.settings import Settings
from indexer.upkeep.archive import unpacked
from indexer.upkeep.backup import SETTINGS
from indexer.upkeep.restore import restore


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu restore``."""
    parser.add_argument("path", type=Path, metavar="FILE", help="file or folder of the backup")
    parser.add_argument("--replace", action="store_true", help="replace the contents of the data directory")
    parser.add_argument("--workers", type=int, metavar="N", help="number of processes that analyse articles")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Restore; exit 1 if the backup lacks attachments."""
    start = time.monotonic()
    progress = Progress(options, "files and articles")
    with unpacked(options.path, settings.data) as folder:
        made = restore(settings, folder, options.replace, lambda number: progress.show(number, None))
    progress.end()
    result = {**dataclasses.asdict(made), "seconds": round(time.monotonic() - start, 3)}
    if wants_json(options):
        print_json(result)
    else:
        print("{articles} articles and {files} attachments in {seconds} s".format(**result))
        if (settings.data / SETTINGS).is_dir():
            print(f"the settings of the backup are in {settings.data / SETTINGS}; they are not used")
        for problem in made.problems:
            print(f"  {problem}", file=sys.stderr)
    return 1 if made.problems else 0
