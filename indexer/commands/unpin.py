"""Remove the pins of a query."""

from __future__ import annotations

import argparse

from indexer.commands.data import existing_data
from indexer.commands.output import print_json, wants_json
from indexer.commands.user import curator
from indexer.errors import NotFoundError
from indexer.search import pins
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu unpin``."""
    parser.add_argument("query", metavar="QUERY")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Unpin; NotFoundError if nothing is pinned to the query."""
    data = existing_data(settings)
    if pins.pin_key(options.query) not in pins.read_pins(data / pins.FILE_NAME):
        raise NotFoundError(f"no article is pinned to {options.query!r}; run `tracuu pins` to see all pins")
    curator(settings).pin(options.query, ())
    if wants_json(options):
        print_json({"query": options.query, "ids": []})
    return 0
