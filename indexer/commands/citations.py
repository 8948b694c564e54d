"""Find the documents cited in a text on standard input."""

from __future__ import annotations

import argparse
import dataclasses
import sys

from indexer.commands.language import add_language_option, wording_of
from indexer.commands.output import print_json, wants_json
from indexer.directives.citations import find_citations
from indexer.settings import Settings
from indexer.vietnamese.letters import nfc


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the option of ``tracuu citations``."""
    add_language_option(parser)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print every citation with its offsets in characters of the NFC text, its key and its relation."""
    found = find_citations(nfc(sys.stdin.buffer.read().decode("utf-8", "replace")))
    if wants_json(options):
        print_json([dataclasses.asdict(citation) for citation in found])
    else:
        words = wording_of(options)
        for one in found:
            named = (
                one.number if not one.type or one.number.startswith(one.type) else f"{one.type} {one.number}"
            )
            dated = f" {words.dated.format(day=one.date)}" if one.date else ""
            part = f" ({words.part})" if one.part else ""
            by = f", {words.by.format(document=one.subject)}" if one.subject else ""
            print(f"{one.start}–{one.end}\t{named}{dated}\t{words.relation(one.relation)}{part}{by}")
    return 0
