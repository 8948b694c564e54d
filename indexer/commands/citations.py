"""Find the documents that a text on stdin cites."""

from __future__ import annotations

import argparse
import dataclasses
import sys

from indexer.commands.output import print_json, wants_json
from indexer.directives.citations import find_citations
from indexer.settings import Settings
from indexer.vietnamese.letters import nfc


def add_options(parser: argparse.ArgumentParser) -> None:
    """``tracuu citations`` has no options of its own."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print every citation with its offsets in characters of the NFC text, its key and its relation."""
    found = find_citations(nfc(sys.stdin.buffer.read().decode("utf-8", "replace")))
    if wants_json(options):
        print_json([dataclasses.asdict(citation) for citation in found])
    else:
        for one in found:
            named = (
                one.number if not one.type or one.number.startswith(one.type) else f"{one.type} {one.number}"
            )
            of = f" ngày {one.date}" if one.date else ""
            by = f", bởi {one.subject}" if one.subject else ""
            print(
                f"{one.start}–{one.end}\t{named}{of}\t{one.relation}{' (một phần)' if one.part else ''}{by}"
            )
    return 0
