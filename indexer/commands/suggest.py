"""Complete a query."""

from __future__ import annotations

import argparse

from indexer.commands.output import print_json, wants_json
from indexer.contract.parameters import read_beginning
from indexer.contract.search_json import suggestions_json
from indexer.search.service import open_search
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu suggest``."""
    parser.add_argument("prefix", metavar="PREFIX")
    parser.add_argument(
        "--limit", default="8", metavar="N", help="number of suggestions, 1 to 20 (default: 8)"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print suggestions with the number of articles that have them."""
    prefix, limit = read_beginning({"q": [options.prefix], "limit": [options.limit]})
    found = open_search(settings).suggest(prefix, limit)
    if wants_json(options):
        print_json(suggestions_json(prefix, found))
    else:
        for one in found:
            print(f"{one.text}  ({one.count:,})")
    return 0
