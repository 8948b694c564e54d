"""Publish copies of the writer's files for the other machines, until stopped."""

from __future__ import annotations

import argparse

from indexer.commands.copying import stopped_by_signals, until_reached
from indexer.disk.locks import copies_lock
from indexer.replication.membership import open_shared, writing_term
from indexer.replication.publisher import Publisher
from indexer.settings import Settings
from indexer.upkeep.copied_files import copied_files


def add_options(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Publish until SIGTERM or SIGINT; raises ReplacedError as soon as another machine is the writer."""
    stop = stopped_by_signals(options, "publish")
    with copies_lock(settings.data):
        term = until_reached(lambda: writing_term(settings), stop)
        if term is not None:
            terms, store = open_shared(settings)
            Publisher(settings.data, terms, term, store, copied_files(settings)).run(stop)
    return 0
