"""Read attachments again: failed ones, scans that need OCR, or files by name."""

from __future__ import annotations

import argparse
from collections import Counter

from indexer.commands.data import existing_data
from indexer.commands.output import Progress, print_json, wants_json
from indexer.errors import UsageError
from indexer.indexing.opening import open_pipeline
from indexer.model import Extraction, FileState
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu reextract``."""
    parser.add_argument("names", nargs="*", metavar="FILE", help="name or SHA-256 of an attachment")
    parser.add_argument("--failed", action="store_true", help="read files that failed or were read in part")
    parser.add_argument(
        "--ocr", dest="scans", action="store_true", help="read files with pages that need OCR"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Read the files again and index their articles; exit 1 if any still cannot be read."""
    if not (options.names or options.failed or options.scans):
        raise UsageError("no files were given; name them, or give --failed or --ocr")

    def chosen(extraction: Extraction) -> bool:
        troubled = extraction.state in (FileState.FAILED, FileState.PARTIAL, FileState.PENDING)
        return (options.failed and troubled) or (options.scans and bool(extraction.unread))

    existing_data(settings)
    counts, problems = Counter[str](), []
    progress = Progress(options)
    with open_pipeline(settings) as pipeline:
        digests, unknown = pipeline.find_files(options.names, chosen)
        for outcome in pipeline.reextract(digests):
            counts[outcome.kind] += 1
            if outcome.problem is not None:
                problems.append({"item": outcome.item, "problem": outcome.problem})
            progress.show(counts["indexed"], None)
    progress.end()
    problems += [{"item": name, "problem": "no article has an attachment with this name"} for name in unknown]
    if wants_json(options):
        print_json({"files": len(digests), "indexed": counts["indexed"], "problems": problems})
    else:
        print(f"{len(digests)} files read again, {counts['indexed']} articles indexed")
        for one in problems:
            print(f"{one['item']}: {one['problem']}")
    return 1 if problems else 0
