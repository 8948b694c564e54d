"""The fetching process as its parent sees it: started, listened to, ended."""

from __future__ import annotations

import multiprocessing
from collections.abc import Generator
from contextlib import closing
from multiprocessing.connection import Connection

from indexer.sources.site.order import Order
from indexer.sources.site.visit import End, Visit

_ENDS = 10.0
"""Seconds for the process to end after its last word."""


def visits_of(order: Order) -> Generator[Visit | End]:
    """Yield what the fetching process tells, at last an End; without one it broke off. It ends with this iterator."""
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe(duplex=False)
    child = processes.Process(target=_fetch, args=(order, theirs), daemon=True)
    child.start()
    theirs.close()
    last: Visit | End | None = None
    try:
        with closing(ours):
            while not isinstance(last, End):
                try:
                    last = ours.recv()
                except EOFError:
                    return
                yield last
    finally:
        child.join(_ENDS if isinstance(last, End) else 0)
        if child.is_alive():
            child.kill()
            child.join()
        child.close()


def _fetch(order: Order, channel: Connection) -> None:
    # Here, because the parent needs nothing of Scrapy.
    from indexer.sources.site.scrapy_.process import fetch

    fetch(order, channel)
