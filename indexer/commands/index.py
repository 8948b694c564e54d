"""Index articles from JSONL files, folders, pages, or JSONL on stdin ("-")."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from indexer.commands.output import Progress, print_json, wants_json
from indexer.indexing.opening import open_pipeline
from indexer.settings import Settings
from indexer.sources.opening import open_source

_PROBLEMS_SHOWN = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu index``."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help=".jsonl, .jsonl.gz, folder, page or -")
    parser.add_argument("--workers", type=int, metavar="N", help="processes that analyse")
    parser.add_argument(
        "--prune", action="store_true", help="remove what came from the same PATH before and is gone"
    )
    parser.add_argument("--no-ocr", dest="ocr", action="store_false", default=None, help="don't read scans")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Index every path; exit 1 where some items failed."""
    sources = [open_source(path, settings) for path in options.paths]
    start, counts, problems = time.monotonic(), Counter[str](), []
    progress = Progress(options)
    with open_pipeline(settings) as pipeline:
        for source in sources:
            for outcome in pipeline.index(source, options.prune):
                counts[outcome.kind] += 1
                if outcome.problem is not None:
                    problems.append({"item": outcome.item, "problem": outcome.problem})
                progress.show(counts["indexed"] + counts["unchanged"], source.progress())
    progress.end()
    result = {
        **{kind: counts[kind] for kind in ("indexed", "unchanged", "removed", "failed", "missing")},
        "seconds": round(time.monotonic() - start, 3),
        "problems": problems,
    }
    if wants_json(options):
        print_json(result)
    else:
        print("{indexed} indexed, {unchanged} unchanged, {removed} removed, {failed} failed"
              " in {seconds} s".format(**result))  # fmt: skip
        if counts["missing"]:
            print(f"{counts['missing']} attachments are named by articles but are not there")
        for problem in problems[:_PROBLEMS_SHOWN]:
            print(f"  {problem['item']}: {problem['problem']}", file=sys.stderr)
        if len(problems) > _PROBLEMS_SHOWN:
            print(f"  … and {len(problems) - _PROBLEMS_SHOWN} more; --json names all", file=sys.stderr)
    return 1 if counts["failed"] else 0
