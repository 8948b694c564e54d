"""Measure the ranking on a set of queries with known answers."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from indexer.commands.output import print_json, wants_json
from indexer.disk.scratch import scratch_folder
from indexer.evaluation import evaluate, read_judged_set
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu evaluate``."""
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="folder with corpus.jsonl, queries.jsonl and qrels.tsv"
    )
    parser.add_argument("--unaccented", action="store_true", help="remove the diacritics from the queries")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Index the corpus into a temporary directory, run the queries, print the figures."""
    judged = read_judged_set(options.folder)
    with scratch_folder() as data:
        figures = evaluate(judged, replace(settings, data=data, role="alone"), options.unaccented)
    if wants_json(options):
        print_json(figures)
    else:
        for name, value in figures.items():
            print(f"{name}: {value}")
    return 0
