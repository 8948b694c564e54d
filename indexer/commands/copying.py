"""What the commands have in common that copy files between machines until they are stopped."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from indexer.errors import FilesUnreachableError

_Value = TypeVar("_Value")
_PAUSE = 5.0
"""Seconds until an object store that did not answer is asked again."""
_log = logging.getLogger(__name__)


def stopped_by_signals(options: argparse.Namespace, command: str) -> threading.Event:
    """Return what SIGTERM and SIGINT set; log to stderr, with ``--quiet`` only what is wrong."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    level = logging.WARNING if getattr(options, "quiet", False) else logging.INFO
    logging.basicConfig(stream=sys.stderr, level=level, format=f"tracuu {command}: %(message)s")
    return stop


def until_reached(ask: Callable[[], _Value], stop: threading.Event) -> _Value | None:
    """Return the answer of the object store, however long it takes to answer; None if stopped before."""
    told = False
    while not stop.is_set():
        try:
            return ask()
        except FilesUnreachableError as error:
            if not told:
                _log.error("%s; waiting for it", error)
            told = True
            stop.wait(_PAUSE)
    return None
