"""The fetching process as seen by its parent: starting it, listening to it, ending it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Generator
from contextlib import closing
from multiprocessing.connection import Connection

from indexer.sources.site.order import Order
from indexer.sources.site.visit import End, Visit

_ENDS = 10.0
"""Seconds for the process to exit after its last message."""


def visits_of(order: Order) -> Generator[Visit | End]:
    """Yield the messages of the fetching process, ending with an End; without one, it broke off. The process ends with this
    iterator.
    """
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
    # Imported here because the parent does not need Scrapy.
    from indexer.sources.site.scrapy_.process import fetch

    fetch(order, channel)
