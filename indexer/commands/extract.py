"""Read one file the way attachments are read."""

from __future__ import annotations

import argparse
from pathlib import Path

from indexer.commands.output import print_json, wants_json
from indexer.errors import UsageError
from indexer.extract.report import extraction_to_json
from indexer.extract.sandbox import Sandbox
from indexer.model import FileState
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu extract``."""
    parser.add_argument("file", type=Path, metavar="FILE")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the pages; exit 1 where the file could not be read."""
    if not options.file.is_file():
        raise UsageError(f"{options.file} is no file")
    with Sandbox(1, settings.extract_seconds, settings.extract_memory_mb) as sandbox:
        extraction = sandbox.extract(options.file, options.file.name)
    if wants_json(options):
        print_json(extraction_to_json(extraction))
    else:
        for page in extraction.pages:
            print(f"--- {page.number}" if page.number else "---")
            print(page.text)
        for problem in extraction.problems:
            print(f"{options.file}: {problem}")
    return 1 if extraction.state in (FileState.FAILED, FileState.PROTECTED) else 0
