"""The output of commands: one JSON document, or lines for people."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any


def wants_json(options: argparse.Namespace) -> bool:
    """Tell whether ``--json`` was given."""
    return getattr(options, "json", False)


def print_json(document: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(document, ensure_ascii=False, indent=2))


class Progress:
    """A progress line on stderr: the count, the rate and the remaining time. Silent with ``--quiet``."""

    _INTERVAL = 1.0
    """Seconds between updates on a terminal; ten times as long elsewhere."""

    def __init__(self, options: argparse.Namespace, what: str = "articles") -> None:
        self._what = what
        self._quiet = getattr(options, "quiet", False)
        self._terminal = sys.stderr.isatty()
        self._start = self._last = time.monotonic()
        self._shown = False

    def show(self, number: int, share: float | None) -> None:
        """Show ``number`` done and, from the ``share`` of the source read, the remaining time."""
        now = time.monotonic()
        if self._quiet or now - self._last < self._INTERVAL * (1 if self._terminal else 10):
            return
        self._last = now
        spent = now - self._start
        rate = number / spent
        line = f"{self._what}: {number:,}, {rate:,.{0 if rate >= 10 else 1}f}/s"
        if share and 0 < share < 1:
            line += f", {share:.0%}, {spent / share - spent:,.0f} s left"
        self._shown = True
        print(
            f"\r{line}\x1b[K" if self._terminal else line, end="" if self._terminal else "\n", file=sys.stderr
        )
        sys.stderr.flush()

    def end(self) -> None:
        """End the line."""
        if self._shown and self._terminal:
            print(file=sys.stderr)
