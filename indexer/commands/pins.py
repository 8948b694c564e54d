"""List the articles pinned to queries."""

from __future__ import annotations

import argparse

from indexer.commands.data import existing_data
from indexer.commands.output import print_json, wants_json
from indexer.search.pins import FILE_NAME, read_pins
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """``tracuu pins`` has no options of its own."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print all pins."""
    pins = read_pins(existing_data(settings) / FILE_NAME)
    if wants_json(options):
        print_json([{"query": query, "ids": list(ids)} for query, ids in pins.values()])
    else:
        for query, ids in pins.values():
            print(f"{query}: {', '.join(ids)}")
    return 0
