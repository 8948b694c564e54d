"""List documents that are cited but that no article contains."""

from __future__ import annotations

import argparse

from indexer.commands.output import print_json, wants_json
from indexer.commands.seeing import add_staff_option, opened
from indexer.contract.directive_json import named_json
from indexer.errors import UsageError
from indexer.settings import Settings

_MOST = 1000


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu directives``."""
    parser.add_argument(
        "--missing",
        action="store_true",
        required=True,
        help="documents that are cited but that no article contains",
    )
    parser.add_argument(
        "--limit", type=int, default=50, metavar="N", help=f"number of documents, 1 to {_MOST} (default: 50)"
    )
    add_staff_option(parser)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the documents, the most cited first, with the number of articles that cite them."""
    if not 1 <= options.limit <= _MOST:
        raise UsageError(f"--limit must be from 1 to {_MOST}, not {options.limit}")
    found = opened(options, settings).directives.ranked.missing(options.limit)
    if wants_json(options):
        print_json(named_json(found))
    else:
        for one in found:
            print(f"{one.articles:,}\t{one.label}")
    return 0
