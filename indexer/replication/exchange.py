"""The process that hands in the query log of a node, or takes in those of all nodes, while the service runs."""

from __future__ import annotations

import logging
import signal
import threading

from indexer.errors import TraCuuError
from indexer.replication.queries import hand_in, take_in
from indexer.settings import Settings

SECONDS = 30.0
"""Seconds between two rounds; a machine that is lost for good loses the entries of that time."""
_log = logging.getLogger("tracuu.query_log")


def run(settings: Settings) -> None:
    """Exchange until SIGTERM."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    # A terminal sends SIGINT to all processes, but this one must stay until the web processes have written their last entries.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    exchange(settings, stop)


def exchange(settings: Settings, stop: threading.Event, seconds: float = SECONDS) -> None:
    """Exchange every ``seconds`` until ``stop`` is set, and a last time then. Whatever fails is tried again with the next round."""
    told = ""
    while True:
        ending = stop.is_set()
        try:
            exchange_once(settings)
            told = ""
        except TraCuuError as error:
            # Once rather than every half minute.
            if str(error) != told:
                _log.error("query log: %s", error)
            told = str(error)
        if ending:
            return
        stop.wait(seconds)


def exchange_once(settings: Settings) -> None:
    """Hand in what waits here, and if this machine is the writer, take in what all nodes handed in; raises TraCuuError."""
    # The writer, too: it may have been a standby that was asked something.
    hand_in(settings)
    if settings.role == "writer":
        take_in(settings)
