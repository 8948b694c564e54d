"""Write articles pushed over HTTP into the index, until stopped."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading

from indexer.commands.output import print_json, wants_json
from indexer.push.inbox import Inbox
from indexer.push.writer import PushWriter
from indexer.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu write``."""
    parser.add_argument("--once", action="store_true", help="stop when no change is waiting")
    parser.add_argument(
        "--no-ocr", dest="ocr", action="store_false", default=None, help="don't read scans by OCR"
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write until SIGTERM or SIGINT, then finish waiting changes; exit 1 if any could not be used."""
    stop = threading.Event()
    if options.once:
        stop.set()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if not getattr(options, "quiet", False):
        logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="tracuu write: %(message)s")
    writer = PushWriter(settings, Inbox(settings.data))
    writer.prepare()
    logging.getLogger(__name__).info(
        "waiting for pushed articles; send SIGTERM to stop after all of them are written"
    )
    writer.run(stop)
    if wants_json(options):
        print_json(dict(writer.counts))
    return 1 if writer.counts["failed"] else 0
