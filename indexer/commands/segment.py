"""Segment text from standard input into words, in the format of pyvi."""

from __future__ import annotations

import argparse
import sys

from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """``tracuu segment`` has no options of its own."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write one line for each line read, immediately."""
    from indexer.vietnamese.words import raw_segmenter

    segmenter = raw_segmenter()
    # Only a line feed ends a line, as in the tools that this is piped to; invalid UTF-8 is passed on visibly.
    sys.stdin.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
    for line in sys.stdin:
        print(segmenter.segment(line.removesuffix("\n")))
    return 0
