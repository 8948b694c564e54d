"""Copy the attachments to a new place: into an object store, or back to the data directory."""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time

from indexer.commands.output import Progress, print_json, wants_json
from indexer.settings import Settings
from indexer.upkeep.file_copies import DISK, copy_files


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu copy-files``."""
    parser.add_argument("to", metavar="PLACE", help=f"s3://bucket/prefix, or {DISK}: the data directory")
    parser.add_argument(
        "--thorough", action="store_true", help="read files that are already there, and replace damaged ones"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Copy; exit 1 if attachments are missing or damaged."""
    start = time.monotonic()
    progress = Progress(options, "files")
    made = copy_files(settings, options.to, options.thorough, lambda number: progress.show(number, None))
    progress.end()
    result = {**dataclasses.asdict(made), "seconds": round(time.monotonic() - start, 3)}
    if wants_json(options):
        print_json(result)
    else:
        print("{files} files in place, {copied} of them new, in {seconds} s".format(**result))
        for problem in made.problems:
            print(f"  {problem}", file=sys.stderr)
    return 1 if made.problems else 0
