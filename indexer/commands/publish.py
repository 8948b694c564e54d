"""Publish copies of the writer's files for the other machines, until stopped."""

from __future__ import annotations

import argparse

from indexer.commands.copying import stopped_by_signals, until_reached
from indexer.disk.locks import copies_lock
from indexer.replication.membership import writing_term
from indexer.settings import Settings
from indexer.upkeep.publishing import publisher_of


def add_options(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Publish until SIGTERM or SIGINT; raises ReplacedError as soon as another machine is the writer."""
    stop = stopped_by_signals(options, "publish")
    with copies_lock(settings.data):
        term = until_reached(lambda: writing_term(settings), stop)
        if term is not None:
            publisher_of(settings, term).run(stop)
    return 0
