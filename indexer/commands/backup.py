"""Back up the catalog, the attachments and the settings into a folder or file; the service may keep running."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from contextlib import suppress
from pathlib import Path

from indexer.commands.output import Progress, print_json, wants_json
from indexer.commands.user import user
from indexer.curation.journal import Journal
from indexer.errors import TraCuuError
from indexer.settings import Settings
from indexer.upkeep.archive import packing
from indexer.upkeep.backup import BackedUp, back_up, settings_files


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu backup``."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="FILE",
        help="FILE.tar for one file, any other name for a folder; in the folder of an earlier backup only changes are copied",
    )
    parser.add_argument(
        "--index", action="store_true", help="include the index (otherwise a restore builds it)"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="don't check the attachments that an earlier backup left in the folder",
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Back up; exit 1 if attachments are missing or damaged."""
    start = time.monotonic()
    progress = Progress(options, "files")
    config = list(settings_files(settings, getattr(options, "config", None)))
    with packing(options.path) as folder:
        made = back_up(
            settings,
            folder,
            config,
            options.index,
            options.quick,
            lambda number: progress.show(number, None),
        )
    progress.end()
    _note(settings, options.path, made)
    result = {**dataclasses.asdict(made), "seconds": round(time.monotonic() - start, 3)}
    if wants_json(options):
        print_json(result)
    else:
        print(
            "{articles} articles and {files} files in {seconds} s, {copied} attachments new".format(**result)
        )
        for problem in made.problems:
            print(f"  {problem}", file=sys.stderr)
    return 1 if made.problems else 0


def _note(settings: Settings, path: Path, made: BackedUp) -> None:
    """Record the backup for the editors' desk; a backup counts even if the data directory is not writable."""
    held = {"articles": made.articles, "files": made.files, "problems": len(made.problems)}
    with suppress(TraCuuError), Journal(settings.data).changing() as note:
        note(user(), "command", "backup", str(path.absolute()), "", json.dumps(held))
